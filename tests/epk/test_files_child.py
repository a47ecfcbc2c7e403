"""The child process that opens uploads: its limits, and what happens at each of them."""

from pathlib import Path

import pytest

from epk.lib.files import check_document, child
from epk.lib.files.checks import SENTENCES, refusal
from tests.made_files import pdf, refused


def program(folder: Path, source: str) -> str:
    path = folder / "program.py"
    path.write_text(
        f"import os, resource, sys, time, json\ndata = sys.stdin.buffer.read()\n{source}"
    )
    return str(path)


def test_child_has_limits_and_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    source = (
        "names = ('RLIMIT_AS', 'RLIMIT_CPU', 'RLIMIT_FSIZE', 'RLIMIT_CORE')\n"
        "limits = [resource.getrlimit(getattr(resource, name))[1] for name in names]\n"
        "print(json.dumps({'limits': limits, 'names': list(os.environ)}))\n"
        "sys.stdout.flush(); sys.stdout.buffer.write(data)"
    )
    verdict, rest = child.inspect(program(tmp_path, source), data=b"isi\nberkas")
    assert verdict["limits"] == [child.MEMORY, child.CPU_SECONDS, 0, 0]
    assert "SECRET_KEY" not in verdict["names"]
    assert rest == b"isi\nberkas"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("time.sleep(60)", "too_complex"),
        ("while True: pass", "too_complex"),
        ("bytearray(1 << 31)", "unreadable"),
        ("os.abort()", "unreadable"),
        ("print('bukan json')", "unreadable"),
        ("print('[]')", "unreadable"),
        ("print(json.dumps({'refused': 'kode asing'}))", "kode asing"),
    ],
)
def test_child_that_misbehaves(
    source: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "WALL_SECONDS", 3)
    monkeypatch.setattr(child, "CPU_SECONDS", 1)
    with pytest.raises(child.InspectionRefusedError) as caught:
        child.inspect(program(tmp_path, source), data=b"")
    assert caught.value.code == code
    assert refusal(code).code in SENTENCES


def test_no_more_children_than_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "WALL_SECONDS", 0.05)
    for _ in range(child.AT_ONCE):
        child._places.acquire()
    try:
        assert refused(check_document, "a.pdf", pdf()).code == "busy"
    finally:
        for _ in range(child.AT_ONCE):
            child._places.release()

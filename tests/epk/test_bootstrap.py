"""The first step of `make run`, before anything is installed."""

import ast
import subprocess
import sys
from pathlib import Path


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_it_starts_on_a_python_that_is_too_old(checkout_root: Path) -> None:
    source = (checkout_root / "epk" / "bootstrap.py").read_text()

    assert ast.parse(source, feature_version=(3, 7))


def test_it_needs_no_package(checkout_root: Path) -> None:
    program = "import sys; sys.path.append('.'); from epk import bootstrap; bootstrap.main()"

    done = run([sys.executable, "-I", "-S", "-c", program], checkout_root)

    assert done.returncode == 1
    assert done.stderr.strip() == "Tidak dapat berjalan: pakai: make run atau make test."


def test_no_python_that_is_new_enough(checkout_root: Path) -> None:
    done = run(["make", "run", "PYTHON="], checkout_root)

    assert done.returncode == 2
    assert "Tidak dapat berjalan: perlu Python 3.11 atau lebih baru" in done.stderr

"""What other Markdown libraries and sanitisers are tested with, read from their sources.

`make prepare-test` fetches them, as listed in requirements-suites.txt; none of it is kept here.
"""

from __future__ import annotations

import ast
import json
import tarfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from epk import bootstrap

PROJECTS = ("bleach", "markdown_it_py", "mistune")
TEXTS = (".md", ".txt", ".test")


@cache
def files(project: str) -> dict[str, str]:
    """The files of the project's tests by their paths."""
    found = sorted(bootstrap.suites().glob(f"{project}-*.tar.gz"))
    if not found:
        pytest.fail("The suites of other projects are not here: run make prepare-test.")
    with tarfile.open(found[0]) as archive:
        return {
            member.name.partition("/")[2]: archive.extractfile(member).read().decode()
            for member in archive.getmembers()
            if member.isfile()
            and member.name.split("/")[1] == "tests"
            and member.name.endswith((*TEXTS, ".py", ".json"))
        }


def commonmark(project: str) -> list[dict[str, Any]]:
    """The examples of the specification: number, section, Markdown and the HTML it stands for."""
    name = next(name for name in files(project) if name.endswith("commonmark.json"))
    examples: list[dict[str, Any]] = json.loads(files(project)[name])
    return examples


def payloads(project: str) -> list[str]:
    """Every text the project tries on itself: fixtures, their parts, and the strings of the code."""
    found: dict[str, None] = {}
    for name, text in files(project).items():
        if name.endswith(".py"):
            found |= dict.fromkeys(_strings(text))
        elif name.endswith(".json"):
            found |= dict.fromkeys(example["markdown"] for example in commonmark(project))
        else:
            found |= dict.fromkeys((text, *_parts(text)))
    return [text for text in found if text.strip()]


def _strings(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _parts(text: str) -> Iterator[str]:
    """Lines that stand together: fixtures part cases by empty lines, and what belongs to a case by
    a line of `.` or `--`.
    """
    part: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line in {"", ".", "--"}:
            yield "\n".join(part)
            part = []
        else:
            part.append(line)

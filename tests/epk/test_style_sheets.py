"""The style sheets: one list, tokens only, within the budget, joined by collectstatic."""

import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from epk.lib.vendor_static import IMPORT, site_sheet

CSS_BUDGET = 40_000
LITERAL_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", re.IGNORECASE)
MANIFEST = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


def sheets(root: Path) -> list[Path]:
    return sorted((root / "static/css").rglob("*.css"))


def test_the_list_names_every_sheet_once(checkout_root: Path) -> None:
    folder = checkout_root / "static/css"
    listed = IMPORT.findall((folder / "site.css").read_text())
    present = {str(path.relative_to(folder)) for path in sheets(checkout_root)}
    assert len(listed) == len(set(listed))
    assert set(listed) == present - {
        "site.css",
        "admin.css",
        "admin_register.css",
        "certificate_pdf.css",
    }


def test_only_tokens_hold_colours(checkout_root: Path) -> None:
    for path in sheets(checkout_root):
        if path.name != "tokens.css":
            source = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
            declarations = re.findall(r":([^;{}]+);", source)
            assert not [text for text in declarations if LITERAL_COLOUR.search(text)], path.name


def test_components_stay_short(checkout_root: Path) -> None:
    for path in (checkout_root / "static/css/components").glob("*.css"):
        assert len(path.read_text().splitlines()) <= 150, path.name


def test_dark_by_system_and_by_choice_are_the_same(checkout_root: Path) -> None:
    source = (checkout_root / "static/css/tokens.css").read_text()
    blocks = re.findall(r"\{\s*color-scheme: dark;([^}]*)\}", source)
    system, choice = (re.findall(r"(--[\w-]+): ([^;]+);", block) for block in blocks)
    assert system == choice
    assert len(system) > 20


def test_the_first_visit_is_within_the_budget() -> None:
    bootstrap = Path(str(finders.find("vendor/css/bootstrap.min.css"))).read_bytes()
    weight = len(brotli.compress(bootstrap)) + len(brotli.compress(site_sheet()))
    assert weight < CSS_BUDGET


def test_only_named_files_of_bootstrap_are_served() -> None:
    assert finders.find("vendor/css/bootstrap.min.css.map")
    assert not finders.find("vendor/css/bootstrap.css")
    assert not finders.find("vendor/css/../js/bootstrap.min.js")


def test_collectstatic_joins_and_hashes(tmp_path: Path) -> None:
    storages = {"staticfiles": {"BACKEND": MANIFEST}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages, DEBUG=False):
        call_command("collectstatic", interactive=False, verbosity=0)
    joined = next(tmp_path.glob("css/site.*.css")).read_text()
    assert "@import" not in joined
    assert "--laut-soft" in joined
    assert ".officer-row" in joined
    assert next(tmp_path.glob("vendor/css/bootstrap.min.*.css"))

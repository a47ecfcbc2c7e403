"""The shape of the code, held: layers of templates, first lines, names, closed by default."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
OURS = ("accounts", "bench", "epk", "forum", "news", "notifications", "registry", "tests")
GENERATED = re.compile(r"/migrations/\d{4}_")


def modules() -> list[Path]:
    found = [path for app in OURS for path in (ROOT / app).rglob("*.py")]
    return [path for path in found if "__pycache__" not in path.parts]


def pages() -> list[tuple[str, URLPattern]]:
    """Every address of ours with its full name; Django's admin stands apart."""
    found: list[tuple[str, URLPattern]] = []

    def walk(resolver: URLResolver, prefix: str) -> None:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                if entry.namespace != "admin":
                    walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
            else:
                found.append((f"{prefix}{entry.name}", entry))

    walk(get_resolver(), "")
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_first_line_says_what_belongs_there(path: Path) -> None:
    source = path.read_text()
    if path.name == "__init__.py" and not source.strip():
        return
    if GENERATED.search(str(path)):
        return
    docstring = ast.get_docstring(ast.parse(source))
    assert docstring, "the module has no docstring"
    assert docstring.splitlines()[0].endswith((".", "?", ":")), "the first line is no sentence"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_small(path: Path) -> None:
    if GENERATED.search(str(path)):
        return
    assert len(path.read_text().splitlines()) <= 400, "past 400 lines a file becomes a folder"


def test_files_of_vague_names_do_not_exist() -> None:
    vague = {"utils.py", "helpers.py", "service.py", "services.py", "manager.py", "managers.py"}
    assert not [path for path in modules() if path.name in vague]


def test_views_hold_no_orm_verbs() -> None:
    verbs = re.compile(r"\.(create|bulk_create|update|delete|save|get_or_create)\(")
    views = [*ROOT.glob("*/views.py"), *ROOT.glob("*/views/*.py")]
    assert len(views) >= 4
    found = [f"{path.parent.name}/{path.name}" for path in views if verbs.search(path.read_text())]
    assert not found


def test_signals_are_not_used_for_our_logic() -> None:
    pattern = re.compile(r"@receiver\b|django\.(db\.models|core|test)\.signals")
    ours = [path for path in modules() if "tests" not in path.parts]
    assert not [path.name for path in ours if pattern.search(path.read_text())]


# --- Pages ------------------------------------------------------------------------------------

PUBLIC = {
    "home",
    "theme",
    "privacy",
    "robots",
    "forum:feed",
    "forum:feed_of_category",
    "healthz",
    "readyz",
    "sitemap",
    "django.contrib.sitemaps.views.sitemap",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "accounts:activate",
    "accounts:email_confirm",
    "accounts:password_new",
    "accounts:password_sent",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "news:article",
    "news:article_preview",
    "news:articles",
    "news:feed",
    "news:comment",
    "news:comment_confirm",
    "news:comment_new",
    "news:comment_report",
    "news:comment_sent",
    "news:event",
    "news:event_calendar",
    "news:events",
    "news:certificate",
    "news:file",
    "news:picture",
    "notifications:unsubscribe",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_login_cancelled",
    "registry:activation",
    "registry:activation_sent",
    "registry:directory",
    "registry:profile",
    "registry:photo",
    "registry:check",
    "registry:check_number",
}


def test_pages_are_closed_unless_listed_here() -> None:
    assert "accounts.middleware.LoginMiddleware" in settings.MIDDLEWARE
    opened = {
        name for name, page in pages() if getattr(page.callback, "login_required", True) is False
    }
    assert opened == PUBLIC


def test_addresses_end_in_a_slash_or_a_type() -> None:
    exceptions = {"healthz", "readyz", "home", "notifications:inbox"}
    wrong = [
        name
        for name, page in pages()
        if name not in exceptions
        and not str(page.pattern).endswith(
            ("/", ".txt", ".xml", ".json", ".atom", ".webp", ".ics", ".csv")
        )
    ]
    assert not wrong


# --- Templates --------------------------------------------------------------------------------

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_compile_and_hold_nothing_inline(path: Path) -> None:
    source = path.read_text()
    get_template(str(path.relative_to(ROOT / "templates")))
    assert not re.search(
        r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:", source
    )
    assert len(source.splitlines()) <= 160


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates/components").glob("*.html")), ids=lambda path: path.name
)
def test_components_name_their_inputs(path: Path) -> None:
    assert path.read_text().startswith("{#")


def test_included_components_get_only_what_they_are_given() -> None:
    include = re.compile(r"{% include \"components/[^%]*%}")
    loose = [
        f"{path.name}: {tag}"
        for path in TEMPLATES
        for tag in include.findall(path.read_text())
        if " only %}" not in tag
    ]
    assert not loose


# --- Style sheets and the repository -------------------------------------------------------------


def test_literal_colours_stand_in_the_tokens_alone() -> None:
    colour = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\(", re.IGNORECASE)
    sheets = [path for path in (ROOT / "static/css").rglob("*.css") if path.name != "tokens.css"]
    assert len(sheets) > 10
    found = {path.name for path in sheets if colour.search(_without_comments(path.read_text()))}
    assert found <= {"print.css", "admin.css"}


def test_style_sheets_stay_small_and_are_all_used() -> None:
    listed = (ROOT / "static/css/site.css").read_text()
    for path in (ROOT / "static/css/components").glob("*.css"):
        assert len(path.read_text().splitlines()) <= 150, path.name
        assert f"components/{path.name}" in listed, f"{path.name} is loaded nowhere"


def test_nothing_committed_names_a_registry_or_this_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    wrong = re.compile(r"pypi\.org|files\.pythonhosted|--index-url|--find-links|registry\.npmjs")
    for name in listed:
        path = ROOT / name
        if path.suffix in {".png", ".webp", ".ico"} or not path.is_file():
            continue
        if path == Path(__file__):
            continue
        text = path.read_text(errors="replace")
        assert not wrong.search(text), name
        assert f"{ROOT.parent}/main" not in text, name


def _without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)

"""Breaking every rule of the architecture once, on a copy, to see its test fail."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.sources import ROOT


@dataclass(frozen=True)
class Breach:
    """A rule, how a file is changed to break it, and the check that must fail then."""

    rule: str
    file: str
    old: str
    new: str
    check: str


HOME, JOIN = "templates/portals/home.html", "templates/taskforces/_join_card.html"
ARCHITECTURE = "tests/architecture/"
BREACHES = (
    Breach("platform stays the standard library's", "platform/__init__.py", "", "x = 1\n", ARCHITECTURE + "test_layout.py"),
    Breach("imports lead down", "platform/permille/foundation/clock.py", '"""The one', 'import permille.people\n"""The one', "lint-imports"),
    Breach("queries know nothing of the web", "platform/permille/people/queries.py", "from sqlalchemy import", "import flask\nfrom sqlalchemy import", "lint-imports"),
    Breach("a write asks a policy", "platform/permille/people/own_routes.py", "    require(may_edit_own(person))\n", "", ARCHITECTURE + "test_routes.py"),
    Breach("a policy is really called", "platform/permille/people/own_routes.py", "    require(may_edit_own(person))\n", "    require(bool(may_edit_own))\n", ARCHITECTURE + "test_routes.py"),
    Breach("a policy is asked first", "platform/permille/people/own_routes.py", "    require(may_edit_own(person))\n", "    db.session.commit()\n    require(may_edit_own(person))\n", ARCHITECTURE + "test_routes.py"),
    Breach("what asks the database knows nothing of the web", "platform/permille/taskforces/coverage.py", "from sqlalchemy import", "import flask\nfrom sqlalchemy import", ARCHITECTURE + "test_modules.py"),
    Breach("a link has what its page needs", "templates/people/sessions.html", "link('people.end_session', session_id=row.id)", "link('people.end_session', id=row.id)", ARCHITECTURE + "test_routes.py"),
    Breach("a mailed page exists", "platform/permille/people/letters.py", '_page("people.mine"', '_page("people.nowhere"', ARCHITECTURE + "test_routes.py"),
    Breach("the list of addresses is kept", "tests/architecture/urls.txt", "GET /<lang>/help/\n", "", ARCHITECTURE + "test_routes.py"),
    Breach("a link leads somewhere", HOME, "link('portals.about')", "link('portals.nowhere')", ARCHITECTURE + "test_routes.py"),
    Breach("the matrix is complete", "tests/security/matrix.toml", '"GET /<lang>/help/" = 200\n', "", "tests/security/test_matrix.py::test_the_table_is_complete"),
    Breach("the matrix is true", "tests/security/matrix.toml", '"GET /<lang>/help/" = 200', '"GET /<lang>/help/" = 403', "tests/security/test_matrix.py::test_every_route_answers_a_role_as_agreed"),
    Breach("a fragment's needs are true", JOIN, "{#- Needs: ", "{#- Needs: moonlight, ", ARCHITECTURE + "test_templates.py"),
    Breach("a form carries its token", "templates/secretariat/merge_check.html", "{{ form.csrf_token }}", "", ARCHITECTURE + "test_templates.py"),
    Breach("no style inside a page", HOME, "<h1>", '<h1 style="color:red">', ARCHITECTURE + "test_templates.py"),
    Breach("no script inside a page", HOME, "<h1>", '<h1 hx-on:click="x()">', ARCHITECTURE + "test_templates.py"),
    Breach("no script in a link", HOME, 'href="#find"', 'href="js:find"', ARCHITECTURE + "test_templates.py"),
    Breach("no script in a link, however written", HOME, 'href="#find"', 'href="JavaScript:find"', ARCHITECTURE + "test_templates.py"),
    Breach("no sheet inside a page", HOME, "<h1>", "<STYLE>h1{}</STYLE><h1>", ARCHITECTURE + "test_templates.py"),
    Breach("no trust in a text", HOME, "<h1>", "{% autoescape false %}{% endautoescape %}<h1>", ARCHITECTURE + "test_templates.py"),
    Breach("a fragment is one element", JOIN, '<div class="card join stick"', '<p></p><div class="card join stick"', ARCHITECTURE + "test_templates.py"),
    Breach("every class of the sheet is used", "static/css/10-base.css", ".num{", ".moon{}.num{", ARCHITECTURE + "test_sheets.py"),
    Breach("no corner left or right", "static/css/10-base.css", ".num{", ".num{border-top-left-radius:1px;", ARCHITECTURE + "test_templates.py"),
    Breach("no uneven sides", "static/css/10-base.css", ".num{", ".num{margin:0 1px 0 2px;", ARCHITECTURE + "test_templates.py"),
    Breach("no spacing of letters", "static/css/10-base.css", ".num{", ".num{letter-spacing:1px;", ARCHITECTURE + "test_templates.py"),
    Breach("nothing slanted", "static/css/10-base.css", ".num{", ".num{font-style:italic;", ARCHITECTURE + "test_templates.py"),
    Breach("no left and right", "static/css/10-base.css", ".num{", ".num{margin-left:1px;", ARCHITECTURE + "test_templates.py"),
    Breach("every message is translated", "translations/fr/LC_MESSAGES/messages.po", 'msgid "Help"\nmsgstr "Aide"', 'msgid "Help"\nmsgstr ""', ARCHITECTURE + "test_catalogs.py"),
    Breach("placeholders are kept", "translations/es/LC_MESSAGES/messages.po", 'msgstr "Hola, %(name)s:"', 'msgstr "Hola:"', ARCHITECTURE + "test_catalogs.py"),
    Breach("terms are the glossary's", "translations/fr/LC_MESSAGES/messages.po", 'msgid "Task force"\nmsgstr "Groupe de travail"', 'msgid "Task force"\nmsgstr "Cellule"', ARCHITECTURE + "test_catalogs.py"),
    Breach("no string escapes translation", HOME, "<h1>", "<h1>Soils first </h1><p>Soils first</p><h1>", ARCHITECTURE + "test_pseudo.py"),
    Breach("no spoken name escapes translation", "templates/secretariat/texts.html", "aria-label=\"{{ _('Texts') }}\"", 'aria-label="All texts"', ARCHITECTURE + "test_pseudo.py"),
    Breach("a file is short", "platform/permille/foundation/clock.py", "", "# long\n" * 201, ARCHITECTURE + "test_layout.py"),
    Breach("a lock names no address", "requirements.lock", "", "# https://example.org\n", ARCHITECTURE + "test_layout.py"),
    Breach("a vendored file is what it was", "static/vendor/htmx-2.0.11.min.js", "", " ", ARCHITECTURE + "test_layout.py"),
    Breach("a page has one h1", HOME, "<h1>", "<h1>{{ _('Help') }}</h1><h1>", ARCHITECTURE + "test_budgets.py"),
    Breach("an id is unique", HOME, "<h1>", '<h1 id="main">', ARCHITECTURE + "test_budgets.py"),
    Breach("a field has a label", HOME, "<h1>", '<input name="x"><h1>', ARCHITECTURE + "test_budgets.py"),
    Breach("a page keeps to its statements", "platform/permille/portals/routes.py", "    goals, countries = home_page(db.session)\n", "    goals, countries = home_page(db.session)\n    home_page(db.session)\n", ARCHITECTURE + "test_budgets.py"),
    Breach("no page writes when it is read", "platform/permille/secretariat/audit_routes.py", "    kind, record = request", "    db.session.connection().exec_driver_sql('DELETE FROM limit_count')\n    kind, record = request", ARCHITECTURE + "test_reading.py"),
    Breach("reading does not write", "platform/permille/portals/routes.py", "    goals, countries = home_page(db.session)\n", "    goals, countries = home_page(db.session)\n    db.session.connection().exec_driver_sql('DELETE FROM limit_count')\n", ARCHITECTURE + "test_budgets.py"),
)  # fmt: skip


def breaking(folder: Path) -> dict[str, int]:
    """Break every rule on a copy of the tracked files; returns how many were broken and noticed."""
    copy = folder / "copy"
    _copy_to(copy)
    for check in sorted({breach.check for breach in BREACHES}):
        assert _passes(copy, check), f"{check} fails though nothing is broken"
    shutil.rmtree(copy)
    for breach in BREACHES:
        _copy_to(copy)
        _break(copy, breach)
        assert not _passes(copy, breach.check), f"nobody noticed: {breach.rule}"
        shutil.rmtree(copy)
    return {"rules": len(BREACHES)}


def _copy_to(copy: Path) -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=copy, check=True)


def _break(copy: Path, breach: Breach) -> None:
    path = copy / breach.file
    text = path.read_text("utf-8") if path.exists() else ""
    assert breach.old in text, f"{breach.file} has changed: mend the breach of {breach.rule!r}"
    path.write_text(text.replace(breach.old, breach.new, 1) if breach.old else text + breach.new, "utf-8")


def _passes(copy: Path, check: str) -> bool:
    environment = {**os.environ, "PYTHONPATH": f"{copy / 'platform'}:{copy}", "PYTHONDONTWRITEBYTECODE": "1"}
    if check == "lint-imports":
        command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    else:
        # "postgresql" is left out: the rules are the same on both, and a copy needs no server
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "-k",
            "not postgresql",
            check,
        ]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout[-2000:] + done.stderr[-2000:]
    return done.returncode == 0

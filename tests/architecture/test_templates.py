"""Templates keep their word: needs, tokens, no inline style or script, no trust in user text."""

import re

import pytest
from jinja2 import meta

from permille.app import create_app
from tests.architecture.sources import FRAGMENTS, SHEETS, TEMPLATES, name
from tests.engines import SETTINGS

AMBIENT = {
    "g",
    "request",
    "session",
    "config",
    "current_user",
    "get_flashed_messages",
    "_",
    "gettext",
    "ngettext",
}
FORBIDDEN = r"\sstyle=|\son[a-z]+=|hx-on|js:|hx-vars|\|\s*safe\b|hx-trigger=\"[^\"]*\["
PHYSICAL = r"(?<![-\w])(margin|padding|border|inset)-(left|right)|(?<![-\w])(left|right)\s*:|text-align\s*:\s*(left|right)|float\s*:\s*(left|right)"


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bare")
    return create_app(**SETTINGS, SQLALCHEMY_DATABASE_URI="sqlite://", INSTANCE=folder).jinja_env


@pytest.mark.parametrize("path", FRAGMENTS, ids=name)
def test_a_fragment_says_what_it_needs(environment, path):
    text = path.read_text("utf-8")
    stated = re.match(r"\{#- Needs: ([^.]+)\.", text)
    assert stated, "start with {#- Needs: name, name. -#}"
    needs = set() if stated[1].startswith("nothing") else set(re.split(r",\s*", stated[1]))
    used = meta.find_undeclared_variables(environment.parse(text))
    assert used - set(environment.globals) - AMBIENT == needs


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_runs_or_styles_from_inside_a_page(path):
    assert re.findall(FORBIDDEN, path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_form_that_writes_carries_its_token(path):
    for form in re.findall(r'<form\b[^>]*method="post".*?</form>', path.read_text("utf-8"), re.DOTALL):
        assert "csrf_token" in form or "hidden_tag()" in form


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_criterion_11_no_sheet_knows_left_from_right(path):
    assert re.findall(PHYSICAL, path.read_text("utf-8")) == []


def test_criterion_11_arabic_and_chinese_are_neither_spaced_nor_slanted():
    css = "".join(path.read_text("utf-8") for path in SHEETS)
    for block in re.findall(r"[^{}]*:lang\((?:ar|zh)\)[^{}]*\{([^}]*)\}", css):
        assert not re.search(r"letter-spacing\s*:\s*[^0]|font-style\s*:\s*italic", block)

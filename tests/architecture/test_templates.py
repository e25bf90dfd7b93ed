"""Templates keep their word: needs, tokens, no inline style or script, no trust in user text."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from jinja2 import meta, nodes

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
FORBIDDEN = re.compile(
    r"\sstyle\s*=|<style|\son(?!e\b)[a-z]+\s*=|hx-on|\bjs:|javascript:|hx-vars|\|\s*safe\b|autoescape|Markup\("
    r"|hx-trigger=\"[^\"]*\[",
    re.IGNORECASE,
)
PHYSICAL = re.compile(
    r"(?<![-\w])(?:scroll-)?(?:margin|padding|border|inset)-(?:left|right)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|(?<![-\w])(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b",
    re.IGNORECASE,
)
FOUR_SIDES = re.compile(r"(?<![-\w])(?:scroll-)?(?:margin|padding|inset|border-width)\s*:\s*([^;}]+)")


def uneven(value):
    """Tell whether four sides differ on the left and on the right."""
    sides = re.findall(r"(?:[\w-]*\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()])+", value.replace("!important", ""))
    return len(sides) == 4 and sides[1] != sides[3]


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
    assert FORBIDDEN.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_form_that_writes_carries_its_token(path):
    for form in re.findall(r'<form\b[^>]*method="post".*?</form>', path.read_text("utf-8"), re.DOTALL):
        assert "csrf_token" in form or "hidden_tag()" in form


@pytest.mark.parametrize("path", FRAGMENTS, ids=name)
def test_a_fragment_is_one_element(environment, path):
    """A swap puts one element in the place of one; whatever the branches, it must not be two."""
    tree = environment.parse(path.read_text("utf-8"))
    for says_yes in (True, False):
        roots = [
            one
            for one in BeautifulSoup(skeleton(tree.body, says_yes), "html.parser").contents
            if isinstance(one, Tag) and one.name != "title"  # htmx takes it out
        ]
        assert len(roots) == 1 or (not says_yes and not roots), [one.name for one in roots]


BLOCKS = (nodes.For, nodes.With, nodes.Scope, nodes.FilterBlock, nodes.CallBlock)


def skeleton(body, says_yes):
    """Return the markup of a template when every question is answered yes, or no, and lists have one thing."""
    text = ""
    for node in body:
        if isinstance(node, nodes.Output):
            text += "".join(one.data for one in node.nodes if isinstance(one, nodes.TemplateData))
        elif isinstance(node, nodes.If):
            branch = node.body if says_yes else (node.elif_ or node.else_)
            text += skeleton(branch, says_yes)
        elif isinstance(node, BLOCKS):
            text += skeleton(node.body, says_yes)
    return text


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_criterion_11_no_sheet_knows_left_from_right(path):
    css = path.read_text("utf-8")
    assert PHYSICAL.findall(css) == []
    assert [value for value in FOUR_SIDES.findall(css) if uneven(value)] == []


def test_sides_are_told_apart():
    assert uneven("1px 2px 3px 4px") and uneven("0 calc(1px + (2px)) 0 var(--a)")
    assert not uneven("1px 2px 3px 2px") and not uneven("0 max(1rem, 2vw) 0 max(1rem, 2vw)")


def test_criterion_11_arabic_and_chinese_are_neither_spaced_nor_slanted():
    css = "".join(path.read_text("utf-8") for path in SHEETS)
    spaced = set(re.findall(r"letter-spacing\s*:\s*([^;}]+)", css))
    assert spaced <= {"0", "var(--trk)"}, spaced
    for code in ("ar", "zh"):
        assert re.search(rf":root:lang\({code}\){{[^}}]*--trk:0[;}}]", css), code
    assert not re.search(r"font-style\s*:\s*(italic|oblique)", css)
    assert re.search(r"em:lang\(ar\),em:lang\(zh\),[^{]*{font-style:normal", css)

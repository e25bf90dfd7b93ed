"""The style sheet draws what is there: every class in it stands in a template or a script."""

import re

from tests.architecture.sources import SCRIPTS, SHEETS, TEMPLATES

CLASSES = re.compile(r'\bclass="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*)"')
IN_SCRIPTS = re.compile(r'className: "([^"]*)"|classList\.\w+\("([^"]*)"')
STATES = ("done", "now")
"""What the steps of a time line are (`taskforces/timeline.py`): the only classes that are wholly a value."""


def drawn(css: str) -> set[str]:
    """Return the classes the selectors of a sheet name."""
    bare = re.sub(r'/\*.*?\*/|"[^"]*"|url\([^)]*\)', "", css, flags=re.DOTALL)
    return {
        name for head in re.findall(r"([^{};]*)\{", bare) for name in re.findall(r"\.([A-Za-z][\w-]*)", head)
    }


def patterns() -> list[str]:
    """Return what stands in class attributes, as patterns: a value inside a class may be any letters."""
    texts = [found for path in TEMPLATES for found in CLASSES.findall(path.read_text("utf-8"))]
    texts += ["".join(found) for path in SCRIPTS for found in IN_SCRIPTS.findall(path.read_text("utf-8"))]
    bare = " ".join(re.sub(r"\{\{.*?\}\}", "*", re.sub(r"\{%.*?%\}", " ", text)) for text in texts)
    said = {*bare.split(), *STATES} - {"*"}
    return [re.escape(one).replace(r"\*", "[A-Za-z]+") for one in sorted(said)]


def test_every_class_of_the_sheet_is_used_somewhere():
    used = re.compile("|".join(patterns()))
    idle = {
        path.name: sorted(one for one in drawn(path.read_text("utf-8")) if not used.fullmatch(one))
        for path in SHEETS
    }
    assert {name: classes for name, classes in idle.items() if classes} == {}


def test_every_value_of_the_sheet_is_used_somewhere():
    css = "".join(path.read_text("utf-8") for path in SHEETS)
    assert set(re.findall(r"(--[\w-]+)\s*:", css)) <= set(re.findall(r"var\((--[\w-]+)", css)) | set(
        re.findall(r"position-anchor:(--[\w-]+)", css)
    )


def test_classes_are_told_from_other_things():
    css = '@media (min-width:62rem){a.one:not(.two)>b{margin:.5rem}}/* .three */.four::after{content:".five"}'
    assert drawn(css) == {"one", "two", "four"}

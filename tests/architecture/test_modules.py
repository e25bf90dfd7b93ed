"""What a module may import, read from its source: whatever asks the database knows nothing of the web."""

import ast

import pytest

from tests.architecture.sources import PYTHON, name

WEB = {"flask", "flask_login", "flask_wtf", "htmx_flask", "wtforms", "werkzeug"}
NAMED = ("models", "policy", "queries", "coverage", "team", "reader", "places", "claims", "seats")
DEALS_WITH_THE_WEB = (
    "_routes", "routes", "forms", "letters", "links", "presence", "machines", "drafts", "pending",
)  # fmt: skip
"""Modules that ask one small question beside their work for the web: a form, a mail, a cookie."""
ABOVE_THE_FOUNDATION = ("people", "objectives", "regions", "taskforces", "secretariat", "portals")


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((one.name.partition(".")[0], "") for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((str(node.module).partition(".")[0], one.name) for one in node.names)


def asks_the_database(path):
    stem = path.stem
    if path.parts[-2] == "models" or stem in NAMED or stem.endswith("_queries"):
        return True
    return ("sqlalchemy", "select") in imports(path) and not stem.endswith(DEALS_WITH_THE_WEB)


ASKING = [path for path in PYTHON if set(path.parts) & set(ABOVE_THE_FOUNDATION) and asks_the_database(path)]


def test_the_modules_that_ask_are_found():
    assert len(ASKING) > 35


@pytest.mark.parametrize("path", ASKING, ids=name)
def test_whatever_asks_the_database_knows_nothing_of_the_web(path):
    assert {module for module, _name in imports(path)} & WEB == set()

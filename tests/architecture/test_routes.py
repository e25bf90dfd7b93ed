"""Every route is known, every write asks a policy, every link leads somewhere."""

import ast
import inspect
import re

import pytest

from permille.app import create_app
from tests.architecture.sources import PYTHON, ROOT, TEMPLATES, name
from tests.engines import SETTINGS
from tests.security.matrix import plain

LIST = ROOT / "tests" / "architecture" / "urls.txt"


@pytest.fixture(scope="module")
def bare_app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bare")
    return create_app(**SETTINGS, SQLALCHEMY_DATABASE_URI="sqlite://", INSTANCE=folder)


def routes(app):
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield f"{method} {plain(rule.rule)}", rule.endpoint


def test_the_list_of_addresses_changes_only_on_purpose(bare_app):
    found = "\n".join(sorted(route for route, _ in routes(bare_app))) + "\n"
    assert found == LIST.read_text("utf-8"), (
        "if you meant it, write the new list to tests/architecture/urls.txt"
    )


def test_only_get_and_post_exist(bare_app):
    assert {route.split()[0] for route, _ in routes(bare_app)} == {"GET", "POST"}


def test_every_write_asks_a_policy(bare_app):
    for route, endpoint in routes(bare_app):
        if route.startswith("POST"):
            view = ast.parse(inspect.getsource(inspect.unwrap(bare_app.view_functions[endpoint])))
            calls = [node.func for node in ast.walk(view) if isinstance(node, ast.Call)]
            asked = any(isinstance(call, ast.Name) and call.id == "require" for call in calls)
            assert asked, f"{route} writes without asking require(may_…)"


@pytest.mark.parametrize("path", [*TEMPLATES, *PYTHON], ids=name)
def test_every_link_leads_somewhere(bare_app, path):
    for target in re.findall(r"""\blink\(['"]([\w.-]+)['"]""", path.read_text("utf-8")):
        assert target in bare_app.view_functions, target


def test_no_region_can_take_the_address_of_a_page(bare_app):
    from permille.regions.models import RESERVED, all_regions

    firsts = {
        route.split("/")[2] for route, _ in routes(bare_app) if route.partition(" ")[2].startswith("/<lang>/")
    }
    assert firsts - {""} - set(all_regions()) <= RESERVED


def test_every_mailed_link_leads_to_a_page(bare_app):
    from permille.people.links import PAGES
    from permille.people.models import Purpose

    assert set(PAGES) == set(Purpose)
    assert set(PAGES.values()) <= set(bare_app.view_functions)

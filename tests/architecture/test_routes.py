"""Every route is known, every write asks a policy, every link leads somewhere."""

import ast
import inspect
import re

import pytest
from jinja2 import nodes

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


def test_every_write_asks_a_policy_before_anything_is_kept(bare_app):
    for route, endpoint in routes(bare_app):
        if route.startswith("POST"):
            view = ast.parse(inspect.getsource(inspect.unwrap(bare_app.view_functions[endpoint]))).body[0]
            asked = [one.lineno for one in ast.walk(view) if is_question(one)]
            kept = [one.lineno for one in ast.walk(view) if called(one) in ("commit", "flush")]
            assert asked, f"{route} writes without asking require(may_…)"
            assert min(asked) < min([*kept, 10_000]), f"{route} keeps something before it asks"


def is_question(node):
    """Whether a node is `require(may_…(…))`, and not a constant or a policy that is only named."""
    return (
        isinstance(node, ast.Call)
        and called(node) == "require"
        and len(node.args) == 1
        and str(called(node.args[0])).startswith(("may_", "anyone_may"))
    )


def called(node):
    """Return the name of what is called, or None for anything but a call."""
    if not isinstance(node, ast.Call):
        return None
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", None)


LINKING = {"link", "_page", "url_for"}


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_link_of_a_template_can_be_built(bare_app, path):
    for call in bare_app.jinja_env.parse(path.read_text("utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in LINKING:
            first = call.args[0] if call.args else None
            if isinstance(first, nodes.Const):
                given = {
                    one.key: one.value.value if isinstance(one.value, nodes.Const) else None
                    for one in call.kwargs
                }
                assert_built(bare_app, first.value, given, is_open=call.dyn_kwargs is not None)


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_every_link_of_the_code_can_be_built(bare_app, path):
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if called(call) in LINKING and call.args and isinstance(call.args[0], ast.Constant):
            target = call.args[0].value
            if isinstance(target, str) and "." in target:
                given = {one.arg: literal(one.value) for one in call.keywords if one.arg}
                assert_built(bare_app, target, given, is_open=any(one.arg is None for one in call.keywords))


def test_every_page_that_is_only_named_exists(bare_app):
    """Links by a name that is put together elsewhere, such as the pages of the audit log."""
    named = re.compile(rf"({'|'.join(bare_app.blueprints)})\.[a-z_]+")
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and named.fullmatch(node.value):
                assert node.value in bare_app.view_functions, f"{name(path)}: {node.value}"


def assert_built(app, endpoint, given, *, is_open):
    assert endpoint in app.view_functions, endpoint
    rules = app.url_map._rules_by_endpoint[endpoint]
    sample = {"lang": "en"}
    for rule in rules:
        for blank, converter in rule._converters.items():
            if blank in given or is_open:
                known = given.get(blank)
                sample[blank] = known if known is not None else sample_of(converter)
    with app.test_request_context("/en/"):
        app.url_map.bind("localhost").build(endpoint, sample)


def literal(node):
    return node.value if isinstance(node, ast.Constant) else None


def sample_of(converter):
    """Return a value a blank takes."""
    return next(iter(sorted(getattr(converter, "items", ()))), 1)


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

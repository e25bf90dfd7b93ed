"""Rows of long tables are drawn once, and never for another language, zone or value."""

import pytest
from jinja2 import DictLoader

from permille.foundation.drawing import drawn
from permille.foundation.zones import in_zone
from tests.engines import ON_SQLITE

PART = "{% macro row(name, day) %}<td>{{ name }} {{ _('Home') }} {{ language() }}</td>{% endmacro %}"


@pytest.fixture
def row(app):
    """A macro as a page imports it."""
    return app.jinja_env.overlay(loader=DictLoader({"part.html": PART})).get_template("part.html").module.row


@ON_SQLITE
def test_what_is_the_same_is_drawn_once_and_what_is_not_is_not(app, row):
    called = []

    def counted(*values):
        called.append(values)
        return row(*values)

    with app.test_request_context("/en/"):
        page = drawn(counted, [("Ana", 1), ("<b>", 2), ("Ana", 1)])
        assert page == "<td>Ana Home en</td><td>&lt;b&gt; Home en</td><td>Ana Home en</td>"
        assert drawn(counted, [("Ana", 1)]) in page and len(called) == 2
        with in_zone("Africa/Dakar"):
            drawn(counted, [("Ana", 1)])
        assert len(called) == 3
    with app.test_request_context("/fr/"):
        app.preprocess_request()
        assert "fr" in drawn(counted, [("Ana", 1)]) and len(called) == 4

"""The checker of every fetched page finds what it is there for."""

import pytest
from bs4 import BeautifulSoup

from tests.markup import check_page

PAGE = '<html lang="en" dir="ltr"><title>t</title><main id="main"><h1>One</h1>{}</main></html>'


@pytest.mark.parametrize(
    "part",
    [
        "<p>Words</p>",
        '<label for="a">A</label><input id="a" aria-describedby="main">',
        "<label>A<input></label>",
        '<form action="/en/"><button>Send</button></form>',
        "<h2>Two</h2><h3>Three</h3><h2>Four</h2>",
    ],
)
def test_a_page_in_order_passes(part):
    check_page("/en/", BeautifulSoup(PAGE.format(part), "html.parser"))


@pytest.mark.parametrize(
    "part",
    [
        "<h1>Another</h1>",
        "<h3>Too deep</h3>",
        '<a href="/"><a href="/">Inside</a></a>',
        "<a><button>Inside</button></a>",
        "<button><a>Inside</a></button>",
        "<form><form></form></form>",
        "<p><div>Inside</div></p>",
        "<p><span><ul></ul></span></p>",
        '<p style="color: red">Painted</p>',
        '<p onclick="x()">Pressed</p>',
        '<input id="a">',
        '<i id="a"></i><i id="a"></i>',
        '<i aria-describedby="nothing"></i>',
        '<label for="nothing">A</label>',
        "<script>x()</script>",
        '<form action="https://elsewhere.example"></form>',
    ],
)
def test_a_page_out_of_order_is_found(part):
    with pytest.raises(AssertionError):
        check_page("/en/", BeautifulSoup(PAGE.format(part), "html.parser"))


def test_the_language_of_a_page_is_that_of_its_path():
    with pytest.raises(AssertionError, match="lang"):
        check_page("/fr/", BeautifulSoup(PAGE.format(""), "html.parser"))

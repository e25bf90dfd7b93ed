"""What stands in front of the product says and allows the same as the product itself."""

import re
import urllib.error
import urllib.request

import pytest

from permille.foundation.config import FORM_BYTES, UPLOAD_BYTES
from permille.foundation.security import HEADERS
from tests.architecture.sources import ROOT
from tests.serving import served

NGINX = (ROOT / "platform" / "deploy" / "nginx.conf").read_text("utf-8")
MAPS = dict(re.findall(r"(\$permille_\w+)\s+{ \"\" \"([^\"]*)\"; default \"\"; }", NGINX))
OWN = dict(re.findall(r"add_header (\S+)\s+(\S+) always;", NGINX))


def test_a_page_of_the_proxys_own_carries_what_every_answer_carries():
    for name, value in HEADERS.items():
        if name not in ("Server", "Reporting-Endpoints"):
            assert MAPS[OWN[name]] == value, name
    assert MAPS[OWN["Content-Security-Policy"]].startswith("default-src 'none'")
    assert MAPS[OWN["Cache-Control"]] == "no-store"


def test_only_a_place_that_takes_a_file_may_be_sent_one(app):
    takes = {name for name, view in app.view_functions.items() if getattr(view, "takes_file", False)}
    (place,) = re.findall(r"location ~ (\S+) {\s+client_max_body_size 12m;", NGINX)
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
        path = re.sub(r"<[^>]*>", "1", path)
        same_place = {r.endpoint for r in app.url_map.iter_rules() if r.rule == rule.rule}
        assert bool(re.match(place, path)) == bool(same_place & takes), rule.rule


def test_the_sizes_are_those_of_the_product_with_room_for_what_surrounds_them():
    assert UPLOAD_BYTES == 12 * 1024 * 1024
    assert re.search(r"^    client_max_body_size  600k;", NGINX, re.MULTILINE)
    assert FORM_BYTES < 600 * 1024


@pytest.mark.parametrize("path", ["/en/", "/ar/nowhere/", "/static/nothing", "/en/me/"])
def test_the_served_product_does_not_say_what_serves_it(database_url, tmp_path, path):
    with served(database_url, tmp_path) as (address, _server):
        try:
            answer = urllib.request.urlopen(address + path, timeout=10)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            assert not answer.headers["Server"]
            assert "granian" not in str(answer.headers).lower()
            assert answer.headers["X-Content-Type-Options"] == "nosniff"

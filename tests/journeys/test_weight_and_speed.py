"""What a slow phone on a slow line gets: little weight, nothing fetched twice, nothing that jumps."""

import gzip

import pytest

from tests.engines import ON_SQLITE

SLOW = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
ROUND_TRIP_SECONDS, BYTES_PER_SECOND = 0.4, 400_000 / 8
DRAWING_SECONDS = 0.6
"""What a processor slowed four times may take to parse and draw a page of this size."""

SHIFTS = """() => new Promise(done => {
  let total = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) total += one.value; })
    .observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(total)));
})"""


@pytest.fixture
def live(deployed):
    """What is measured here is the product as it is deployed."""
    return deployed


@pytest.fixture
def fetched(visit):
    """Return a page on a slow line with a slow processor, and the list of what it fetches: (address, bytes)."""
    page = visit("/en/help/", width=390)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    sent = []
    page.on("response", lambda answer: sent.append(answer) if not answer.url.startswith("data:") else None)
    return page, sent


def weight(answer):
    """Return the bytes an answer has behind a proxy that compresses."""
    return len(gzip.compress(answer.body(), 6))


@ON_SQLITE
@pytest.mark.parametrize("path", ["/en/objectives/a1/", "/ar/africa/", "/zh/"])
def test_criterion_4_a_second_page_fetches_nothing_but_itself(fetched, path):
    page, sent = fetched
    page.goto(path)
    over_the_line = [one for one in sent if not one.request.timing or not one.from_service_worker]
    new = [one for one in over_the_line if "/static/" not in one.url]
    assert [one.url.partition("8")[0] for one in new] and len(new) == 1
    assert weight(new[0]) <= 8_000
    for one in over_the_line:
        if "/static/" in one.url:
            assert "immutable" in one.headers["cache-control"]


@ON_SQLITE
@pytest.mark.parametrize("path", ["/en/", "/ar/", "/en/objectives/a1/", "/ru/africa/"])
def test_criterion_5_text_is_there_within_three_seconds_and_nothing_jumps(fetched, path):
    page, sent = fetched
    page.goto(path)
    assert page.evaluate(SHIFTS) <= 0.05
    document = next(one for one in sent if "/static/" not in one.url)
    sheet = page.context.request.get(page.locator("link[rel=stylesheet]").first.get_attribute("href"))
    # A first visit: name and connection, the page, then its one sheet; scripts are deferred and block nothing.
    round_trips = 4
    wait = round_trips * ROUND_TRIP_SECONDS
    wait += (weight(document) + len(gzip.compress(sheet.body(), 6))) / BYTES_PER_SECOND
    assert wait + DRAWING_SECONDS <= 3.0
    blocking = page.locator("script[src]:not([defer]), link[rel=stylesheet] ~ link[rel=stylesheet]").count()
    assert blocking == 0

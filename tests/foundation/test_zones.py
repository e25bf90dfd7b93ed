"""The last moment of a day: 23:59 UTC, shown by the clock of whoever reads."""

from datetime import date

import pytest

from permille.foundation import zones
from permille.foundation.languages import LANGUAGES, speaking
from permille.foundation.zones import deadline, in_zone, last_moment
from permille.regions.zones import zones_in

LAST = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("", "30 November 2026, 23:59 UTC"),
        ("Africa/Nairobi", "1 December 2026, 02:59 (time in Nairobi)"),
        ("America/New_York", "30 November 2026, 18:59 (time in New York)"),
        ("America/Argentina/Buenos_Aires", "30 November 2026, 20:59 (time in Buenos Aires)"),
        ("Nowhere/Atlantis", "30 November 2026, 23:59 UTC"),
        ("../../etc/passwd", "30 November 2026, 23:59 UTC"),
    ],
)
def test_a_day_ends_where_its_reader_is(zone, said):
    with speaking("en"), in_zone(zone):
        assert last_moment(LAST) == said


def test_summer_is_known():
    with speaking("en"), in_zone("Europe/Paris"):
        assert "00:59 (time in Paris)" in last_moment(LAST)
        assert "1 July 2026, 01:59 (time in Paris)" in last_moment(date(2026, 6, 30))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_written_in_the_language_and_readable_by_machines(lang):
    with speaking(lang), in_zone("Africa/Nairobi"):
        shown = deadline(LAST)
        assert '<time datetime="2026-11-30T23:59:00+00:00" dir="auto">' in shown
        assert "02:59" in shown and "2026" in shown


def test_zones_are_listed_by_country_in_the_language_of_the_reader():
    english, chinese = dict(zones_in("en")), dict(zones_in("zh"))
    assert english["Africa/Nairobi"] == "Kenya" and english["Asia/Kolkata"] == "India"
    assert english["America/New_York"].endswith(" · New York") and chinese["Africa/Nairobi"] == "肯尼亚"
    assert len(english) > 300 and list(english) != list(chinese)


def test_a_server_without_time_zones_offers_none_and_says_utc(monkeypatch):
    monkeypatch.setattr("permille.regions.zones.known_zones", frozenset)
    monkeypatch.setattr(zones, "zone_named", lambda _name: None)
    zones_in.cache_clear()
    try:
        assert zones_in("en") == []
        with in_zone("Africa/Nairobi"):
            assert last_moment(LAST).endswith("23:59 UTC")
    finally:
        zones_in.cache_clear()

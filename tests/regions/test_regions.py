"""Regions are data: five of them, every country once, and a sixth is one file."""

import shutil

import pytest

from permille.app import create_app
from permille.foundation import paths
from permille.foundation.database import db
from permille.foundation.languages import LANGUAGES
from permille.regions import countries, models
from permille.regions.models import BadRegion, Region, all_regions
from tests.browser import Browser
from tests.engines import SETTINGS


def test_the_five_regions_hold_every_country_once():
    counts = {slug: len(region.countries) for slug, region in all_regions().items()}
    assert counts == {
        "africa": 60,
        "asia-pacific": 80,
        "europe": 52,
        "latin-america-caribbean": 52,
        "north-america": 5,
    }
    every = [country for region in all_regions().values() for country in region.countries]
    assert len(every) == len(set(every)) == 249


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("GF", "latin-america-caribbean"),
        ("RE", "africa"),
        ("GL", "north-america"),
        ("XK", "europe"),
        ("TW", "asia-pacific"),
    ],
)
def test_territories_lie_where_they_lie(country, region):
    assert countries.region_of(country).slug == region


def test_antarctica_is_worldwide():
    assert countries.region_of("AQ") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_country_has_a_name_in_every_language(lang):
    names = countries.names_in(lang)
    assert len(names) == 249
    assert all(name and name != code for code, name in names.items())


def test_every_region_opens_its_portal_in_every_language(browser):
    for slug, region in all_regions().items():
        for lang in LANGUAGES:
            page = browser.get(f"/{lang}/{slug}/")
            assert page.status == 200
            assert region.name[lang] in page.text("h1")


@pytest.fixture
def six_regions(tmp_path, monkeypatch):
    folder = tmp_path / "regions"
    shutil.copytree(paths.REGIONS, folder)
    moon = folder / "near-east" / "region.toml"
    moon.parent.mkdir()
    text = (folder / "north-america" / "region.toml").read_text("utf-8")
    moon.write_text(
        text.replace("BM CA GL PM US", "AQ")
        .replace("order = 5", "order = 6")
        .replace("North America", "Near East"),
        "utf-8",
    )
    monkeypatch.setattr(paths, "REGIONS", folder)
    for cached in (models.all_regions, countries.region_of, countries.names_in, countries.choices_in):
        cached.cache_clear()
    yield folder
    monkeypatch.undo()
    for cached in (models.all_regions, countries.region_of, countries.names_in, countries.choices_in):
        cached.cache_clear()


def test_adding_a_sixth_region_is_one_file(six_regions, database_url, tmp_path):
    app = create_app(**SETTINGS, SQLALCHEMY_DATABASE_URI=database_url, INSTANCE=tmp_path)
    browser = Browser(app)
    assert browser.get("/en/near-east/").text("h1") == "Near East"
    assert "Near East" in browser.get("/en/").text(".chips")
    assert "Near East" in browser.get("/en/objectives/a1/").text()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("find", "put", "said"),
    [
        ("order = 1", 'order = 1\ncolour = "red"', "unknown key 'colour'"),
        ("order = 1", "", "missing key 'order'"),
        ("Africa/Nairobi", "Africa/Atlantis", "time_zone"),
        ('"fr", "en", "ar"', '"fr", "de"', "'de'"),
        ("[name]\n", "[name]\nxx = ", "region.toml"),
    ],
)
def test_a_broken_file_says_what_is_wrong(tmp_path, find, put, said):
    path = tmp_path / "africa" / "region.toml"
    path.parent.mkdir()
    text = (paths.REGIONS / "africa" / "region.toml").read_text("utf-8")
    assert find in text
    path.write_text(text.replace(find, put, 1), "utf-8")
    with pytest.raises(BadRegion, match=said):
        Region.from_file(path)

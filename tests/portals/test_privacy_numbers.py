"""Every number on the privacy page is the one the platform keeps to."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from permille.cli import housekeeping
from permille.complaints.policy import OPEN_FOR
from permille.foundation.languages import LANGUAGES
from permille.foundation.retention import PERIODS
from permille.notifications import telling
from permille.vacancies import forgetting
from tests.engines import ON_SQLITE

SAID = re.compile(r"\b(\d+|one) (day|year)s?\b")
LENGTH = {"day": timedelta(days=1), "year": timedelta(days=365)}
TOLD = (
    OPEN_FOR,
    "KEPT_UNCLAIMED_DAYS",
    housekeeping.VISITORS_DRAFT,
    housekeeping.PERSONS_DRAFT,
    forgetting.UNSENT,
    "KEPT_APPLICATIONS_DAYS",
    "KEPT_ANSWERS_DAYS",
    "KEPT_APPLICATIONS_DAYS",  # what was written about candidates, and complaints about it
    "KEPT_HANDOVERS_DAYS",
    "KEPT_EXCLUSIONS_DAYS",
    "KEPT_EVIDENCE_DAYS",
    "KEPT_REFUSED_EVIDENCE_DAYS",
    forgetting.WATCHES,
    housekeeping.KEPT_FORMS,
    housekeeping.UNDELIVERED,
    housekeeping.DELIVERED,
    telling.KEPT_READ,
    telling.KEPT,
    housekeeping.UNANSWERED,
    housekeeping.IMPORTS,
    housekeeping.DECISIONS,  # lists that were entered
    housekeeping.DECISIONS,  # the log
    housekeeping.DECISIONS,  # signing in
)
"""What the page tells, in its order: a length of time in the code, or the setting that has it in days."""


@pytest.fixture
def other(app):
    """Give every setting a number of its own, and return them by setting."""
    numbers = {name: 801 + n for n, name in enumerate(PERIODS)}
    app.config.update(numbers)
    return numbers


@ON_SQLITE
@pytest.mark.parametrize("is_set", [False, True])
def test_the_page_tells_the_numbers_the_platform_keeps_to(app, browser, request, is_set):
    numbers = (
        request.getfixturevalue("other") if is_set else {name: one.days for name, one in PERIODS.items()}
    )
    page = browser.get("/en/privacy/").text("main")
    found = [(1 if n == "one" else int(n)) * LENGTH[unit] for n, unit in SAID.findall(page)]
    assert found == [timedelta(days=numbers[one]) if isinstance(one, str) else one for one in TOLD]
    assert len(re.findall(r"\d+", page)) == len(re.findall(r"\d+ (?:day|year)s?\b", page)), (
        "a number of something else"
    )


@ON_SQLITE
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_setting_stands_on_the_page_in_every_language(browser, other, lang):
    page = browser.get(f"/{lang}/privacy/").text("main")
    told = [one for one in TOLD if isinstance(one, str)]
    assert set(told) == set(PERIODS)
    for name, days in other.items():
        assert len(re.findall(rf"(?<!\d){days}(?!\d)", page)) == told.count(name), name


def test_every_setting_is_explained_to_whoever_runs_the_platform():
    said = " ".join((Path(__file__).parents[2] / "README.md").read_text("utf-8").split())
    for name, period in PERIODS.items():
        least = f", at least {period.least}" if period.least else ""
        assert f"`PERMILLE_{name}` ({period.days}{least})" in said, name

"""What the tests of consultations share: a call that is closed with a candidate, and its consultation."""

import re
from datetime import timedelta

import pytest

from permille.consultations.queries import asked, consultation_of
from permille.foundation.clock import now
from permille.foundation.database import db
from tests.browser import Browser
from tests.vacancies.conftest import SEAT, applied, call, change_vacancy, day

__all__ = ["applied", "call", "change_vacancy"]

DESK = f"{SEAT}/consultation"
TYPED = "forum@village.example Forum of Partners"


@pytest.fixture
def desk(app, cast):
    return Browser(app).sign_in(cast.email("secretary"))


@pytest.fixture
def second(app, cast):
    return Browser(app).sign_in(cast.email("second-secretary"))


@pytest.fixture
def prepared(app, cast, desk, call, applied, change_vacancy):
    """Close the call, prepare the consultation and return the id of the vacancy."""
    change_vacancy(call, closed_at=now())
    sent = desk.post(f"{DESK}/", **preparation(cast))
    assert sent.status == 303, sent.text()
    return call


@pytest.fixture
def begun(cast, desk, prepared):
    """Ask a body by its address, a leader of elsewhere, and the team; return the id of the vacancy."""
    desk.post(f"{DESK}/addresses/", addresses=f"{TYPED}\n{cast.email('leader')}", language="fr")
    desk.post(f"{DESK}/groups/", group="team")
    sent = desk.post(f"{DESK}/invite/")
    assert sent.status == 303, sent.text()
    return prepared


def preparation(cast, **other):
    return {
        "question_en": "What do you know of them?",
        "question_fr": "Que savez-vous d’eux ?",
        "last_day": day(14),
        "panel": [str(cast.id("secretary")), str(cast.id("second-secretary"))],
        **other,
    }


def asked_by(app, vacancy_id):
    """Return who is on the list, by address of account or mail."""
    with app.app_context():
        one = consultation_of(db.session, vacancy_id)
        rows = asked(db.session, one.id)
        return {
            row.consultee.person.email if row.consultee.person else row.consultee.email: row.consultee.id
            for row in rows
        }


def link_in(mail):
    """Return the path of the link in a mail."""
    return re.search(r"https?://[^/\s]+(/\S+)", mail["body"])[1]


def an_answer(page, **other):
    """Fill in the answer a page asks for: every candidate a yes, without a relation."""
    fields = {"words": "They know the soils.", "is_mine": "y"}
    for radio in page.soup.select("input[type=radio]"):
        name = radio["name"]
        fields[name] = "none" if name.startswith("relation") else "yes"
    return {**fields, **other}


def opinion_fields(page):
    """Return the names of the fields about the first candidate."""
    number = page("input[name^=support_]")["name"].partition("_")[2]
    return {part: f"{part}_{number}" for part in ("relation", "relation_note", "support", "opinion")}


def in_days(n):
    return now() + timedelta(days=n)

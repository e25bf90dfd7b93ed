"""How long things live, by a turned clock: a minute before the end they work, a minute after they do not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.consultations.models import Consultation, Consultee, Group
from permille.foundation import clock
from permille.foundation.database import db
from permille.foundation.multilingual import Multilingual
from permille.objectives.models import Objective
from permille.people.models import MailedLink, Person, Purpose
from permille.taskforces.models import Office
from permille.vacancies.models import Vacancy
from tests.browser import Browser

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LIVES = {
    Purpose.CONFIRM: (24 * HOUR, "welcome/"),
    Purpose.SIGN_IN: (15 * MINUTE, "sign-in/link/"),
    Purpose.RESET: (60 * MINUTE, "password/new/"),
    Purpose.CHANGE_ADDRESS: (24 * HOUR, "new-address/"),
    Purpose.INVITATION: (10 * DAY, "invitation/"),
    Purpose.JOIN: (7 * DAY, "join/confirm/"),
    Purpose.WATCH: (7 * DAY, "vacancies/confirm/"),
    Purpose.CONSULTATION: (60 * DAY, "consultations/reply/"),
}
SESSIONS = {
    "member": (14 * DAY, 30 * DAY),
    "leader": (2 * HOUR, 12 * HOUR),
    "representative": (2 * HOUR, 12 * HOUR),
    "secretary": (2 * HOUR, 12 * HOUR),
}


@pytest.fixture
def wait():
    """Return a function that turns the clock to so long after the beginning."""
    start = clock.now()
    yield lambda length: clock.turn(lambda: start + length)
    clock.turn(None)


@pytest.fixture
def token_for(app, cast):
    def write(purpose):
        with app.app_context():
            person = db.session.get(Person, cast.id("partner"))
            if purpose in (Purpose.CONFIRM, Purpose.INVITATION):  # these make an account: there is none yet
                person = None
            email = person.email if person else "nobody.yet@village.example"
            payload = {"objective": "B1", "role": "member", "contribution": "Soil maps.", "seat": "c2/africa"}
            payload |= {"name": "Amina", "organisation_id": None, "by": cast.id("secretary")}
            if purpose == Purpose.CONSULTATION:
                payload |= {"consultee": ask(email)}
            link, token = MailedLink.write(purpose, email, "en", person, **payload)
            db.session.add(link)
            db.session.commit()
        return token

    return write


def ask(email):
    """Ask somebody by their address in a consultation, and return the id."""
    objective = db.session.scalars(select(Objective).where(Objective.code == "C2")).one()
    vacancy = Vacancy(
        objective_id=objective.id,
        office=Office.LEADER,
        last_day=clock.now().date(),
        consultation_at=clock.now(),
    )
    one = Consultation(vacancy=vacancy, question=Multilingual(), last_day=clock.now().date())
    consultee = Consultee(
        consultation=one, email=email, asked_as=Group.BODY, language="en", invited_at=clock.now()
    )
    db.session.add(consultee)
    db.session.flush()
    return consultee.id


def test_every_purpose_has_a_life():
    assert set(LIVES) == set(Purpose)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_mailed_link_lives_as_long_as_was_said_and_no_longer(app, token_for, wait, purpose):
    life, page = LIVES[purpose]
    wait(timedelta())
    token = token_for(purpose)
    wait(life - MINUTE)
    reader = Browser(app)
    assert reader.get(f"/en/link/{token}/").location == f"/en/{page}"
    assert reader.get(f"/en/{page}").status == 200
    wait(life + MINUTE)
    assert reader.get(f"/en/{page}").status == 410
    assert reader.post(f"/en/{page}").status == 410
    assert Browser(app).get(f"/en/link/{token}/").status == 410


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_of_one_purpose_opens_nothing_of_another(app, token_for, purpose):
    reader = Browser(app)
    reader.get(f"/en/link/{token_for(purpose)}/")
    for other, (_life, page) in LIVES.items():
        if other is not purpose:
            assert reader.get(f"/en/{page}").status == 410, page
            assert reader.post(f"/en/{page}", password="a wholly different phrase 99").status == 410, page


@pytest.mark.parametrize("part", SESSIONS)
def test_a_session_ends_when_it_was_idle_for_too_long(app, cast, wait, part):
    idle, _absolute = SESSIONS[part]
    wait(timedelta())
    browser, forgotten = (Browser(app).sign_in(cast.email(part)) for _ in range(2))
    wait(idle - MINUTE)
    assert browser.get("/en/me/").status == 200
    wait(idle + MINUTE)
    assert forgotten.get("/en/me/").status == 302


@pytest.mark.parametrize("part", SESSIONS)
def test_a_session_ends_at_last_however_busy_it_was(app, cast, wait, part):
    idle, absolute = SESSIONS[part]
    wait(timedelta())
    browser = Browser(app).sign_in(cast.email(part))
    gone = timedelta()
    while gone < absolute - MINUTE:
        gone = min(gone + idle - MINUTE, absolute - MINUTE)
        wait(gone)
        assert browser.get("/en/me/").status == 200, gone
    wait(absolute + MINUTE)
    assert browser.get("/en/me/").status == 302

"""Races for seats: calls opened, applications sent and standings lapsing at the same moment."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from flask import Flask
from sqlalchemy import delete, func, select, update

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.limits import LimitCount
from permille.foundation.outbox import Job
from permille.notifications.models import Notification
from permille.objectives.models import Objective
from permille.people.models import Organisation, Person, Standing, StandingState
from permille.taskforces.models import Office
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.record import RecordEntry, broken_records
from tests.browser import Browser
from tests.campaigns.races import HANDS, at_once, sending, twins_of
from tests.cast import Cast

SEAT = "/en/vacancies/c2/africa"
ANSWERS = {
    "why": "Because.", "experience": "Years.", "knowledge": "Mali.", "languages": "fr", "time": "A day.",
    "endorsement": "Agreed.", "links": "",
}  # fmt: skip


def calls(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Two of the Secretariat open the call for one seat at once: one vacancy runs, and the other is told."""
    pair = [Browser(app).sign_in(cast.email(part)) for part in ("secretary", "second-secretary")]
    tokens = [one.token() for one in pair]
    form = {"seat": "c2/africa", "last_day": f"{now().date() + timedelta(days=30)}"}
    for _turn in range(rounds):
        acts = [
            sending(one, "/en/vacancies/calls/open/", token, **form)
            for one, token in zip(pair, tokens, strict=True)
        ]
        assert at_once(*acts) == [303, 303]
        said = [one.get(f"{SEAT}/").text("main") for one in pair]
        assert sum("its call is open already" in words for words in said) == 1
        _end_vacancies(app, 1)
    return {"calls": rounds}


def candidacies(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Send one application from several tabs: it is sent once, with one number and one entry."""
    browser = Browser(app).sign_in(cast.email("partner"))
    token, tabs = browser.token(), twins_of(app, browser, HANDS)
    for _turn in range(rounds):
        vacancy = _call(app)
        assert browser.post(f"{SEAT}/apply/", token=token, **ANSWERS).status == 303
        assert set(at_once(*(sending(tab, f"{SEAT}/apply/check/", token) for tab in tabs))) == {303}
        with app.app_context():
            assert db.session.scalar(_count(RecordEntry, vacancy)) == 1
            assert db.session.scalar(_count(Application, vacancy)) == 1
        _end_vacancies(app, 1)
    return {"candidacies": rounds, "hands": HANDS}


def lapses(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Send an application while the standing lapses: it counts only if it came first."""
    browser = Browser(app).sign_in(cast.email("partner"))
    desk = Browser(app).sign_in(cast.email("secretary"))
    token, of_desk = browser.token(), desk.token()
    with app.app_context():
        organisation = db.session.get_one(Person, cast.id("partner")).affiliation.organisation_id  # type: ignore[union-attr]
    path = f"/en/secretariat/organisations/{organisation}/"
    sent = 0
    for turn in range(rounds):
        vacancy = _call(app)
        assert browser.post(f"{SEAT}/apply/", token=token, **ANSWERS).status == 303
        lapse = sending(desk, path, of_desk, state="lapsed", evidence=f"Not paid {turn}.", since="", until="")
        late = [lambda: desk.get(path).status] * (turn % 3)  # or the desk, with less to do, is always first
        got = at_once(sending(browser, f"{SEAT}/apply/check/", token), partial(one_by_one, *late, lapse))
        with app.app_context():
            application = db.session.scalars(
                select(Application).where(Application.vacancy_id == vacancy)
            ).one()
            lapsed = db.session.scalars(select(Standing).order_by(Standing.id.desc())).first()
            assert application.is_candidacy == (got[0] == 303)
            assert lapsed is not None
            assert application.sent_at is None or application.sent_at <= lapsed.created_at
            sent += application.is_candidacy
            # A page that lists a thousand changes would slow the desk, and the candidate would always be first.
            db.session.execute(delete(Standing).where(Standing.organisation_id == organisation))
            db.session.get_one(Organisation, organisation).stand(
                StandingState.PARTNER, None, evidence="Paid."
            )
            db.session.commit()
        _end_vacancies(app, 1)
    return {"lapses": rounds, "sent": sent, "refused": rounds - sent}


def withdrawals(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Stand down while the call is closed and the answers are changed: every act has its place in the record."""
    browser = Browser(app).sign_in(cast.email("partner"))
    desk = Browser(app).sign_in(cast.email("secretary"))
    token, of_desk = browser.token(), desk.token()
    tabs = twins_of(app, browser, 2)
    for _turn in range(rounds):
        _call(app)
        browser.post(f"{SEAT}/apply/", token=token, **ANSWERS)
        where = browser.post(f"{SEAT}/apply/check/", token=token).location
        got = at_once(
            sending(tabs[0], f"{where}stand-down/", token),
            sending(tabs[1], f"{SEAT}/apply/", token, **{**ANSWERS, "why": "Said better."}),
            sending(desk, "/en/vacancies/calls/close/", of_desk, seat="c2/africa"),
        )
        assert (got[0], got[2]) == (303, 303) and got[1] in (303, 403, 409), got
        _end_vacancies(app, 1)
    return {"withdrawals": rounds}


def one_by_one(*acts: Callable[[], int]) -> int:
    """Do one thing after the other and return what the last got."""
    return [act() for act in acts][-1]


def _call(app: Flask) -> int:
    with app.app_context():
        objective = db.session.scalars(select(Objective).where(Objective.code == "C2")).one()
        vacancy = Vacancy(
            objective_id=objective.id,
            office=Office.REPRESENTATIVE,
            region="africa",
            last_day=now().date() + timedelta(days=20),
        )
        db.session.add(vacancy)
        db.session.commit()
        return vacancy.id


def _count(model: type, vacancy: int) -> object:
    return select(func.count(model.id)).where(model.vacancy_id == vacancy)  # type: ignore[attr-defined]


def _end_vacancies(app: Flask, wanted: int) -> None:
    # Exactly so many ran, and the record of the round is whole; then the seat is free for the next one.
    # A thousand candidacies and news of them would lengthen pages and the outbox, and slow down one of the hands.
    with app.app_context():
        c2 = select(Objective.id).where(Objective.code == "C2").scalar_subquery()
        runs = select(Vacancy.id).where(
            Vacancy.objective_id == c2, Vacancy.region == "africa", Vacancy.ended_at.is_(None)
        )
        running = list(db.session.scalars(runs))
        assert len(running) == wanted
        for one in running:
            assert list(broken_records(db.session, one)) == []
        ended = update(Vacancy).where(Vacancy.id.in_(running))
        db.session.execute(ended.values(ended_at=now(), outcome="nobody"))
        db.session.execute(delete(Application).where(Application.vacancy_id.in_(running)))
        for grown in (LimitCount, Job, Notification):  # nobody does it as often as a race does
            db.session.execute(delete(grown))
        db.session.execute(update(Person).values(unread=0))
        db.session.commit()


CANDIDACIES = {"calls": calls, "candidacies": candidacies, "lapses": lapses, "withdrawals": withdrawals}

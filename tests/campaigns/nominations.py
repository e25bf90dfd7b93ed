"""Races for a nomination: two who propose, a form sent twice, a candidate who leaves, a standing that lapses."""

from datetime import timedelta
from functools import partial

from flask import Flask
from sqlalchemy import delete, func, select, update

from permille.consultations.models import Answer, Consultation, Consultee, Group, PanelMember
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.limits import LimitCount
from permille.foundation.multilingual import Multilingual
from permille.nominations.models import Nomination
from permille.objectives.models import Objective
from permille.people.models import Organisation, Person, Standing, StandingState
from permille.taskforces.models import Mandate, Office
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.record import broken_records
from tests.browser import Browser
from tests.campaigns.candidacies import one_by_one
from tests.campaigns.races import at_once, sending, twins_of
from tests.cast import Cast

NOMINATION = "/en/vacancies/c2/africa/nomination/"
PANEL = ("secretary", "second-secretary")
TABS = 3
TOO_LATE = ("This candidate has stood down or can no longer take part.", "Something has changed meanwhile.")
"""What somebody reads who confirms when the candidate has left already."""


def proposals(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Two of the panel propose at once: one nomination lives, and the other is told that there is one."""
    pair = [Browser(app).sign_in(cast.email(part)) for part in PANEL]
    tokens = [one.token() for one in pair]
    form = {"reason": "They know the soils.", "ends_on": f"{now().date() + timedelta(days=700)}"}
    for _turn in range(rounds):
        application = _consulted(app, cast)
        acts = [
            sending(one, f"{NOMINATION}propose/{application}/", token, **form)
            for one, token in zip(pair, tokens, strict=True)
        ]
        assert at_once(*acts) == [303, 303]
        said = [one.get(NOMINATION).text() for one in pair]
        assert sum("Somebody has been proposed already" in words for words in said) == 1
        assert all("Proposed, not confirmed" in words for words in said)
        with app.app_context():
            assert db.session.scalar(select(func.count(Nomination.id))) == 1
        _clear(app)
    return {"proposals": rounds}


def acceptances(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Accept from several tabs at once: one mandate begins, and the record has one entry of it."""
    for _turn in range(rounds):
        nomination = _offered(app, cast, _consulted(app, cast))
        browser = Browser(app).sign_in(cast.email("partner"))
        token, tabs = browser.token(), twins_of(app, browser, TABS)
        got = at_once(*(sending(tab, f"/en/nominations/{nomination}/accept/", token) for tab in tabs))
        assert got.count(303) == 1 and set(got) <= {302, 303, 409}, got
        assert len(_holders(app)) == 1
        _clear(app)
    return {"acceptances": rounds, "tabs": TABS}


def departures(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Confirm a proposal while its candidate stands down: nobody who left is nominated."""
    desk = Browser(app).sign_in(cast.email("second-secretary"))
    candidate = Browser(app).sign_in(cast.email("partner"))
    of_desk, token = desk.token(), candidate.token()
    confirmed = 0
    for _turn in range(rounds):
        application = _consulted(app, cast)
        nomination = _offered(app, cast, application, is_confirmed=False)
        got = at_once(
            sending(desk, f"{NOMINATION}confirm/", of_desk, nomination=str(nomination)),
            sending(candidate, f"/en/applications/{application}/stand-down/", token),
        )
        assert got == [303, 303]
        said = desk.get(
            NOMINATION
        ).text()  # whoever confirms is told either that it is done, or why it is not
        with app.app_context():
            one = db.session.scalars(select(Nomination)).one()
            vacancy = db.session.get_one(Vacancy, one.vacancy_id)
            assert not one.is_live and vacancy.nomination_at is None
            is_confirmed = one.confirmed_at is not None
            assert ("Confirmed. The candidate is asked" in said) == is_confirmed
            assert is_confirmed or any(words in said for words in TOO_LATE), said
            confirmed += is_confirmed
        _clear(app)
    return {"departures": rounds, "confirmed before": confirmed}


def lapses(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Accept while the standing lapses: the office begins only if the candidate came first."""
    desk = Browser(app).sign_in(cast.email("secretary"))
    of_desk, began = desk.token(), 0
    with app.app_context():
        organisation = db.session.get_one(Person, cast.id("partner")).affiliation.organisation_id  # type: ignore[union-attr]
    path = f"/en/secretariat/organisations/{organisation}/"
    for turn in range(rounds):
        nomination = _offered(app, cast, _consulted(app, cast))
        candidate = Browser(app).sign_in(cast.email("partner"))
        token = candidate.token()
        lapse = sending(desk, path, of_desk, state="lapsed", evidence=f"Not paid {turn}.", since="", until="")
        late = [lambda: desk.get(path).status] * (turn % 4)  # or the desk, with less to do, is always first
        got = at_once(
            sending(candidate, f"/en/nominations/{nomination}/accept/", token),
            partial(one_by_one, *late, lapse),
        )
        with app.app_context():
            one = db.session.get_one(Nomination, nomination)
            lapsed = db.session.scalars(select(Standing).order_by(Standing.id.desc())).first()
            assert (one.accepted_at is not None) == (got[0] == 303) == (len(_held()) == 1)
            assert lapsed is not None and (one.accepted_at is None or one.accepted_at <= lapsed.created_at)
            began += one.accepted_at is not None
            # A page that lists a thousand changes would slow the desk, and the candidate would always be first.
            db.session.execute(delete(Standing).where(Standing.organisation_id == organisation))
            row = db.session.get_one(Organisation, organisation)
            row.stand(StandingState.PARTNER, None, evidence="Paid.")
            db.session.commit()
        _clear(app)
    return {"lapses": rounds, "began": began, "refused": rounds - began}


def _consulted(app: Flask, cast: Cast) -> int:
    """Let the partner be the one candidate in a consultation that is over, and return the application."""
    with app.app_context():
        objective = db.session.scalars(select(Objective).where(Objective.code == "C2")).one()
        past = now().date() - timedelta(days=1)
        vacancy = Vacancy(
            objective_id=objective.id, office=Office.REPRESENTATIVE, region="africa", last_day=past, consultation_at=now()
        )  # fmt: skip
        application = Application(
            vacancy=vacancy, person_id=cast.id("partner"), number=f"C2-{now().timestamp()}"[:20], sent_at=now(),
            why="x", experience="x", knowledge="x", time="x", languages=["fr"], evidence=[],
        )  # fmt: skip
        asked = Consultee(
            consultation=Consultation(vacancy=vacancy, question=Multilingual(), last_day=past),
            email="forum@village.example", asked_as=Group.BODY, language="fr", invited_at=now(), answered_at=now(),
        )  # fmt: skip
        db.session.add_all([application, asked])
        db.session.flush()
        db.session.add(Answer(consultee_id=asked.id, language="fr", words="", is_late=False, salt="x"))
        seated = {"vacancy_id": vacancy.id, "declared_at": now(), "is_related": False}
        db.session.add_all(PanelMember(person_id=cast.id(part), **seated) for part in PANEL)
        db.session.commit()
        return application.id


def _offered(app: Flask, cast: Cast, application: int, *, is_confirmed: bool = True) -> int:
    with app.app_context():
        one = db.session.get_one(Application, application)
        one.vacancy.nomination_at = now()
        nomination = Nomination(
            vacancy_id=one.vacancy_id, application_id=application, proposed_by_id=cast.id("secretary"), reason="x",
            ends_on=now().date() + timedelta(days=700),
            confirmed_by_id=cast.id("second-secretary") if is_confirmed else None,
            confirmed_at=now() if is_confirmed else None,
        )  # fmt: skip
        db.session.add(nomination)
        db.session.commit()
        return nomination.id


def _held() -> list[Mandate]:
    c2 = select(Objective.id).where(Objective.code == "C2").scalar_subquery()
    query = select(Mandate).where(Mandate.objective_id == c2, Mandate.region == "africa")
    return list(db.session.scalars(query.where(Mandate.ended_at.is_(None))))


def _holders(app: Flask) -> list[int | None]:
    with app.app_context():
        return [one.person_id for one in _held()]


def _clear(app: Flask) -> None:
    # The record of the round is whole; then the seat is free for the next one.
    with app.app_context():
        newest = db.session.scalars(select(Vacancy.id).order_by(Vacancy.id.desc())).first()
        assert list(broken_records(db.session, newest)) == []
        db.session.execute(delete(Nomination))
        for one in _held():
            one.end()
        runs = update(Vacancy).where(Vacancy.region == "africa", Vacancy.ended_at.is_(None))
        db.session.execute(runs.values(ended_at=now(), outcome="nobody"))
        db.session.execute(delete(LimitCount))  # nobody does it as often as a race does
        db.session.commit()


NOMINATIONS = {
    "nominations": proposals,
    "acceptances": acceptances,
    "departures": departures,
    "lapses-in-between": lapses,
}

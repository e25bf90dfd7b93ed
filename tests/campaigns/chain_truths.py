"""What must hold at every moment of the chain from call to mandate, read from the database and not from the pages."""

from collections import Counter

from sqlalchemy import select

from permille.consultations.models import Answer, Consultee, PanelMember
from permille.consultations.queries import consultation_of
from permille.exclusions.models import Exclusion, Measure
from permille.foundation.database import db
from permille.nominations.models import Nomination, Rule, State
from permille.taskforces.models import Mandate, Membership
from permille.vacancies.models import Application, Outcome, Step, Vacancy
from permille.vacancies.record import broken_records, entries_of
from tests.campaigns.chain_world import World


def hold(world: World) -> None:
    """Raise AssertionError when something is not as it must be."""
    with world.app.app_context():
        held = list(
            db.session.scalars(
                select(Mandate).where(Mandate.objective_id == world.objective, Mandate.ended_at.is_(None))
            )
        )
        assert max(Counter((one.office, one.region) for one in held).values(), default=0) <= 1
        assert max(Counter(one.person_id for one in held).values(), default=0) <= 1
        _hold_members(world, {one.person_id for one in held})
        mine = select(Vacancy).where(
            Vacancy.objective_id == world.objective, Vacancy.region == "africa", Vacancy.id > world.first_vacancy
        )  # fmt: skip
        vacancies = list(db.session.scalars(mine.order_by(Vacancy.id)))
        assert sum(one.step != Step.ENDED for one in vacancies) <= 1
        for one in vacancies:
            _hold_vacancy(world, one)


def _hold_members(world: World, holders: set[int | None]) -> None:
    theirs = select(Membership).where(
        Membership.objective_id == world.objective, Membership.ended_at.is_(None)
    )
    about = select(Exclusion).where(Exclusion.over_at.is_(None))
    running = {one.membership_id: one for one in db.session.scalars(about)}
    for one in db.session.scalars(theirs):
        shut_out = running.get(one.id)
        assert shut_out is None or one.person_id not in holders
        is_suspended = shut_out is not None and shut_out.measure == Measure.SUSPENSION
        assert is_suspended == (one.suspended_at is not None)


def _hold_vacancy(world: World, vacancy: Vacancy) -> None:
    nominations = list(db.session.scalars(select(Nomination).where(Nomination.vacancy_id == vacancy.id)))
    accepted = [one for one in nominations if one.state == State.ACCEPTED]
    live = [one for one in nominations if one.is_live]
    assert len(live) <= 1 and len(accepted) <= 1 and not (live and accepted)
    assert (vacancy.outcome == Outcome.FILLED) == bool(accepted)
    assert bool(live) == (vacancy.step == Step.NOMINATION)
    for one in nominations:
        _hold_decision(world, vacancy, one)
    seen = Counter(
        db.session.scalars(
            select(Application.person_id).where(
                Application.vacancy_id == vacancy.id, Application.person_id.is_not(None)
            )
        )
    )
    assert max(seen.values(), default=0) <= 1
    _hold_answers(vacancy)
    assert list(broken_records(db.session, vacancy.id)) == []
    assert len(entries_of(db.session, vacancy.id)) == vacancy.entries


def _hold_decision(world: World, vacancy: Vacancy, one: Nomination) -> None:
    candidate = one.application.person_id
    assert one.application.vacancy_id == vacancy.id
    deciders = {one.proposed_by_id, one.confirmed_by_id} - {None}
    assert len(deciders) == 1 + (one.confirmed_by_id is not None) and candidate not in deciders
    if one.is_live:
        assert one.application.is_candidacy
    panel = {
        seat.person_id: seat
        for seat in db.session.scalars(select(PanelMember).where(PanelMember.vacancy_id == vacancy.id))
    }
    if one.is_live and panel:
        assert all(who in panel and panel[who].is_related is False for who in deciders)
    if one.state == State.ACCEPTED:
        assert one.mandate is not None and one.mandate.person_id == candidate
        assert one.confirmed_at is not None
        assert world.was_eligible[one.id] or one.overridden & {Rule.STANDING, Rule.AFFILIATION}
        assert not one.failing or (one.override and one.confirmed_override)


def _hold_answers(vacancy: Vacancy) -> None:
    consultation = consultation_of(db.session, vacancy.id)
    if consultation is None:
        return
    asked = list(db.session.scalars(select(Consultee).where(Consultee.consultation_id == consultation.id)))
    given = Counter(
        db.session.scalars(
            select(Answer.consultee_id).where(Answer.consultee_id.in_([one.id for one in asked]))
        )
    )
    assert max(given.values(), default=0) <= 1
    candidates = set(
        db.session.scalars(
            select(Application.person_id).where(
                Application.vacancy_id == vacancy.id,
                Application.sent_at.is_not(None),
                Application.stood_down_at.is_(None),
            )
        )
    )
    if vacancy.step in (Step.CONSULTATION, Step.NOMINATION):
        assert not candidates & {one.person_id for one in asked if one.person_id and not one.answered_at}

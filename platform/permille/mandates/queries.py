"""Finding mandates, with what the Secretariat should look at."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, raiseload

from permille.foundation.database import Session, held
from permille.foundation.days import today
from permille.nominations.models import Nomination
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Eligibility, Organisation, Person, eligibility
from permille.people.places import with_place
from permille.taskforces.models import Mandate
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.seats import SeatName

SOON = timedelta(days=90)
MOST_PAST = 200


@dataclass(frozen=True)
class Held:
    """A mandate that holds, with the organisation of its holder now and whether a renewal runs."""

    mandate_id: int
    person_id: int
    holder: str
    seat: SeatName
    is_acting: bool
    begins_on: date | None
    ends_on: date | None
    organisation: str | None
    is_eligible: bool
    has_moved: bool
    """Whether its holder belongs to another organisation than when the office began, or to none."""
    vacancy_id: int | None

    @property
    def ends_soon(self) -> bool:
        """Whether its term is over within 90 days, or is over already."""
        return self.ends_on is not None and self.ends_on <= today() + SOON

    @property
    def is_overdue(self) -> bool:
        """Whether its term is over."""
        return self.ends_on is not None and self.ends_on < today()

    @property
    def is_flagged(self) -> bool:
        """Whether somebody should look at it: no standing, or another employer."""
        return not self.is_eligible or self.has_moved


def held_mandates(session: Session) -> list[Held]:
    """List all mandates that hold, those whose term ends first at the top (1 statement)."""
    running = and_(
        Vacancy.objective_id == Mandate.objective_id,
        Vacancy.region.is_not_distinct_from(Mandate.region),
        Vacancy.ended_at.is_(None),
    )
    confirmed = Affiliation.confirmed_at.is_not(None)
    belongs_to = case((confirmed, Organisation.id))
    moved = and_(Mandate.organisation_id.is_not(None), belongs_to.is_distinct_from(Mandate.organisation_id))
    columns = (
        Mandate.id, Mandate.person_id, func.coalesce(func.nullif(Person.name, ""), Person.email), Objective.code,
        Mandate.region, Mandate.is_acting, Mandate.begins_on, Mandate.ends_on, case((confirmed, Organisation.name)),
        eligibility(), moved, Vacancy.id,
    )  # fmt: skip
    query = (
        with_place(select(*columns).join(Mandate.objective).join(Mandate.person))
        .outerjoin(Vacancy, running)
        .where(Mandate.ended_at.is_(None))
        .order_by(Mandate.ends_on.is_(None), Mandate.ends_on, Objective.code, Mandate.region)
    )
    return [
        Held(
            mandate_id, person_id, holder, SeatName(code, region), is_acting, begins_on, ends_on, organisation,
            is_eligible=known == Eligibility.ELIGIBLE, has_moved=bool(has_moved), vacancy_id=vacancy_id,
        )
        for (
            mandate_id, person_id, holder, code, region, is_acting, begins_on, ends_on, organisation, known,
            has_moved, vacancy_id,
        ) in session.execute(query)
    ]  # fmt: skip


def ending_count(session: Session) -> int:
    """Count the mandates whose term is over within 90 days, or is over already (1 statement)."""
    query = select(func.count()).select_from(Mandate)
    return session.scalar(query.where(Mandate.ended_at.is_(None), Mandate.ends_on <= today() + SOON)) or 0


def mandate_by_id(session: Session, mandate_id: int, *, to_change: bool = False) -> Mandate | None:
    """Find a mandate, also one that has ended, with task force and holder (1 statement)."""
    query = select(Mandate).where(Mandate.id == mandate_id)
    query = query.options(joinedload(Mandate.objective), joinedload(Mandate.person))
    return session.scalar(held(query, Mandate) if to_change else query)


def holder_of_seat(session: Session, mandate: Mandate) -> int | None:
    """Return the id of who holds the seat of a mandate now (1 statement)."""
    return session.scalar(
        select(Mandate.person_id).where(
            Mandate.objective_id == mandate.objective_id,
            Mandate.region.is_not_distinct_from(mandate.region),
            Mandate.ended_at.is_(None),
        )
    )


def handover_before(session: Session, mandate: Mandate) -> Mandate | None:
    """Find the latest mandate of the same seat, before this one, whose holder left a handover note (1 statement)."""
    query = select(Mandate).where(
        Mandate.objective_id == mandate.objective_id,
        Mandate.region.is_not_distinct_from(mandate.region),
        Mandate.ended_at.is_not(None),
        Mandate.id < mandate.id,
        Mandate.handover != "",
    )
    return session.scalar(query.order_by(Mandate.id.desc()).limit(1).options(raiseload("*")))


def past_mandates(session: Session) -> list[Mandate]:
    """List the offices that have ended, the latest first, with seats and former holders (1 statement)."""
    query = select(Mandate).where(Mandate.ended_at.is_not(None)).order_by(Mandate.ended_at.desc())
    known = (joinedload(Mandate.objective), joinedload(Mandate.person), raiseload("*"))
    return list(session.scalars(query.options(*known).limit(MOST_PAST)))


def moved_holders(session: Session) -> list[Mandate]:
    """List the mandates whose holders belong to another organisation now and were not asked yet (1 statement)."""
    present = aliased(Affiliation)
    holds = and_(
        present.person_id == Mandate.person_id, present.ended_at.is_(None), present.confirmed_at.is_not(None)
    )
    query = (
        select(Mandate)
        .join(Mandate.person)
        .outerjoin(present, holds)
        .where(
            Mandate.ended_at.is_(None),
            Mandate.organisation_id.is_not(None),
            Mandate.asked_at.is_(None),
            or_(present.id.is_(None), present.organisation_id != Mandate.organisation_id),
            Person.suspended_at.is_(None),
        )
        .options(contains_eager(Mandate.person), joinedload(Mandate.objective))
        .order_by(Mandate.id)
    )
    return list(session.scalars(query))


def was_candidate(session: Session, mandate: Mandate, person_id: int) -> bool:
    """Tell whether somebody else stood for the seat, too, when this mandate was given (1 statement)."""
    given_in = (
        select(Application.vacancy_id)
        .join(Nomination, Nomination.application_id == Application.id)
        .where(Nomination.mandate_id == mandate.id)
    )
    stood = select(Application.id).where(
        Application.vacancy_id.in_(given_in),
        Application.person_id == person_id,
        Application.sent_at.is_not(None),
    )
    return session.scalar(stood.limit(1)) is not None


def concerned(vacancy_id: Any, person_id: Any) -> ColumnElement[bool]:
    """Ask whether a vacancy renews an office somebody holds, or stood for when it was given."""
    given = select(Nomination.vacancy_id).join(Vacancy, Vacancy.renews_id == Nomination.mandate_id)
    stood = exists().where(
        Application.vacancy_id.in_(given.where(Vacancy.id == vacancy_id).correlate(None)),
        Application.person_id == person_id,
        Application.sent_at.is_not(None),
    )
    holds = exists().where(
        Vacancy.id == vacancy_id, Vacancy.renews_id == Mandate.id, Mandate.person_id == person_id
    )
    return or_(stood, holds)

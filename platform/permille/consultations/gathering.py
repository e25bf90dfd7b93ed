"""Gathering whom to ask: the team, the partners of the region, the bodies, and addresses that were typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select
from sqlalchemy.orm import aliased

from permille.consultations.bodies import bodies_in_use
from permille.consultations.models import Consultation, Consultee, Group, PanelMember
from permille.consultations.policy import may_change_list
from permille.consultations.preparing import TOO_LATE, CannotConsult
from permille.foundation.database import Session
from permille.people.models import Affiliation, Contact, Organisation, Person
from permille.people.queries import person_with
from permille.regions.models import all_regions
from permille.taskforces.models import Mandate, Membership
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.record import hold_vacancy

MOST = 300
"""More than anybody reads; a form that brings more is answered with this number."""


@dataclass(frozen=True)
class Gathered:
    """How many came onto the list, and how many were left out because it is full."""

    added: int
    left: int


def add_group(session: Session, one: Consultation, group: Group) -> Gathered:
    """Put everybody of a group on the list who is not there yet. The caller commits. Raises `CannotConsult`."""
    _hold(session, one)
    vacancy = one.vacancy
    belongs = _of_the_team(vacancy) if group == Group.TEAM else _for_partners(vacancy)
    query = select(Person).where(belongs, *_can_be_asked(vacancy), ~_is_listed(one)).order_by(Person.id)
    return _add(session, one, [_consultee(person, group) for person in session.scalars(query)])


def add_bodies(session: Session, one: Consultation) -> tuple[Gathered, list[str]]:
    """Put every body that is not retired on the list, in its language, if it is not there yet. The caller commits.

    Returns also the addresses that cannot be asked, as `add_typed` does. Raises `CannotConsult`.
    """
    _hold(session, one)
    kept = bodies_in_use(session)
    return _add_addresses(
        session, one, [(body.email or "", body.name.text_in(body.language), body.language) for body in kept]
    )


def add_typed(
    session: Session, one: Consultation, typed: Iterable[tuple[str, str]], lang: str
) -> tuple[Gathered, list[str]]:
    """Put addresses with their names on the list; whoever has an account is asked by it. The caller commits.

    Returns also the addresses of candidates and of the panel, who cannot be asked. Raises `CannotConsult`.
    """
    _hold(session, one)
    return _add_addresses(session, one, [(email, name, lang) for email, name in typed])


def remove(session: Session, one: Consultation, consultee: Consultee) -> None:
    """Take somebody off the list who was not asked yet. The caller commits. Raises `CannotConsult`."""
    _hold(session, one)
    session.refresh(consultee)
    if consultee.invited_at is not None:
        raise CannotConsult(TOO_LATE)
    session.delete(consultee)


def drop_unfit(session: Session, one: Consultation) -> None:
    """Take those off the list who stand for the seat or weigh the answers by now; the caller holds the vacancy."""
    stands, weighs = _part_in(one.vacancy_id)
    barred = or_(stands, weighs)
    theirs = delete(Consultee).where(
        Consultee.consultation_id == one.id,
        Consultee.invited_at.is_(None),
        or_(
            Consultee.person_id.in_(select(Person.id).where(barred)),
            Consultee.email.in_(select(Person.email).where(barred)),
        ),
    )
    session.execute(theirs, execution_options={"synchronize_session": False})


def _hold(session: Session, one: Consultation) -> None:
    hold_vacancy(session, one.vacancy_id)
    if not may_change_list(one):
        raise CannotConsult(TOO_LATE)


def _add_addresses(
    session: Session, one: Consultation, said: Iterable[tuple[str, str, str]]
) -> tuple[Gathered, list[str]]:
    # Each with its name and language. The list is held by now.
    rows, refused = [], []
    known = set(session.scalars(select(Consultee.email).where(Consultee.consultation_id == one.id)))
    for email, name, lang in said:
        person = person_with(session, email)
        if person is not None and person.is_confirmed:
            fits = select(Person.id).where(Person.id == person.id, *_can_be_asked(one.vacancy))
            if session.scalar(fits) is None:
                refused.append(email)
            elif session.scalar(fits.where(~_is_listed(one))) is not None:
                rows.append(_consultee(person, Group.BODY))
        elif email not in known:
            rows.append(Consultee(email=email, name=name, asked_as=Group.BODY, language=lang))
        known.add(email)
    return _add(session, one, rows), refused


def _add(session: Session, one: Consultation, rows: list[Consultee]) -> Gathered:
    count = select(func.count()).select_from(Consultee).where(Consultee.consultation_id == one.id)
    room = max(0, MOST - (session.scalar(count) or 0))
    for row in rows[:room]:
        row.consultation_id = one.id
        session.add(row)
    session.flush()
    return Gathered(len(rows[:room]), len(rows[room:]))


def _consultee(person: Person, group: Group) -> Consultee:
    return Consultee(person_id=person.id, asked_as=group, language=person.language)


def _part_in(vacancy_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    stands = exists().where(
        Application.vacancy_id == vacancy_id,
        Application.person_id == Person.id,
        Application.sent_at.is_not(None),
    )
    weighs = exists().where(PanelMember.vacancy_id == vacancy_id, PanelMember.person_id == Person.id)
    return stands, weighs


def _can_be_asked(vacancy: Vacancy) -> tuple[ColumnElement[bool], ...]:
    stands, weighs = _part_in(vacancy.id)
    return Person.confirmed_at.is_not(None), Person.suspended_at.is_(None), ~stands, ~weighs


def _is_listed(one: Consultation) -> ColumnElement[bool]:
    return exists().where(
        Consultee.consultation_id == one.id,
        or_(Consultee.person_id == Person.id, Consultee.email == Person.email),
    )


def _of_the_team(vacancy: Vacancy) -> ColumnElement[bool]:
    # For a regional seat those of the region, and everybody who holds an office in the task force.
    joined = [Membership.objective_id == vacancy.objective_id, Membership.active()]
    if vacancy.region:
        joined.append(Membership.region == vacancy.region)
    holds = [Mandate.objective_id == vacancy.objective_id, Mandate.ended_at.is_(None)]
    return or_(
        exists().where(Membership.person_id == Person.id, *joined),
        exists().where(Mandate.person_id == Person.id, *holds),
    )


def _for_partners(vacancy: Vacancy) -> ColumnElement[bool]:
    # Of each partner or member organisation of the region its contacts; of one without, everybody who belongs to it.
    region = all_regions().get(vacancy.region or "")
    places = [Organisation.country.in_(region.countries)] if region else []
    theirs, other = aliased(Affiliation), aliased(Affiliation)
    named = exists().where(Contact.affiliation_id == theirs.id, Contact.ended_at.is_(None))
    has_contact = exists().where(
        Contact.affiliation_id == other.id,
        Contact.ended_at.is_(None),
        other.organisation_id == theirs.organisation_id,
        other.ended_at.is_(None),
        other.confirmed_at.is_not(None),
    )
    return exists().where(
        and_(
            theirs.person_id == Person.id,
            theirs.ended_at.is_(None),
            theirs.confirmed_at.is_not(None),
            Organisation.id == theirs.organisation_id,
            Organisation.valid(),
            Organisation.shown(),
            *places,
            or_(named, ~has_contact),
        )
    )

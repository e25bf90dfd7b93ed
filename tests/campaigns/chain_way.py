"""The way through the chain: from where it stands, the move that leads on."""

from sqlalchemy import select

from permille.consultations.models import Consultation, Consultee, PanelMember
from permille.consultations.queries import consultation_of
from permille.exclusions.queries import keeps_from_office
from permille.foundation.database import db
from permille.nominations.models import Nomination, State
from permille.people.models import Person
from permille.taskforces.models import Mandate
from permille.vacancies.interests import has_interest
from permille.vacancies.models import Application, Step, Vacancy
from tests.campaigns.chain_reach import PANEL, THIRD
from tests.campaigns.chain_world import World

Next = tuple[str, str]


def next_right_thing(world: World) -> Next:
    """Tell which move leads on from here, and whose it is."""
    with world.app.app_context():
        vacancy, nomination = world.vacancy(), world.last_nomination()
        if vacancy is None:
            held = select(Mandate).where(Mandate.objective_id == world.objective, Mandate.ended_at.is_(None))
            taken = [one for one in db.session.scalars(held) if one.region == "africa"]
            return ("end the office" if taken else "open the call"), "secretary"
        theirs = select(Application).where(Application.vacancy_id == vacancy.id)
        stand = [one for one in db.session.scalars(theirs) if one.is_candidacy]
        if vacancy.step == Step.CALL:
            return ("close the call", "secretary") if stand else _apply(world, vacancy)
        if not stand:
            return "give up", "secretary"
        if vacancy.step == Step.NOMINATION and nomination is not None:
            return _nomination(world, nomination)
        return _consultation(world, vacancy)


def _apply(world: World, vacancy: Vacancy) -> Next:
    # Of somebody who cannot stand, or cannot come back for half a year, another one takes the place.
    if vacancy.renews is not None:
        return "apply", world.part(vacancy.renews.person_id)
    partner = db.session.get_one(Person, world.cast.id("partner"))
    if not partner.is_eligible or keeps_from_office(db.session, world.objective, partner.id):
        return "enter an application", "secretary"
    return "apply", "partner"


def _nomination(world: World, one: Nomination) -> Next:
    candidate = one.application.person_id
    if one.state == State.PROPOSED:
        others = [
            part for part in _weighing(world, one.vacancy_id) if world.cast.id(part) != one.proposed_by_id
        ]
        if not others:
            return "withdraw", world.part(one.proposed_by_id)
        return ("confirm all the same" if one.failing else "confirm"), others[0]
    if candidate is not None and keeps_from_office(db.session, world.objective, candidate):
        return "take the exclusion back", "secretary"
    return "accept", world.part(candidate)


def _consultation(world: World, vacancy: Vacancy) -> Next:
    one, panel = consultation_of(db.session, vacancy.id), _panel(vacancy.id)
    related = {member.person_id for member in panel if member.is_related}
    free = [part for part in (*PANEL, THIRD) if world.cast.id(part) not in related]
    if len(free) < len(PANEL):
        return "give up", (free or PANEL)[0]
    if one is None:
        return "prepare", free[0]
    if sum(not member.is_related for member in panel) < len(PANEL):
        return "change the panel", free[0]
    return _asking(world, vacancy, one) or _deciding(world, one, panel)


def _asking(world: World, vacancy: Vacancy, one: Consultation) -> Next | None:
    desk = next(part for part in (*PANEL, THIRD) if _may_run(world, vacancy.id, part))
    asked = _asked(one)
    if not asked:
        return "ask", desk
    if vacancy.step == Step.CLOSED:
        return "invite", desk
    for move, who in (("answer", "leader"), ("answer by the mailed link", "visitor")):
        mine = [row for row in asked if (row.person_id is None) == (who == "visitor") and row.invited_at]
        if mine and not any(row.answered_at for row in mine):
            return move, who
    return None


def _deciding(world: World, one: Consultation, panel: list[PanelMember]) -> Next:
    for member in panel:
        if member.declared_at is None:
            return "declare no relation", world.part(member.person_id)
    waits = any(row.invited_at and not row.answered_at for row in _asked(one)) and not one.is_over
    return ("propose all the same" if waits else "propose"), _weighing(world, one.vacancy_id)[0]


def _may_run(world: World, vacancy_id: int, part: str) -> bool:
    return not has_interest(db.session, vacancy_id, world.cast.id(part))


def _asked(one: Consultation) -> list[Consultee]:
    return list(db.session.scalars(select(Consultee).where(Consultee.consultation_id == one.id)))


def _panel(vacancy_id: int) -> list[PanelMember]:
    mine = select(PanelMember).where(PanelMember.vacancy_id == vacancy_id)
    return list(db.session.scalars(mine.order_by(PanelMember.id)))


def _weighing(world: World, vacancy_id: int) -> list[str]:
    """Return who decides: the panel, of those who have declared; without one, the Secretariat."""
    panel = _panel(vacancy_id)
    return [world.part(one.person_id) for one in panel if one.may_weigh] if panel else list(PANEL)

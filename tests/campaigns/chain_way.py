"""The way through the chain: from where it stands, the move that leads on."""

from sqlalchemy import select

from permille.consultations.models import Consultee, PanelMember
from permille.consultations.queries import consultation_of
from permille.foundation.database import db
from permille.nominations.models import State
from permille.taskforces.models import Mandate
from permille.vacancies.models import Application, Step, Vacancy
from tests.campaigns.chain_moves import PANEL
from tests.campaigns.chain_world import World


def next_right_thing(world: World) -> tuple[str, str]:
    """Tell which move leads on from here, and whose it is."""
    with world.app.app_context():
        vacancy, nomination = world.vacancy(), world.last_nomination()
        if vacancy is None:
            held = select(Mandate).where(Mandate.objective_id == world.objective, Mandate.ended_at.is_(None))
            taken = [one for one in db.session.scalars(held) if one.region == "africa"]
            return ("end the office" if taken else "open the call"), "secretary"
        if vacancy.step == Step.CALL:
            applied = [
                one
                for one in db.session.scalars(select(Application).where(Application.vacancy_id == vacancy.id))
                if one.is_candidacy
            ]
            return ("close the call", "secretary") if applied else ("apply", "partner")
        if vacancy.step == Step.NOMINATION and nomination is not None:
            if nomination.state == State.PROPOSED:
                move = "confirm all the same" if nomination.failing else "confirm"
                return move, next(one for one in PANEL if world.cast.id(one) != nomination.proposed_by_id)
            return "accept", world.part(nomination.application.person_id)
        return _consultation(world, vacancy)


def _consultation(world: World, vacancy: Vacancy) -> tuple[str, str]:
    one = consultation_of(db.session, vacancy.id)
    if one is None:
        return "prepare", "secretary"
    asked = list(db.session.scalars(select(Consultee).where(Consultee.consultation_id == one.id)))
    if not asked:
        return "ask", "secretary"
    if vacancy.step == Step.CLOSED:
        return "invite", "secretary"
    if not any(who.answered_at for who in asked):
        return "answer", "leader"
    panel = db.session.scalars(select(PanelMember).where(PanelMember.vacancy_id == vacancy.id))
    for member in panel:
        if member.declared_at is None:
            return "declare no relation", world.part(member.person_id)
    waits = any(who.invited_at and not who.answered_at for who in asked) and not one.is_over
    return ("propose all the same" if waits else "propose"), "secretary"

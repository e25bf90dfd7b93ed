"""Who may do what in a consultation. Answers are for the panel alone.

Whoever stands for the seat comes to none of its pages: `seat_to_run` holds them off before.
"""

from permille.consultations.models import Consultation, Consultee, PanelMember
from permille.people.models import Person
from permille.people.policy import may_use_desk
from permille.vacancies.models import Step
from permille.vacancies.policy import may_run_vacancies


def may_prepare(person: Person | None) -> bool:
    """Preparing, inviting and reminding: the Secretariat."""
    return may_run_vacancies(person)


def may_keep_bodies(person: Person | None) -> bool:
    """The list of bodies is for all seats, and kept by the Secretariat."""
    return may_use_desk(person)


def may_declare(person: Person | None, seat: PanelMember | None) -> bool:
    """A member of the panel says, once, whether they have a relation to a candidate."""
    return may_run_vacancies(person) and _is_own(person, seat) and not _declared(seat)


def may_read_answers(person: Person | None, seat: PanelMember | None) -> bool:
    """The members of the panel who said that they have no relation to a candidate."""
    return may_run_vacancies(person) and _is_own(person, seat) and seat is not None and seat.may_weigh


def may_be_consulted(person: Person | None, consultee: Consultee) -> bool:
    """Whoever was asked, on their own account."""
    return (
        person is not None
        and person.suspended_at is None
        and consultee.person_id == person.id
        and consultee.invited_at is not None
    )


def may_be_consulted_by_link(consultee: Consultee) -> bool:
    """Whoever was asked by their address alone and followed the link there."""
    return consultee.person_id is None and consultee.invited_at is not None


def may_answer(consultee: Consultee) -> bool:
    """Once, as long as the answers are being gathered; after the last day an answer is taken and marked as late."""
    return consultee.is_waited_for and consultee.consultation.vacancy.step == Step.CONSULTATION


def may_change_list(consultation: Consultation) -> bool:
    """People can be asked until somebody is proposed."""
    return consultation.vacancy.step in (Step.CALL, Step.CLOSED, Step.CONSULTATION)


def _is_own(person: Person | None, seat: PanelMember | None) -> bool:
    return person is not None and seat is not None and seat.person_id == person.id


def _declared(seat: PanelMember | None) -> bool:
    return seat is not None and seat.declared_at is not None

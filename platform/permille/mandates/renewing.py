"""Renewing a mandate by a short consultation: a vacancy in which nobody but its holder stands."""

from datetime import date

from sqlalchemy.exc import IntegrityError

from permille.foundation import audit
from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.foundation.site import read_site
from permille.mandates.ending import HasEnded
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.people.models import Person
from permille.taskforces.models import Mandate
from permille.vacancies.models import Vacancy
from permille.vacancies.queries import vacancy_of
from permille.vacancies.record import note
from permille.vacancies.seats import SeatName, seat_facts


class RunsAlready(ValueError):
    """A vacancy runs for the seat."""


def open_renewal(
    session: Session, by: Person, mandate: Mandate, last_day: date, decision_day: date | None
) -> Vacancy:
    """Open a renewal; the holder is asked to say until `last_day` why they go on. The caller commits.

    Raises `HasEnded` and `RunsAlready`.
    """
    if vacancy_of(session, mandate.objective_id, mandate.region) is not None:
        raise RunsAlready
    session.refresh(mandate, with_for_update={"of": Mandate})
    if mandate.ended_at is not None or mandate.person is None:
        raise HasEnded
    name = SeatName(mandate.objective.code, mandate.region)
    vacancy = Vacancy(
        objective_id=mandate.objective_id,
        office=name.office,
        region=name.region,
        last_day=last_day,
        decision_day=decision_day,
        opened_by_id=by.id,
        renews_id=mandate.id,
        is_demonstration=read_site(session).is_demonstration,
    )
    try:
        with session.begin_nested():
            session.add(vacancy)
    except IntegrityError:  # opened by somebody else at the same moment: the index lets one in
        raise RunsAlready from None
    decision = decision_day.isoformat() if decision_day else None
    note(session, vacancy, by, "renewal.opened", last_day=last_day.isoformat(), decision_day=decision)
    audit.record(session, by, "renewal.opened", vacancy, objective=name.code, region=name.region)
    holder = mandate.person
    tell(
        session, holder, "renewal_opened", "vacancies.apply", name.address,
        last_day=last_day, ends_on=mandate.ends_on, **seat_facts(name, mandate.objective, holder.language),
    )  # fmt: skip
    return vacancy


declare("renewal_opened", _l("Do you wish to keep your office in Task Force %(code)s?"), "code")

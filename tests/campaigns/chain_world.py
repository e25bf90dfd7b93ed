"""The stage of the chain from call to mandate: one seat, the people around it, and the time that goes by."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import delete, select

from permille.cli.housekeeping import keep_house
from permille.consultations.reminding import remind_in_time
from permille.exclusions.models import Exclusion
from permille.exclusions.models import Outcome as Over
from permille.exclusions.running_out import end_in_time
from permille.foundation import clock
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.limits import LimitCount
from permille.mandates.employers import ask_moved_holders
from permille.nominations.models import Nomination, State
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Organisation, Person, Role, StandingState
from permille.taskforces.models import Mandate, Membership
from permille.vacancies.models import Outcome, Vacancy
from permille.vacancies.queries import vacancy_of
from tests.browser import Browser
from tests.cast import Cast

FORUM = "forum@village.example"
"""A body without an account."""


class World:
    """One seat that is empty at first, and the people around it; time only goes on.

    The funder is of the Secretariat as well, so that somebody there has no part in the vacancy.
    """

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast
        self.browsers: dict[str, Browser] = {}
        self.was_eligible: dict[int, bool] = {}
        """By nomination, whether its candidate was eligible when somebody last tried to accept it."""
        with app.app_context():
            objective = db.session.scalars(select(Objective).where(Objective.code == "C2")).one()
            self.objective = objective.id
            self.first_vacancy = (
                db.session.scalars(select(Vacancy.id).order_by(Vacancy.id.desc()).limit(1)).first() or 0
            )
            db.session.get_one(Person, cast.id("funder")).role = Role.SECRETARY
            own = db.session.get_one(Person, cast.id("partner")).affiliation
            others = select(Organisation.id).where(
                Organisation.id != own.organisation_id, Organisation.shown()
            )  # type: ignore[union-attr]
            other = db.session.scalars(others.order_by(Organisation.id).limit(1)).one()
            self.organisations = (own.organisation_id, other)  # type: ignore[union-attr]
            """Where the partner works, and where they may go to."""
            db.session.commit()
        for one in self.organisations:
            stand(self, StandingState.PARTNER, one)

    def send(self, who: str, path: str, **form: Any) -> int:
        """Send a form as somebody, who signs in anew when their session has ended."""
        with self.app.app_context():
            db.session.execute(delete(LimitCount))  # nobody does it as often as this
            db.session.commit()
        browser = self.browser(who)
        return browser.client.post(path, data={"csrf_token": browser.token(), **form}).status_code

    def browser(self, who: str) -> Browser:
        """Return the browser of somebody who has shown only just now who they are."""
        if who not in self.browsers:
            browser = Browser(self.app)
            self.browsers[who] = browser if who == "visitor" else browser.sign_in(self.cast.email(who))
        return self.browsers[who]

    def part(self, person_id: int | None) -> str:
        """Return the part somebody plays."""
        return next(part for part, one in self.cast.ids.items() if one == person_id)

    def pass_days(self, days: int) -> None:
        """Let days go by: every session ends."""
        later = now() + timedelta(days=days)
        clock.turn(lambda: later)
        self.browsers.clear()

    def vacancy(self) -> Vacancy | None:
        """Return the vacancy of the seat that runs."""
        return vacancy_of(db.session, self.objective, "africa")

    def last_nomination(self) -> Nomination | None:
        """Return the latest nomination for the seat."""
        query = select(Nomination).join(Nomination.vacancy).where(Vacancy.objective_id == self.objective)
        return db.session.scalars(
            query.where(Vacancy.id > self.first_vacancy).order_by(Nomination.id.desc()).limit(1)
        ).first()

    def mandates(self) -> set[int]:
        """Return the ids of every mandate the seat has ever had."""
        with self.app.app_context():
            query = select(Mandate.id).where(
                Mandate.objective_id == self.objective, Mandate.region == "africa"
            )
            return set(db.session.scalars(query))

    def leave(self) -> None:
        """Free the seat for the next walk."""
        with self.app.app_context():
            for one in db.session.scalars(
                select(Mandate).where(Mandate.objective_id == self.objective, Mandate.ended_at.is_(None))
            ):
                if one.region == "africa":
                    one.end()
            if (vacancy := self.vacancy()) is not None:
                if (live := self.last_nomination()) is not None and live.is_live:
                    live.end(State.WITHDRAWN, "The walk is over.")
                vacancy.end(Outcome.NOBODY)
            for shut_out in db.session.scalars(
                select(Exclusion).join(Exclusion.membership).where(Membership.objective_id == self.objective)
            ):
                shut_out.undo(Over.TAKEN_BACK, restores=False)
            db.session.commit()
        self.browsers.clear()


def stand(world: World, state: StandingState, organisation_id: int | None = None) -> None:
    """Give an organisation another standing: that of the partner, if none is named."""
    with world.app.app_context():
        if organisation_id is None:
            organisation_id = _affiliation(world).organisation_id
        organisation = db.session.get_one(Organisation, organisation_id)
        if organisation.state != state or organisation.state_until is not None:
            organisation.stand(state, None, evidence="As the list says.")
        db.session.commit()


def move(world: World) -> None:
    """Let the partner go to the other organisation, and have it confirmed."""
    with world.app.app_context():
        own = _affiliation(world)
        other = next(one for one in world.organisations if one != own.organisation_id)
        own.end()
        db.session.flush()  # only one affiliation may hold at a time
        own.person.affiliations.append(Affiliation(organisation_id=other, confirmed_at=now()))
        db.session.commit()


def sign_up_anew(world: World) -> None:
    """Let somebody of the same organisation have the address of the partner, who has deleted their account."""
    with world.app.app_context():
        like = db.session.get_one(Person, world.cast.id("member"))
        person = Person(
            email=world.cast.email("partner"), name="Another partner", language="en", confirmed_at=now(),
            password_hash=like.password_hash, affiliations=[],
        )  # fmt: skip
        person.affiliations.append(Affiliation(organisation_id=world.organisations[0], confirmed_at=now()))
        db.session.add(person)
        db.session.commit()
        world.cast.ids["partner"] = person.id
    world.browsers.pop("partner", None)


def _affiliation(world: World) -> Affiliation:
    held = db.session.get_one(Person, world.cast.id("partner")).affiliation
    assert held is not None
    return held


def _work(world: World) -> None:
    with world.app.app_context():
        remind_in_time(db.session)
        end_in_time(db.session)
        ask_moved_holders(db.session)
        keep_house()
        db.session.rollback()


TIME: dict[str, Callable[[World], None]] = {
    "a day passes": lambda world: world.pass_days(1),
    "three weeks pass": lambda world: world.pass_days(21),
    "the standing lapses": lambda world: stand(world, StandingState.LAPSED),
    "the standing is renewed": lambda world: stand(world, StandingState.PARTNER),
    "the candidate goes to another organisation": move,
    "the worker works": _work,
}
"""What happens without anybody's trying."""

"""The whole chain in any order: whoever tries whatever whenever, what must always hold does, and nobody gets an error.

Many steps are the next right thing, so that walks come far; the others are anybody's attempt at anything.
"""

from collections import Counter

from flask import Flask
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from permille.foundation import clock
from permille.foundation.audit_chain import broken_chain
from permille.foundation.database import db
from permille.vacancies.record import broken_records
from tests.campaigns.chain_moves import WALKED
from tests.campaigns.chain_truths import hold
from tests.campaigns.chain_way import next_right_thing
from tests.campaigns.chain_world import TIME, World
from tests.cast import Cast

STEPS = 40
DONE = {200, 303}
CALM = DONE | {302, 403, 404, 409, 410, 422}
ACTORS = ("visitor", "secretary", "second-secretary", "partner", "member", "leader", "newcomer", "funder")
OF_CANDIDATES = frozenset(
    ("apply", "keep a draft", "stand down", "add a file", "remove a file", "accept", "decline", "hand over", "keep the office")
)  # fmt: skip
"""What only a candidate or holder does; most of the rest is the Secretariat's."""


class Chain(RuleBasedStateMachine):
    """One walk; a subclass names the stage, and what is counted."""

    app: Flask
    cast: Cast
    met: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.app, self.cast)
        self.met["walks"] += 1

    @rule()
    def goes_on(self) -> None:
        self._do(*next_right_thing(self.world))

    @rule()
    def goes_on_and_on(self) -> None:
        for _ in range(3):
            self._do(*next_right_thing(self.world))

    @rule(move=st.sampled_from(sorted(WALKED)), who=st.sampled_from(ACTORS))
    def tries(self, move: str, who: str) -> None:
        self._do(move, who)

    @rule(move=st.sampled_from(sorted(WALKED)))
    def does(self, move: str) -> None:
        self._do(move, "partner" if move in OF_CANDIDATES else "secretary")

    @rule(move=st.sampled_from(sorted(TIME)))
    def lives(self, move: str) -> None:
        TIME[move](self.world)

    @invariant()
    def what_must_hold_holds(self) -> None:
        hold(self.world)

    def teardown(self) -> None:
        self.world.leave()

    def _do(self, move: str, who: str) -> None:
        before = self.world.mandates()
        status = WALKED[move](self.world, who)
        assert status in CALM, (move, who, status)
        self.met["steps"] += 1
        self.met["refused"] += status not in DONE
        self.met["mandates"] += len(self.world.mandates() - before)


def walk(app: Flask, cast: Cast, walks: int, first: int = 1) -> dict[str, int]:
    """Walk the chain in `walks` random ways of up to 40 steps: the same each time, others for another `first`."""
    met: Counter[str] = Counter()
    walking = seed(first)(type("Walk", (Chain,), {"app": app, "cast": cast, "met": met}))
    how = settings(
        max_examples=walks,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(walking, settings=how)
    finally:
        clock.turn(None)
    with app.app_context():
        assert list(broken_records(db.session)) == []
        assert list(broken_chain(db.session)) == []
    return dict(met)

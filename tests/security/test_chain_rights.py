"""Each state of the chain from call to mandate × each role: who gets what done, as `chain.toml` says; the others change nothing."""

import contextlib
import shutil
import sqlite3
import tomllib
from pathlib import Path

import pytest
from sqlalchemy import make_url

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Person, Role
from permille.vacancies.models import Application
from tests.campaigns.chain_moves import MOVES
from tests.campaigns.chain_world import World

TABLE = tomllib.loads((Path(__file__).parent / "chain.toml").read_text("utf-8"))
ROLES = {
    "visitor": "visitor",
    "member": "member",
    "candidate": "partner",
    "consulted": "leader",
    "panel": "secretary",
    "second": "second-secretary",
    "outside": "funder",
    "standing": "newcomer",
}
"""By role in the chain, who plays it. `outside` and `standing` are of the Secretariat, too: not on the panel; a candidate."""
STATES = {
    "vacant": (),
    "call": (("open the call", "panel"),),
    "candidates": (("apply", "candidate"),),
    "closed": (("close the call", "panel"),),
    "prepared": (("prepare", "panel"), ("ask", "panel")),
    "consultation": (("invite", "panel"),),
    "answered": (
        ("answer", "consulted"),
        ("declare no relation", "panel"),
        ("declare no relation", "second"),
    ),
    "proposed": (("propose", "panel"),),
    "offered": (("confirm", "second"),),
    "held": (("accept", "candidate"),),
    "complained": (("complain", "member"),),
}
"""By state, the moves that lead to it from the one before, and whose they are."""
LOOKED_AT = (
    "audit_head", "vacancy", "application", "record_entry", "consultation", "panel_member", "consultee", "answer",
    "opinion", "nomination", "refusal", "mandate", "membership", "complaint",
)  # fmt: skip
"""The tables of the chain, and the end of the audit log, which tells of everything else."""


@pytest.fixture
def world(app, cast):
    """Let two more people be of the Secretariat: one has no part in the vacancy, the other is to stand."""
    with app.app_context():
        for role in ("outside", "standing"):
            person = db.session.get_one(Person, cast.id(ROLES[role]))
            person.role = Role.SECRETARY
        db.session.commit()
    world = World(app, cast)
    for who in ROLES.values():
        world.browser(who)
    return world


def bring_to(world, state):
    for name, moves in STATES.items():
        for move, role in moves:
            assert MOVES[move](world, ROLES[role]) == 303, (move, role)
            if move == "open the call":
                _stand(world)
        if name == state:
            return


def _stand(world):
    with world.app.app_context():
        vacancy = world.vacancy()
        words = dict.fromkeys(("why", "experience", "knowledge", "time"), "x")
        one = Application(
            vacancy_id=vacancy.id, person_id=world.cast.id(ROLES["standing"]), number="C2-1", sent_at=now(), **words
        )  # fmt: skip
        db.session.add(one)
        db.session.commit()


def who_succeeds(world, state, move):
    """Return the roles that get something done, each from the same state; the others have changed nothing."""
    found = []
    for role, who in ROLES.items():
        cookie = world.browser(who).client.get_cookie("sid")
        assert MOVES[move](world, who) < 500
        if state.has_changed():
            found.append(role)
            state.put_back()
            if cookie is not None:  # an office begins with a new session
                world.browser(who).client.set_cookie("sid", cookie.value)
    return found


class Kept:
    """A state of the chain that can be looked at and put back: every row but attempts, presence and mail."""

    def __init__(self, app):
        self.app = app
        self.live = Path(make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database)
        self._let_go()
        self.copy = self.live.with_suffix(".kept")
        shutil.copyfile(self.live, self.copy)
        self.rows = self._rows()

    def has_changed(self):
        return self._rows() != self.rows

    def put_back(self):
        self._let_go()
        shutil.copyfile(self.copy, self.live)

    def _let_go(self):
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def _rows(self):
        with contextlib.closing(sqlite3.connect(self.live)) as connection:
            return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in LOOKED_AT}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("state", STATES)
def test_in_every_state_everybody_can_do_what_is_theirs_and_nothing_else(world, state):
    bring_to(world, state)
    kept = Kept(world.app)
    found = {move: who_succeeds(world, kept, move) for move in MOVES}
    assert found == {move: TABLE[move].get(state, []) for move in MOVES}


def test_the_table_speaks_of_every_move_and_of_nothing_else():
    assert set(TABLE) == set(MOVES)
    assert {state for states in TABLE.values() for state in states} <= set(STATES)
    assert {role for states in TABLE.values() for roles in states.values() for role in roles} <= set(ROLES)

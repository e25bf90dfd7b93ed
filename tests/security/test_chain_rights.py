"""Each state of the chain from call to mandate × each role: who gets what done, as `chain.toml` says; the others change nothing."""

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
    "representative": "representative",
}
"""By role in the chain, who plays it: the representative is one of the region, in another task force. `outside` and `standing` are of the Secretariat, too: not on the panel; a candidate."""
STAGES = {
    "calling": {
        "vacant": (),
        "call": (("open the call", "panel"),),
        "candidates": (("apply", "candidate"), ("add a file", "candidate")),
        "closed": (("close the call", "panel"),),
        "given up": (("give up", "panel"),),
    },
    "asking": {
        "prepared": (("prepare", "panel"), ("ask", "panel")),
        "consultation": (("invite", "panel"),),
        "answered": (
            ("answer", "consulted"),
            ("answer by the mailed link", "visitor"),
            ("declare no relation", "panel"),
            ("declare no relation", "second"),
        ),
        "proposed": (("propose", "panel"),),
        "withdrawn": (("withdraw", "panel"),),
    },
    "deciding": {
        "offered": (("confirm", "second"),),
        "declined": (("decline", "candidate"),),
        "held": (("accept", "candidate"),),
        "complained": (("complain", "member"),),
        "renewal": (("renew", "panel"),),
        "ended": (("end the office", "panel"), ("suspend", "panel")),
    },
}
"""By stage, its states, and by state the moves that lead to it from the one before, and whose they are."""
BRANCHES = {"given up", "withdrawn", "declined", "renewal"}
"""States from which the way does not go on: what follows them comes after the state before."""
STATES = {name: moves for states in STAGES.values() for name, moves in states.items()}
LOOKED_AT = (
    "audit_head", "vacancy", "application", "record_entry", "consultation", "panel_member", "consultee", "answer",
    "opinion", "nomination", "refusal", "mandate", "membership", "complaint", "evidence", "exclusion",
)  # fmt: skip
"""The tables of the chain, and the end of the audit log, which tells of everything else."""


class Quick(World):
    """A world in which thousands of forms are sent within one hour, and a refusal is no page to be drawn."""

    def __init__(self, app, cast):
        for status in (403, 404, 409):
            app.register_error_handler(status, lambda error: (error.name, error.code))
        super().__init__(app, cast)
        self.tokens = {}

    def send(self, who, path, **form):
        token = self.token(who)
        return self.browser(who).client.post(path, data={"csrf_token": token, **form}).status_code

    def token(self, who):
        if who not in self.tokens:
            self.tokens[who] = self.browser(who).token()
        return self.tokens[who]


@pytest.fixture
def world(app, cast):
    """Let two more people be of the Secretariat: one has no part in the vacancy, the other is to stand."""
    world = Quick(app, cast)
    with app.app_context():
        for role in ("outside", "standing"):
            person = db.session.get_one(Person, cast.id(ROLES[role]))
            person.role = Role.SECRETARY
        db.session.commit()
    for who in ROLES.values():
        world.browser(who)
    return world


def begin(world, stage):
    """Bring the seat to where a stage begins."""
    for states in STAGES.values():
        if states is STAGES[stage]:
            return
        for name, moves in states.items():
            if name not in BRANCHES:
                go_on(world, moves)


def go_on(world, moves):
    for move, role in moves:
        assert MOVES[move](world, ROLES[role]) in (200, 303), (move, role)
        world.tokens.clear()  # an office begins with a new session
        if move == "open the call":
            _stand(world)


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
        world.token(who)
        client = world.browser(who).client
        cookie = client.get_cookie("sid")
        assert MOVES[move](world, who) < 500
        if state.has_changed():
            found.append(role)
            state.put_back()
            if cookie is not None:  # and an account with an office has another session
                client.set_cookie("sid", cookie.value)
    return found


class Kept:
    """A state of the chain that can be looked at and put back: every row but attempts, presence and mail."""

    def __init__(self, app, name):
        self.app, self.connection = app, None
        self.live = Path(make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database)
        self.let_go()
        self.copy = self.live.with_name(f"{name}.kept")
        shutil.copyfile(self.live, self.copy)
        self.rows = self._rows()
        self.let_go()

    def has_changed(self):
        return self._rows() != self.rows

    def put_back(self):
        self.let_go()
        shutil.copyfile(self.copy, self.live)

    def let_go(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def _rows(self):
        self.connection = self.connection or sqlite3.connect(self.live, isolation_level=None)
        return {name: self.connection.execute(f"SELECT * FROM {name}").fetchall() for name in LOOKED_AT}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("stage", STAGES)
def test_in_every_state_everybody_can_do_what_is_theirs_and_nothing_else(world, stage):
    found = {}
    begin(world, stage)
    for name, moves in STAGES[stage].items():
        before = Kept(world.app, "before")
        go_on(world, moves)
        kept = Kept(world.app, name)
        found |= {(move, name): who_succeeds(world, kept, move) for move in MOVES}
        kept.let_go()
        if name in BRANCHES:
            before.put_back()
    assert found == {(move, name): TABLE[move].get(name, []) for move, name in found}


def test_the_table_speaks_of_every_move_and_of_nothing_else():
    assert set(TABLE) == set(MOVES)
    assert {state for states in TABLE.values() for state in states} <= set(STATES)
    assert {role for states in TABLE.values() for roles in states.values() for role in roles} <= set(ROLES)

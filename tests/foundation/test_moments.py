"""A request that reads sees the database as it was at one moment, holds nothing and changes nothing."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from permille.foundation.database import db, held
from permille.objectives.models import Objective

KIND = select(Objective.kind).where(Objective.code == "C3")


def moved(app) -> None:
    """Let somebody else change the row meanwhile, on a connection of their own."""
    with db.engine.execution_options(read_only=False).begin() as connection:
        connection.execute(update(Objective).where(Objective.code == "C3").values(kind="moved"))


def test_a_page_is_of_one_moment_whatever_others_change_meanwhile(app):
    with app.test_request_context("/en/"):
        before = db.session.scalar(KIND)
        moved(app)
        assert db.session.scalar(KIND) == before != "moved"
        db.session.rollback()
        assert db.session.scalar(KIND) == "moved"


def test_a_request_that_reads_can_change_nothing(app):
    with app.test_request_context("/en/"), pytest.raises(DBAPIError):
        db.session.execute(update(Objective).values(kind="moved"))


def test_a_request_that_reads_holds_nothing(app):
    one = select(Objective).where(Objective.code == "C3")
    with app.test_request_context("/en/"):
        assert held(one, Objective) is one
    with app.test_request_context("/en/", method="POST"):
        assert held(one, Objective) is not one


def test_after_reading_the_same_connection_writes_again(app):
    with app.test_request_context("/en/"):
        db.session.scalar(KIND)
        db.session.remove()
    with app.test_request_context("/en/", method="POST"):
        db.session.execute(update(Objective).values(kind="moved"))
        db.session.commit()
    with app.test_request_context("/en/"):
        assert db.session.scalar(KIND) == "moved"

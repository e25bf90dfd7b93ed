"""What the tests of complaints share: a seat that was filled, who may complain, and who had no part."""

import pytest

from permille.people.models import Role
from tests.browser import Browser
from tests.cast import change
from tests.consultations.conftest import begun, desk, prepared, second
from tests.nominations.conftest import answered, offered, proposed
from tests.vacancies.conftest import SEAT, applied, call, change_vacancy

__all__ = ["answered", "applied", "begun", "call", "change_vacancy", "desk", "offered", "prepared", "proposed", "second"]  # fmt: skip

WHERE = f"{SEAT}/complaint/"
WORDS = "The call was never announced in French."


@pytest.fixture
def filled(app, cast, offered):
    """Let the candidate accept, and return the id of the nomination."""
    candidate = Browser(app).sign_in(cast.email("partner"))
    assert candidate.post(f"/en/nominations/{offered}/accept/").status == 303
    return offered


@pytest.fixture
def member(app, cast):
    return Browser(app).sign_in(cast.email("member"))


@pytest.fixture
def outsider(app, cast):
    """Somebody of the Secretariat who had no part in the decision."""
    change(app, cast.id("newcomer"), role=Role.SECRETARY)
    return Browser(app).sign_in(cast.email("newcomer"))

"""A fixed sample of every campaign; the whole of each runs in `make prove`."""

import pytest

from tests.campaigns import mailing, nonsense
from tests.campaigns.candidacies import CANDIDACIES
from tests.campaigns.chain import walk
from tests.campaigns.doubles import DOUBLES
from tests.campaigns.lists import LISTS
from tests.campaigns.nominations import NOMINATIONS
from tests.campaigns.races import RACES
from tests.campaigns.texts import TEXTS

GROUPS = (RACES, DOUBLES, CANDIDACIES, LISTS, NOMINATIONS)
EVERY = {name: race for group in GROUPS for name, race in group.items()}
SAMPLES = {"cleaning": 200, "leading": 300, "storing": 50, "tables": 60, "searching": 40, "attacks": 3}


def test_no_race_hides_another_behind_its_name():
    assert len(EVERY) == sum(map(len, GROUPS))


@pytest.mark.parametrize("race", EVERY)
def test_of_many_hands_at_the_same_moment_exactly_one_gets_it(app, cast, race):
    assert EVERY[race](app, cast, 2)


def test_in_whatever_order_whoever_tries_what_the_chain_keeps_its_truths(app, cast):
    assert walk(app, cast, 3)["mandates"]


@pytest.mark.parametrize("proof", TEXTS)
def test_whatever_is_typed_stays_a_text(app, cast, proof):
    assert TEXTS[proof](app, cast, SAMPLES[proof])


def test_nonsense_gets_a_calm_answer(app, cast):
    assert nonsense.run(app, cast, 300)["requests"] == 300


def test_a_worker_that_is_killed_loses_no_mail(app, cast):
    assert mailing.killing(app, cast, 1)["kills"] == 1

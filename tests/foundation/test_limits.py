"""Limits allow exactly as many as they say, even from several threads at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from permille.foundation.database import db
from permille.foundation.limits import Limit, reached


def test_exactly_as_many_as_allowed(app):
    limit = Limit("test", 7, timedelta(days=1000))

    def attempt(_n):
        with app.app_context():
            return not reached(db.session, limit, "one")

    with ThreadPoolExecutor(4) as pool:
        allowed = sum(pool.map(attempt, range(20)))
    assert allowed == 7

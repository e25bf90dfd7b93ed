"""Whoever comes second is told so, whatever the database calls it."""

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from tests.browser import Browser


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (IntegrityError("INSERT", {}, Exception("canary")), 409),
        (StaleDataError("canary"), 409),
        (OperationalError("UPDATE", {}, psycopg.errors.DeadlockDetected("canary")), 409),
        (OperationalError("UPDATE", {}, psycopg.errors.SerializationFailure("canary")), 409),
        (OperationalError("SELECT", {}, psycopg.errors.QueryCanceled("canary")), 503),
        (OperationalError("SELECT", {}, psycopg.OperationalError("canary")), 503),
        (ValueError("canary"), 500),
    ],
)
def test_it_is_a_clear_page_for_the_person_who_is_signed_in(app, cast, caplog, error, status):
    def fail():
        raise error

    app.view_functions["people.mine"] = fail
    page = Browser(app).sign_in(cast.email("member")).get("/es/me/")
    assert page.status == status and page("html")["lang"] == "es"
    assert "canary" not in page.html
    assert (status == 409) == ("Mi página" in page.text("header"))
    assert any(record.message == "failed" for record in caplog.records)

"""Settings: keys that are followed by others, and a database that does not wait for ever."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from permille.app import create_app
from permille.foundation.config import secret_keys
from permille.foundation.database import db
from tests.browser import Browser


def close(app):
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_first_line_signs_and_further_lines_are_still_believed(app, cast, tmp_path):
    settings = {name: app.config[name] for name in ("TESTING", "SQLALCHEMY_DATABASE_URI", "DEMONSTRATION")}
    folder = tmp_path / "keys"
    (first,) = secret_keys(folder)
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600 and len(first) == 64

    def started():
        return create_app(**settings, INSTANCE=folder)

    app_before = started()
    cookie = Browser(app_before).sign_in(cast.email("member")).client.get_cookie("sid").value
    close(app_before)
    for lines, status in ((f"new\n{first}\n", 200), ("new\n", 302)):
        (folder / "secret.key").write_text(lines)
        app_now = started()
        later = Browser(app_now)
        later.client.set_cookie("sid", cookie)
        assert later.get("/en/me/").status == status
        close(app_now)


def test_a_statement_that_takes_too_long_is_ended_and_no_value_is_told(app):
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            assert db.session.scalar(text("SHOW statement_timeout")) == "10s"
            assert db.session.scalar(text("SHOW idle_in_transaction_session_timeout")) == "30s"
        with pytest.raises(OperationalError if db.engine.dialect.name == "sqlite" else Exception) as failed:
            db.session.execute(text("SELECT nothing FROM nowhere WHERE a = :a"), {"a": "canary"})
        assert "canary" not in str(failed.value)

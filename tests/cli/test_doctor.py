"""The doctor: a healthy installation passes, and each illness is named with its remedy."""

import re
import shutil

import pytest
from sqlalchemy import delete, text

from permille.cli.demonstration import remove_demonstration
from permille.foundation import paths
from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from permille.objectives.models import Objective, Target


@pytest.fixture
def in_production(app, set_durable):
    """The database without its demonstration, as a production start needs it."""
    set_durable("on")
    with app.app_context():
        remove_demonstration(db.session)
        db.session.commit()
        db.session.remove()


def test_a_healthy_installation_passes(in_production, typed):
    found = typed("doctor")
    assert found.exit_code == 0, found.output
    assert "ERROR" not in found.output and "strategy: 24 objectives" in found.output


def test_demonstration_accounts_are_found(typed):
    found = typed("doctor")
    assert found.exit_code == 1
    assert "permille demo remove" in found.output


def test_missing_objectives_are_named(app, in_production, typed):
    with app.app_context():
        lost = db.session.query(Objective).filter_by(code="C2").one()
        db.session.execute(delete(Target).where(Target.objective_id == lost.id))
        db.session.execute(delete(Objective).where(Objective.id == lost.id))
        db.session.commit()
    found = typed("doctor")
    assert found.exit_code == 1 and "C2 missing" in found.output


def test_a_lost_site_row_is_found(app, in_production, typed):
    with app.app_context():
        db.session.execute(text("DELETE FROM site"))
        db.session.commit()
    found = typed("doctor")
    assert found.exit_code == 1 and "permille restore" in found.output


def test_a_signing_key_others_can_read_is_found(in_production, typed, tmp_path):
    typed("doctor")
    (tmp_path / "secret.key").write_text("k")
    (tmp_path / "secret.key").chmod(0o644)
    found = typed("doctor")
    assert found.exit_code == 1 and "chmod 600" in found.output


def test_everything_that_makes_a_server_unsafe_is_named_and_it_does_not_start(
    app, in_production, typed, tmp_path, monkeypatch, set_durable
):
    monkeypatch.setenv("PERMILLE_BASE_URL", "https://platform.example.org")
    (tmp_path / "secret.key").write_text("k")
    (tmp_path / "secret.key").chmod(0o644)
    set_durable("off")
    wanted = ["PERMILLE_PROXIES", "chmod 600"]
    if db_is_postgresql(app):
        wanted += ["fsync is off", "full_page_writes is off", "synchronous_commit is off"]
    for command in ("doctor", "serve"):
        found = typed(command)
        assert found.exit_code == 1
        assert not [one for one in wanted if one not in found.output], found.output


def db_is_postgresql(app):
    return app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql")


def test_a_log_that_was_tampered_with_is_found(app, in_production, typed):
    with app.app_context():
        db.session.add(AuditEntry(action="nothing.happened", object_kind="", details={}))
        db.session.commit()
    found = typed("doctor")
    assert found.exit_code == 1 and "audit log: entry" in found.output


def test_a_mail_server_that_does_not_answer_is_found(in_production, typed, monkeypatch):
    monkeypatch.setenv("PERMILLE_MAIL_URL", "smtp://127.0.0.1:1")
    found = typed("doctor")
    assert found.exit_code == 1 and "PERMILLE_MAIL_URL" in found.output


def test_a_setting_that_cannot_be_used_is_named(typed, monkeypatch):
    monkeypatch.setenv("PERMILLE_BASE_URL", "http://platform.example.org")
    found = typed("doctor")
    assert found.exit_code == 1 and "PERMILLE_BASE_URL" in found.output


def test_a_catalog_with_gaps_is_a_warning(in_production, typed, tmp_path, monkeypatch):
    shutil.copytree(paths.TRANSLATIONS, tmp_path / "translations")
    po = tmp_path / "translations" / "es" / "LC_MESSAGES" / "messages.po"
    gap = re.sub(r'(msgid "Desk"\nmsgstr) ".+"', r'\1 ""', po.read_text("utf-8"))
    po.write_text(gap, "utf-8")
    monkeypatch.setattr(paths, "TRANSLATIONS", tmp_path / "translations")
    found = typed("doctor")
    assert found.exit_code == 0 and "permille translations check" in found.output


def test_a_list_of_passwords_that_cannot_be_read_is_found(in_production, typed, monkeypatch, tmp_path):
    path = tmp_path / "passwords.txt"
    monkeypatch.setenv("PERMILLE_PASSWORD_LIST", str(path))
    found = typed("doctor")
    assert found.exit_code == 1 and "Mend PERMILLE_PASSWORD_LIST" in found.output


def test_a_list_of_passwords_is_counted(in_production, typed, monkeypatch, tmp_path):
    path = tmp_path / "passwords.txt"
    path.write_text("kilimanjaro snows\nlake chilwa fishers\n", "utf-8")
    monkeypatch.setenv("PERMILLE_PASSWORD_LIST", str(path))
    found = typed("doctor")
    assert found.exit_code == 0 and "passwords: 2" in found.output

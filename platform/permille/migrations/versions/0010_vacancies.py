"""Vacancies: calls, applications with their files, records that cannot be changed, and holders who only act."""

import sqlalchemy as sa
from alembic import op

from permille.migrations.columns import own, refers

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEPT_DAYS = 1824  # a day less than five years: the two clocks may differ
IS_OVER = "SELECT 1 FROM vacancy WHERE id = OLD.vacancy_id AND (is_demonstration OR ended_at < "
SAID = (
    "id",
    "created_at",
    "vacancy_id",
    "number",
    "act",
    "salt",
    "said_seal",
    "actor_seal",
    "subject_seal",
    "digest",
)
MAY_GO = ("said", "actor_id", "subject_id")


def upgrade() -> None:
    op.add_column("mandate", sa.Column("is_acting", sa.Boolean(), server_default=sa.false(), nullable=False))
    _create_vacancy()
    _create_record()
    _create_application()
    _create_watch()
    op.execute("UPDATE notification SET page = 'people.second_step' WHERE page = 'people.second_factor'")
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def _create_vacancy() -> None:
    op.create_table(
        "vacancy",
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=20), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("decision_day", sa.Date(), nullable=True),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("closed_at", "consultation_at", "nomination_at", "ended_at")
        ),
        sa.Column("outcome", sa.String(length=20), server_default="", nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        *own("vacancy"),
        sa.CheckConstraint("(office = 'leader') = (region IS NULL)", name=op.f("ck_vacancy_seat")),
        sa.CheckConstraint("(outcome = '') = (ended_at IS NULL)", name=op.f("ck_vacancy_outcome")),
        refers("vacancy", "objective_id", "objective"),
        refers("vacancy", "opened_by_id", "person", "SET NULL"),
        sqlite_autoincrement=True,
    )
    for name, columns, office in (
        ("one_vacancy_of_leader", ["objective_id"], "leader"),
        ("one_vacancy_of_region", ["objective_id", "region"], "representative"),
    ):
        runs = sa.text(f"office = '{office}' AND ended_at IS NULL")
        op.create_index(name, "vacancy", columns, unique=True, sqlite_where=runs, postgresql_where=runs)
    op.create_index("ix_vacancy_objective_id", "vacancy", ["objective_id"])


def _create_record() -> None:
    op.create_table(
        "record_entry",
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("said", sa.JSON(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        *(
            sa.Column(name, sa.String(length=64), nullable=False)
            for name in ("said_seal", "actor_seal", "subject_seal", "digest")
        ),
        *own("record_entry"),
        refers("record_entry", "vacancy_id", "vacancy"),
        refers("record_entry", "actor_id", "person", "SET NULL"),
        refers("record_entry", "subject_id", "person", "SET NULL"),
        sa.UniqueConstraint("vacancy_id", "number", name=op.f("uq_record_entry_vacancy_id_number")),
        sqlite_autoincrement=True,
    )
    for column in ("actor_id", "subject_id"):
        op.create_index(op.f(f"ix_record_entry_{column}"), "record_entry", [column])


def _create_application() -> None:
    op.create_table(
        "application",
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        *(
            sa.Column(name, sa.String(length=12000), nullable=False)
            for name in ("why", "experience", "knowledge", "time", "endorsement", "links")
        ),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stood_down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("typed_by_id", sa.Integer(), nullable=True),
        sa.Column("typed_from", sa.String(length=20), nullable=True),
        *own("application"),
        sa.CheckConstraint("(number IS NULL) = (sent_at IS NULL)", name=op.f("ck_application_number")),
        sa.CheckConstraint(
            "stood_down_at IS NULL OR sent_at IS NOT NULL", name=op.f("ck_application_stood_down")
        ),
        refers("application", "vacancy_id", "vacancy"),
        refers("application", "person_id", "person", "SET NULL"),
        refers("application", "typed_by_id", "person", "SET NULL"),
        sa.UniqueConstraint("vacancy_id", "person_id", name=op.f("uq_application_vacancy_id_person_id")),
        sa.UniqueConstraint("number", name=op.f("uq_application_number")),
        sqlite_autoincrement=True,
    )
    for column in ("person_id", "typed_by_id"):
        op.create_index(op.f(f"ix_application_{column}"), "application", [column])
    op.create_table(
        "evidence",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *own("evidence"),
        refers("evidence", "application_id", "application", "CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evidence_application_id"), "evidence", ["application_id"])


def _create_watch() -> None:
    op.create_table(
        "watch",
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        *own("watch"),
        sa.CheckConstraint("(person_id IS NULL) = (email IS NOT NULL)", name=op.f("ck_watch_whose")),
        refers("watch", "objective_id", "objective"),
        refers("watch", "person_id", "person", "CASCADE"),
        sqlite_autoincrement=True,
    )
    for name, column in (("one_watch_of_person", "person_id"), ("one_watch_of_address", "email")):
        op.create_index(name, "watch", ["objective_id", "seat", column], unique=True)
    op.create_index(op.f("ix_watch_person_id"), "watch", ["person_id"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER record_entry_stays")
        op.execute("DROP TRIGGER record_entry_is_kept")
    else:
        op.execute("DROP TRIGGER record_entry_stays ON record_entry")
        op.execute("DROP FUNCTION record_entry_stays()")
    op.execute("UPDATE notification SET page = 'people.second_factor' WHERE page = 'people.second_step'")
    for table in ("watch", "evidence", "application", "record_entry", "vacancy"):
        op.drop_table(table)
    op.drop_column("mandate", "is_acting")


# An entry may lose what was said and whom it names, and nothing else; it may go five years after the vacancy's end.
SQLITE = (
    "CREATE TRIGGER record_entry_stays BEFORE UPDATE ON record_entry WHEN NOT ("
    + " AND ".join(f"(NEW.{name} IS NULL OR NEW.{name} IS OLD.{name})" for name in MAY_GO)
    + " AND "
    + " AND ".join(f"NEW.{name} IS OLD.{name}" for name in SAID)
    + ") BEGIN SELECT RAISE(ABORT, 'the record of a vacancy is never changed'); END",
    "CREATE TRIGGER record_entry_is_kept BEFORE DELETE ON record_entry WHEN NOT EXISTS ("
    + IS_OVER
    + f"datetime('now', '-{KEPT_DAYS} days'))) "
    "BEGIN SELECT RAISE(ABORT, 'the record of a vacancy is kept for five years'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION record_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' THEN "
    "IF NOT EXISTS (" + IS_OVER + f"now() - interval '{KEPT_DAYS} days')) THEN "
    "RAISE EXCEPTION 'the record of a vacancy is kept for five years'; END IF; RETURN OLD; END IF; "
    "IF NOT ("
    + " AND ".join(f"(NEW.{name} IS NULL OR NEW.{name}::text = OLD.{name}::text)" for name in MAY_GO)
    + " AND "
    + " AND ".join(f"NEW.{name}::text IS NOT DISTINCT FROM OLD.{name}::text" for name in SAID)
    + ") THEN RAISE EXCEPTION 'the record of a vacancy is never changed'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER record_entry_stays BEFORE UPDATE OR DELETE ON record_entry "
    "FOR EACH ROW EXECUTE FUNCTION record_entry_stays()",
)

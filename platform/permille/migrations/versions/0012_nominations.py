"""Nominations with their refusals and complaints; terms, ends and handover notes of mandates; one office per person and task force."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

from permille.migrations.columns import own, refers
from permille.migrations.numbering import name_key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

HOLDS = sa.text("ended_at IS NULL")
LIVES = sa.text("withdrawn_at IS NULL AND declined_at IS NULL")


@contextmanager
def _rebuilt(table: str) -> Iterator[Any]:
    # SQLite rebuilds the table under another name, and refuses while a trigger speaks of it.
    connection = op.get_bind()
    query = f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%FROM {table} %'"  # noqa: S608
    triggers = list(connection.exec_driver_sql(query)) if connection.dialect.name == "sqlite" else []
    for name, _sql in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch:
        yield batch
    if table == "mandate":
        name_key(connection, table)
    for _name, sql in triggers:
        connection.exec_driver_sql(sql)


def _refer(batch: Any, table: str, column: str, to: str) -> None:
    batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
    batch.create_foreign_key(op.f(f"fk_{table}_{column}"), to, [column], ["id"], ondelete="SET NULL")


def upgrade() -> None:
    _extend_mandate()
    _extend_vacancy()
    _create_nomination()
    _create_complaint()


def _extend_mandate() -> None:
    # Of somebody who holds several offices in one task force, the newest counts; the others end now.
    op.execute(
        "UPDATE mandate SET ended_at = CURRENT_TIMESTAMP WHERE ended_at IS NULL AND EXISTS (SELECT 1 FROM mandate m "
        "WHERE m.objective_id = mandate.objective_id AND m.person_id = mandate.person_id AND m.ended_at IS NULL "
        "AND m.id > mandate.id)"
    )
    with _rebuilt("mandate") as batch:
        batch.add_column(sa.Column("begins_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("handover", sa.String(length=5000), server_default="", nullable=False))
        batch.add_column(sa.Column("end_reason", sa.String(length=1000), server_default="", nullable=False))
        _refer(batch, "mandate", "organisation_id", "organisation")
        _refer(batch, "mandate", "ended_by_id", "person")
    op.create_index(op.f("ix_mandate_organisation_id"), "mandate", ["organisation_id"])
    op.create_index(
        "one_office",
        "mandate",
        ["objective_id", "person_id"],
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )
    # What is known of the mandates there are: since when, and whom their holders belong to.
    op.execute(
        "UPDATE mandate SET organisation_id = (SELECT organisation_id FROM affiliation WHERE "
        "affiliation.person_id = mandate.person_id AND ended_at IS NULL AND confirmed_at IS NOT NULL) "
        "WHERE ended_at IS NULL"
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("UPDATE mandate SET begins_on = date(created_at)")
    else:
        op.execute("UPDATE mandate SET begins_on = CAST(created_at AS date)")


def _extend_vacancy() -> None:
    with _rebuilt("vacancy") as batch:
        _refer(batch, "vacancy", "renews_id", "mandate")
    op.create_index(op.f("ix_vacancy_renews_id"), "vacancy", ["renews_id"])


def _create_nomination() -> None:
    op.create_table(
        "nomination",
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("failing", sa.String(length=200), nullable=False),
        sa.Column("override", sa.String(length=2000), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_failing", sa.String(length=200), nullable=False),
        sa.Column("confirmed_override", sa.String(length=2000), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("confirmed_at", "accepted_at", "declined_at", "withdrawn_at")
        ),
        sa.Column("end_reason", sa.String(length=2000), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        *own("nomination"),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_nomination_{name}"))
            for name, rule in (
                ("two_people", "proposed_by_id <> confirmed_by_id"),
                ("confirmed_first", "accepted_at IS NULL OR confirmed_at IS NOT NULL"),
                ("one_end", "accepted_at IS NULL OR (declined_at IS NULL AND withdrawn_at IS NULL)"),
                ("overridden", "failing = '' OR override <> ''"),
                ("overridden_twice", "confirmed_failing = '' OR confirmed_override <> ''"),
            )
        ),
        refers("nomination", "vacancy_id", "vacancy"),
        refers("nomination", "application_id", "application"),
        refers("nomination", "proposed_by_id", "person", "SET NULL"),
        refers("nomination", "confirmed_by_id", "person", "SET NULL"),
        refers("nomination", "mandate_id", "mandate", "SET NULL"),
        sa.UniqueConstraint("mandate_id", name=op.f("uq_nomination_mandate_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "one_nomination",
        "nomination",
        ["vacancy_id"],
        unique=True,
        sqlite_where=LIVES,
        postgresql_where=LIVES,
    )
    for column in ("vacancy_id", "application_id"):
        op.create_index(op.f(f"ix_nomination_{column}"), "nomination", [column])
    op.create_table(
        "refusal",
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        *own("refusal"),
        refers("refusal", "nomination_id", "nomination"),
        refers("refusal", "application_id", "application"),
        sa.UniqueConstraint(
            "nomination_id", "application_id", name=op.f("uq_refusal_nomination_id_application_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_refusal_application_id"), "refusal", ["application_id"])


def _create_complaint() -> None:
    op.create_table(
        "complaint",
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=3000), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("finding", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=3000), nullable=False),
        *own("complaint"),
        sa.CheckConstraint("(answered_at IS NULL) = (finding = '')", name=op.f("ck_complaint_answered")),
        refers("complaint", "nomination_id", "nomination"),
        refers("complaint", "person_id", "person", "SET NULL"),
        refers("complaint", "answered_by_id", "person", "SET NULL"),
        sa.UniqueConstraint("nomination_id", "person_id", name=op.f("uq_complaint_nomination_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_complaint_person_id"), "complaint", ["person_id"])


def downgrade() -> None:
    op.drop_table("complaint")
    op.drop_table("refusal")
    op.drop_table("nomination")
    op.drop_index(op.f("ix_vacancy_renews_id"), table_name="vacancy")
    with _rebuilt("vacancy") as batch:
        batch.drop_constraint(op.f("fk_vacancy_renews_id"), type_="foreignkey")
        batch.drop_column("renews_id")
    op.drop_index("one_office", table_name="mandate")
    op.drop_index(op.f("ix_mandate_organisation_id"), table_name="mandate")
    with _rebuilt("mandate") as batch:
        for name in ("organisation_id", "ended_by_id"):
            batch.drop_constraint(op.f(f"fk_mandate_{name}"), type_="foreignkey")
        for name in (
            "begins_on",
            "ends_on",
            "organisation_id",
            "asked_at",
            "handover",
            "ended_by_id",
            "end_reason",
        ):
            batch.drop_column(name)

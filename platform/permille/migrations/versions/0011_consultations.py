"""Consultations: their panels, who is asked, and what was answered."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _own(table: str) -> list[Any]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _refers(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def _moments(*names: str) -> list[Any]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in names]


def upgrade() -> None:
    _create_consultation()
    _create_consultee()
    _create_answer()


def _create_consultation() -> None:
    op.create_table(
        "consultation",
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        *_own("consultation"),
        _refers("consultation", "vacancy_id", "vacancy"),
        _refers("consultation", "prepared_by_id", "person", "SET NULL"),
        sa.UniqueConstraint("vacancy_id", name=op.f("uq_consultation_vacancy_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "panel_member",
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        *_moments("declared_at"),
        sa.Column("is_related", sa.Boolean(), server_default=sa.false(), nullable=False),
        *_own("panel_member"),
        _refers("panel_member", "vacancy_id", "vacancy"),
        _refers("panel_member", "person_id", "person", "CASCADE"),
        sa.UniqueConstraint("vacancy_id", "person_id", name=op.f("uq_panel_member_vacancy_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_panel_member_person_id"), "panel_member", ["person_id"])


def _create_consultee() -> None:
    op.create_table(
        "consultee",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("asked_as", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        *_moments("invited_at", "reminded_at", "answered_at"),
        sa.Column("job_id", sa.Integer(), nullable=True),
        *_own("consultee"),
        _refers("consultee", "consultation_id", "consultation"),
        _refers("consultee", "person_id", "person", "SET NULL"),
        _refers("consultee", "job_id", "outbox", "SET NULL"),
        *(
            sa.UniqueConstraint("consultation_id", whom, name=op.f(f"uq_consultee_consultation_id_{whom}"))
            for whom in ("person_id", "email")
        ),
        sqlite_autoincrement=True,
    )
    for column in ("person_id", "email"):
        op.create_index(op.f(f"ix_consultee_{column}"), "consultee", [column])


def _create_answer() -> None:
    op.create_table(
        "answer",
        sa.Column("consultee_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("words", sa.String(length=3000), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        *_moments("erased_at"),
        *_own("answer"),
        _refers("answer", "consultee_id", "consultee"),
        sa.UniqueConstraint("consultee_id", name=op.f("uq_answer_consultee_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "opinion",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("relation_note", sa.String(length=500), nullable=False),
        sa.Column("support", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=3000), nullable=False),
        *_own("opinion"),
        sa.CheckConstraint("relation <> ''", name=op.f("ck_opinion_declared")),
        _refers("opinion", "answer_id", "answer"),
        _refers("opinion", "application_id", "application"),
        sa.UniqueConstraint("answer_id", "application_id", name=op.f("uq_opinion_answer_id_application_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_opinion_application_id"), "opinion", ["application_id"])


def downgrade() -> None:
    op.execute("DELETE FROM mailed_link WHERE purpose = 'consultation'")
    op.execute("DELETE FROM notification WHERE page = 'consultations.consultee'")
    for table in ("opinion", "answer", "consultee", "panel_member", "consultation"):
        op.drop_table(table)

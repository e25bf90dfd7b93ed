"""Consultations: their panels, who is asked, and what was answered."""

import sqlalchemy as sa
from alembic import op

from permille.migrations.columns import moments, own, refers

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


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
        *own("consultation"),
        refers("consultation", "vacancy_id", "vacancy"),
        refers("consultation", "prepared_by_id", "person", "SET NULL"),
        sa.UniqueConstraint("vacancy_id", name=op.f("uq_consultation_vacancy_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "panel_member",
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        *moments("declared_at"),
        sa.Column("is_related", sa.Boolean(), server_default=sa.false(), nullable=False),
        *own("panel_member"),
        refers("panel_member", "vacancy_id", "vacancy"),
        refers("panel_member", "person_id", "person", "CASCADE"),
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
        *moments("invited_at", "reminded_at", "answered_at"),
        sa.Column("job_id", sa.Integer(), nullable=True),
        *own("consultee"),
        refers("consultee", "consultation_id", "consultation"),
        refers("consultee", "person_id", "person", "SET NULL"),
        refers("consultee", "job_id", "outbox", "SET NULL"),
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
        *moments("erased_at"),
        *own("answer"),
        refers("answer", "consultee_id", "consultee"),
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
        *own("opinion"),
        sa.CheckConstraint("relation <> ''", name=op.f("ck_opinion_declared")),
        refers("opinion", "answer_id", "answer"),
        refers("opinion", "application_id", "application"),
        sa.UniqueConstraint("answer_id", "application_id", name=op.f("uq_opinion_answer_id_application_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_opinion_application_id"), "opinion", ["application_id"])


def downgrade() -> None:
    op.execute("DELETE FROM mailed_link WHERE purpose = 'consultation'")
    op.execute("DELETE FROM notification WHERE page = 'consultations.consultee'")
    for table in ("opinion", "answer", "consultee", "panel_member", "consultation"):
        op.drop_table(table)

"""Members are welcomed once; a membership can rest or end by a decision, with one appeal."""

import sqlalchemy as sa
from alembic import op

from permille.migrations.columns import moments, own, refers

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

RUNS = sa.text("over_at IS NULL")


def upgrade() -> None:
    op.add_column("membership", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "welcome",
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        *own("welcome"),
        refers("welcome", "membership_id", "membership", "CASCADE"),
        refers("welcome", "person_id", "person", "SET NULL"),
        sa.UniqueConstraint("membership_id", name=op.f("uq_welcome_membership_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_welcome_person_id"), "welcome", ["person_id"])
    op.create_table(
        "exclusion",
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_as", sa.String(length=20), nullable=False),
        *moments("appealed_at"),
        sa.Column("appeal", sa.String(length=4000), nullable=False),
        *moments("appeal_decided_at"),
        sa.Column("appeal_decided_by_id", sa.Integer(), nullable=True),
        sa.Column("finding", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        *moments("over_at"),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_reason", sa.String(length=2000), nullable=False),
        *own("exclusion"),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_exclusion_{name}"))
            for name, rule in (
                ("another_person", "appeal_decided_by_id <> decided_by_id"),
                ("over", "(over_at IS NULL) = (outcome = '')"),
                ("answered", "(appeal_decided_at IS NULL) = (finding = '')"),
                ("appealed_first", "appeal_decided_at IS NULL OR appealed_at IS NOT NULL"),
            )
        ),
        refers("exclusion", "membership_id", "membership", "CASCADE"),
        *(
            refers("exclusion", column, "person", "SET NULL")
            for column in ("decided_by_id", "appeal_decided_by_id", "taken_back_by_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "one_exclusion",
        "exclusion",
        ["membership_id"],
        unique=True,
        sqlite_where=RUNS,
        postgresql_where=RUNS,
    )
    op.create_index("ix_exclusion_membership_id", "exclusion", ["membership_id"])


def downgrade() -> None:
    # Whose notice runs stays; who is suspended is not made a member again by an older release.
    op.execute(
        "UPDATE membership SET ended_at = suspended_at WHERE suspended_at IS NOT NULL AND ended_at IS NULL"
    )
    op.drop_table("exclusion")
    op.drop_table("welcome")
    op.drop_column("membership", "suspended_at")

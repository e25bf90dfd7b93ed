"""The bodies that consultations ask."""

import sqlalchemy as sa
from alembic import op

from permille.migrations.columns import moments, own

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

IN_USE = sa.text("retired_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "body",
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        *moments("retired_at"),
        sa.Column("is_demonstration", sa.Boolean(), server_default=sa.false(), nullable=False),
        *own("body"),
        sa.CheckConstraint("email IS NOT NULL OR retired_at IS NOT NULL", name=op.f("ck_body_reached")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "bodies_asked", "body", ["email"], unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE
    )


def downgrade() -> None:
    op.drop_table("body")

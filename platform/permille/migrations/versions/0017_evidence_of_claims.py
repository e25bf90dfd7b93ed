"""Words and files that show an affiliation, and what the Secretariat asks for."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from permille.migrations.columns import own, refers

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _added() -> list[Any]:
    return [
        sa.Column("function", sa.String(length=500), server_default="", nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shows_standing", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("asked", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
    ]


def upgrade() -> None:
    for column in _added():
        op.add_column("affiliation", column)
    op.create_table(
        "claim_file",
        sa.Column("affiliation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *own("claim_file"),
        refers("claim_file", "affiliation_id", "affiliation", "CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_claim_file_affiliation_id"), "claim_file", ["affiliation_id"])


def downgrade() -> None:
    op.drop_table("claim_file")
    for column in reversed(_added()):
        op.drop_column("affiliation", column.name)

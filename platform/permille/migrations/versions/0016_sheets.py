"""Lists that were read in, and what each of their rows made."""

import sqlalchemy as sa
from alembic import op

from permille.migrations.columns import moments, own, refers

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheet",
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("is_told", sa.Boolean(), server_default=sa.false(), nullable=False),
        *moments("done_at"),
        sa.Column("made", sa.Integer(), nullable=False),
        *moments("undone_at"),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone", sa.Integer(), nullable=False),
        *own("sheet"),
        sa.CheckConstraint("undone <= made", name=op.f("ck_sheet_undone")),
        refers("sheet", "person_id", "person", "SET NULL"),
        refers("sheet", "undone_by_id", "person", "SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sheet_person_id"), "sheet", ["person_id"])
    op.create_table(
        "sheet_row",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("made_person_id", sa.Integer(), nullable=True),
        *own("sheet_row"),
        refers("sheet_row", "sheet_id", "sheet", "CASCADE"),
        refers("sheet_row", "mandate_id", "mandate", "SET NULL"),
        refers("sheet_row", "application_id", "application", "SET NULL"),
        refers("sheet_row", "made_person_id", "person", "SET NULL"),
        sa.UniqueConstraint("sheet_id", "number", name=op.f("uq_sheet_row_sheet_id_number")),
        sa.UniqueConstraint("mandate_id", name=op.f("uq_sheet_row_mandate_id")),
        sa.UniqueConstraint("application_id", name=op.f("uq_sheet_row_application_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sheet_row_made_person_id"), "sheet_row", ["made_person_id"])


def downgrade() -> None:
    op.drop_table("sheet_row")
    op.drop_table("sheet")

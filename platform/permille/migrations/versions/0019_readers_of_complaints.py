"""Who was named to read a complaint where everybody of the Secretariat had a part in the decision, and when."""

import sqlalchemy as sa
from alembic import op

from permille.migrations.numbering import name_key

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("complaint", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("reader_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("reader_named_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(
            op.f("fk_complaint_reader_id"), "person", ["reader_id"], ["id"], ondelete="SET NULL"
        )
    name_key(op.get_bind(), "complaint")
    op.create_index(op.f("ix_complaint_reader_id"), "complaint", ["reader_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_complaint_reader_id"), "complaint")
    with op.batch_alter_table("complaint", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_constraint(op.f("fk_complaint_reader_id"), type_="foreignkey")
        batch.drop_column("reader_named_at")
        batch.drop_column("reader_id")
    name_key(op.get_bind(), "complaint")

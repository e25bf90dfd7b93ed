"""Who is named to whom inside a task force; offices that outlive the account of their holder."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

HOLDER = "fk_mandate_person_id"
HELD = "ck_mandate_holder"


def upgrade() -> None:
    op.add_column(
        "person", sa.Column("is_named_to_team", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    with op.batch_alter_table("mandate") as table:
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        table.drop_constraint(op.f(HOLDER), type_="foreignkey")
        table.create_foreign_key(op.f(HOLDER), "person", ["person_id"], ["id"], ondelete="SET NULL")
        table.create_check_constraint(op.f(HELD), "person_id IS NOT NULL OR ended_at IS NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM mandate WHERE person_id IS NULL")
    with op.batch_alter_table("mandate") as table:
        table.drop_constraint(op.f(HELD), type_="check")
        table.drop_constraint(op.f(HOLDER), type_="foreignkey")
        table.create_foreign_key(op.f(HOLDER), "person", ["person_id"], ["id"], ondelete="CASCADE")
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
    op.drop_column("person", "is_named_to_team")

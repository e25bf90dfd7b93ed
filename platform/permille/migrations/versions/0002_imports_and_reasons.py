"""Files of organisations between check and import; the reason of a suspension; who is counted by country."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNTED = {
    "person": sa.text("confirmed_at IS NOT NULL"),
    "organisation": sa.text("accepted_at IS NOT NULL AND merged_into_id IS NULL"),
}
PASSAGES = ("terms", "privacy", "accessibility")


def upgrade() -> None:
    op.create_table(
        "import_file",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_import_file_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    op.create_index(op.f("ix_import_file_person_id"), "import_file", ["person_id"])
    with op.batch_alter_table("person") as table:
        table.add_column(
            sa.Column("suspension_reason", sa.String(length=1000), server_default="", nullable=False)
        )
    for table_name, condition in COUNTED.items():
        op.drop_index(f"ix_{table_name}_country", table_name=table_name)
        op.create_index(
            f"ix_{table_name}_counted",
            table_name,
            ["country"],
            sqlite_where=condition,
            postgresql_where=condition,
        )
    # One row each from the start, so that two people who write the first text hold the same row.
    for name in PASSAGES:
        op.execute(
            "INSERT INTO passage (name, text, version, created_at) "  # noqa: S608 (our own names)
            f"SELECT '{name}', '{{}}', 1, CURRENT_TIMESTAMP "
            f"WHERE NOT EXISTS (SELECT 1 FROM passage WHERE name = '{name}')"
        )


def downgrade() -> None:
    for table_name in COUNTED:
        op.drop_index(f"ix_{table_name}_counted", table_name=table_name)
        op.create_index(f"ix_{table_name}_country", table_name, ["country"])
    with op.batch_alter_table("person") as table:
        table.drop_column("suspension_reason")
    op.drop_index(op.f("ix_import_file_person_id"), table_name="import_file")
    op.drop_table("import_file")

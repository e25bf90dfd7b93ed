"""Passkeys, and the questions that wait for one."""

import sqlalchemy as sa
from alembic import op

from permille.migrations.columns import moments, own, refers

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("handle", sa.LargeBinary(length=64), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        *moments("used_at"),
        *own("passkey"),
        refers("passkey", "person_id", "person", "CASCADE"),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"])
    op.create_table(
        "passkey_challenge",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("ceremony", sa.String(length=20), nullable=False),
        sa.Column("value", sa.LargeBinary(length=64), nullable=False),
        sa.Column("handle", sa.LargeBinary(length=64), nullable=True),
        *own("passkey_challenge"),
        refers("passkey_challenge", "session_id", "signed_in", "CASCADE"),
        sa.UniqueConstraint("session_id", name=op.f("uq_passkey_challenge_session_id")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("passkey_challenge")
    op.drop_index(op.f("ix_passkey_person_id"), table_name="passkey")
    op.drop_table("passkey")
    # Without passkeys, whoever has only those has no second step; the app that was never tried goes as well.
    op.execute("DELETE FROM authenticator WHERE last_step = 0")
    op.execute(
        "DELETE FROM recovery_code WHERE NOT EXISTS "
        "(SELECT 1 FROM authenticator a WHERE a.person_id = recovery_code.person_id)"
    )
    op.execute(
        "UPDATE person SET second_factor_at = NULL WHERE second_factor_at IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM authenticator a WHERE a.person_id = person.id)"
    )

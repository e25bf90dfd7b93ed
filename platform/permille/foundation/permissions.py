"""Permissions: the one place where a policy's *no* becomes a 403."""

from flask import abort


def require(allowed: bool) -> None:
    """Stop here unless a policy said yes."""
    if not allowed:
        abort(403)

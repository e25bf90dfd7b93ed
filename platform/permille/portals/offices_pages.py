"""The office holders of a region."""

from flask import Response, g

from permille.mandates.directory_routes import show_directory


def offices() -> Response:
    """List who leads each task force and who represents the region in it (3 statements)."""
    return show_directory(g.region)

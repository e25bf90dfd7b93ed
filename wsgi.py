"""The door for a WSGI server."""

from permille.app import create_app

app = create_app()

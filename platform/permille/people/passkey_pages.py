"""Where the reader stands with passkeys: under the name they are bound to, under another, or under none."""

from flask import Response, abort, current_app, request

from permille.people.passkey_questions import Place, place_of


def place_here() -> Place | None:
    """Return the place of the public address, if this page is read under its name."""
    place = place_of(current_app.config["BASE_URL"])
    return place if place is not None and place.name == _name_here() else None


def must_place() -> Place:
    """Return the place, or stop with 409: from here no browser would answer."""
    return place_here() or abort(409)


def better_address() -> str | None:
    """Return the address under which passkeys work, for a page that is read under another; None where there is none."""
    place = place_of(current_app.config["BASE_URL"])
    return place.origin if place is not None else None


def asked(question: str) -> Response:
    """Return a question to a browser's script."""
    return Response(question, mimetype="application/json")


def _name_here() -> str:
    return request.host.partition(":")[0].lower()

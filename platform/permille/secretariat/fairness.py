"""How often the desk's heavier things may be used."""

from datetime import timedelta

from permille.foundation.limits import Limit

UPLOADS = Limit("upload", 20, timedelta(hours=1))
INVITATIONS = Limit("invitation", 50, timedelta(days=1))
INVITATIONS_TO_ONE = Limit("invitation-to", 3, timedelta(days=30))

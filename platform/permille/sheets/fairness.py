"""How often lists may be read in, and mailed to those on them."""

from datetime import timedelta

from permille.foundation.limits import Limit

FILES = Limit("sheet", 20, timedelta(hours=1))
MAILINGS = Limit("sheet-mailing", 10, timedelta(days=1))
"""Lists whose people are mailed, each of them as long as a list may be."""

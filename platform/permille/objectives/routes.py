"""The addresses of objectives. Their list and the page of each are their task forces' (`taskforces`)."""

from flask import Blueprint

from permille.foundation.languages import CHOICE

objectives = Blueprint("objectives", __name__, url_prefix=f"/<{CHOICE}:lang>/objectives")

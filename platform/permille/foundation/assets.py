"""Assets: the parts of the style sheet joined once at start; every file under a name that changes with it."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass

from flask import Flask, Response, abort, request

from permille.foundation import paths

FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file to serve, as it is and compressed."""

    content: bytes
    compressed: bytes
    mimetype: str


def serve_assets(app: Flask) -> None:
    """Read, join, hash and compress everything under `static/`, and serve it at `/static/`."""
    contents = _contents()
    names = {name: _hashed(name, content) for name, content in contents.items()}
    assets = {names[name]: _asset(name, content) for name, content in contents.items()}

    def static(filename: str) -> Response:
        """Serve one file; only the name that carries its hash exists."""
        asset = assets.get(filename) or abort(404)
        small = bool(request.accept_encodings["gzip"])
        response = Response(asset.compressed if small else asset.content, mimetype=asset.mimetype)
        if small:
            response.content_encoding = "gzip"
        response.headers["Cache-Control"] = FOREVER
        response.vary.add("Accept-Encoding")
        return response

    app.add_url_rule("/static/<path:filename>", "static", static, methods=["GET"])
    app.jinja_env.globals["asset"] = lambda name: f"/static/{names[name]}"


def _contents() -> dict[str, bytes]:
    sheets = sorted((paths.STATIC / "css").glob("*.css"))
    contents = {"app.css": b"\n".join(sheet.read_bytes() for sheet in sheets)}
    for folder in ("js", "vendor", "images"):
        for file in sorted((paths.STATIC / folder).glob("*")):
            if file.suffix in (".js", ".svg", ".webmanifest", ".png"):
                contents[f"{folder}/{file.name}"] = file.read_bytes()
    return contents


def _hashed(name: str, content: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"


def _asset(name: str, content: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(content, gzip.compress(content, 9, mtime=0), kind)

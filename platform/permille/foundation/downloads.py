"""Files that people get: as something to be saved, never to be run here, and kept by nobody on the way."""

from io import BytesIO

from flask import Response, send_file


def send_download(name: str, media_type: str, content: bytes) -> Response:
    """Send bytes as a file of this name."""
    return send_file(
        BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name, max_age=0, etag=False
    )

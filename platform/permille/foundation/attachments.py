"""Files people attach: every check they pass before anybody can open them.

A file is known by its name's ending and by its content alike. Pictures are drawn anew, which drops where
and with what they were taken; office files are looked into for bombs and programs. Nothing is written to a disk.
"""

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from flask import current_app
from PIL import Image, ImageOps
from werkzeug.datastructures import FileStorage

from permille.foundation.forms import clean, one_line
from permille.foundation.languages import _, number
from permille.foundation.uploads import MEGABYTE, MOST_BYTES, Refused

MOST_PIXELS = 25_000_000
MOST_ENTRIES = 1_000
MOST_UNPACKED = 100 * MEGABYTE
MOST_RATIO = 100
LONGEST_NAME = 120
SCAN_SECONDS = 30
PROGRAMS = ("vbaproject.bin", "activex", "oleobject")
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Attachment:
    """A file that passed: its name, media type and bytes."""

    name: str
    media_type: str
    content: bytes

    @property
    def columns(self) -> dict[str, Any]:
        """What a table of such files keeps of it."""
        digest = hashlib.sha256(self.content).hexdigest()
        return {
            "name": self.name,
            "media_type": self.media_type,
            "size": len(self.content),
            "digest": digest,
            "content": self.content,
        }


def read_attachment(file: FileStorage | None) -> Attachment:
    """Read an uploaded file and check it. Raises `Refused` with the reason in the reader's language."""
    name = _name_of(file)
    if file is None or not name:
        raise Refused(_("Choose a file."))
    ending = PurePosixPath(name.lower()).suffix.removeprefix(".")
    if ending not in KINDS:
        raise Refused(
            _(
                "Files of this kind cannot be attached. Use one of these: %(kinds)s.",
                kinds=", ".join(sorted(KINDS)),
            )
        )
    with closing(file):
        content = file.stream.read(MOST_BYTES + 1)
    _hold_bytes(content)
    media_type, check = KINDS[ending]
    content = check(content, ending)
    _scan(content)
    return Attachment(name, media_type, content)


def _name_of(file: FileStorage | None) -> str:
    # Browsers may send a whole path; only its last part is a name.
    said = (file.filename or "") if file else ""
    name = one_line(clean(said.replace("\\", "/").rpartition("/")[2])) or ""
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending}" if stem else ""


def _hold_bytes(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise Refused(
            _("The file is too big. It may have up to %(most)s MB.", most=number(MOST_BYTES // MEGABYTE))
        )


def _unlike() -> Refused:
    return Refused(
        _("This file is not what its name says, or it is damaged. Save it again and try once more.")
    )


def _pdf(content: bytes, _ending: str) -> bytes:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise _unlike()
    return content


def _text(content: bytes, _ending: str) -> bytes:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("The letters of this file cannot be read. Save it with the encoding UTF-8.")
        ) from error
    if "\0" in text or not text.strip():
        raise _unlike()
    return content


def _picture(content: bytes, ending: str) -> bytes:
    kind = {"jpg": "JPEG", "jpeg": "JPEG"}.get(ending, ending.upper())
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(_("The picture has too many points. Make it smaller and try once more."))
            upright = ImageOps.exif_transpose(picture)
            mode = "RGBA" if upright.has_transparency_data and kind != "JPEG" else "RGB"
            is_plain = kind == "PNG" and upright.mode in ("1", "L") and mode == "RGB"
            drawn = upright.copy() if is_plain else upright.convert(mode)
    except Refused:
        raise
    except Exception as error:  # what is damaged makes the library raise whatever it stumbles over
        raise _unlike() from error
    out = io.BytesIO()
    drawn.save(out, kind)
    _hold_bytes(out.getvalue())  # what was packed tightly may have grown
    return out.getvalue()


def _office(content: bytes, ending: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            names = [one.filename.lower() for one in entries]
            _hold_size(entries, len(content))
            if any(part in name for name in names for part in PROGRAMS):
                raise Refused(_("This file contains a program. Save it without macros and try once more."))
            if not _is_office(packed, names, ending):
                raise _unlike()
    except Refused:
        raise
    except Exception as error:  # what is damaged makes the library raise whatever it stumbles over
        raise _unlike() from error
    return content


def _hold_size(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(one.file_size for one in entries)
    if len(entries) > MOST_ENTRIES or unpacked > min(MOST_UNPACKED, MOST_RATIO * packed):
        raise _unlike()


def _is_office(packed: zipfile.ZipFile, names: list[str], ending: str) -> bool:
    if ending in ("odt", "ods"):
        with packed.open("mimetype") as said:
            return said.read(200).decode("ascii", "replace").strip() == KINDS[ending][0]
    folder = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}[ending]
    return "[content_types].xml" in names and any(name.startswith(folder) for name in names)


def _scan(content: bytes) -> None:
    # A virus scanner, where one is set up: it reads the file from its standard input and ends with 0 for clean.
    command = current_app.config.get("SCAN_COMMAND")
    if not command:
        return
    try:
        result = subprocess.run(  # noqa: S603 (the command is the operator's own setting)
            command, input=content, capture_output=True, timeout=SCAN_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        current_app.logger.exception("the scanner does not answer")
        raise Refused(_("Files cannot be checked at the moment. Try again later.")) from error
    if result.returncode:
        raise Refused(_("The virus scanner refuses this file."))


KINDS: dict[str, tuple[str, Callable[[bytes, str], bytes]]] = {
    "pdf": ("application/pdf", _pdf),
    "docx": (f"{OFFICE}.wordprocessingml.document", _office),
    "xlsx": (f"{OFFICE}.spreadsheetml.sheet", _office),
    "pptx": (f"{OFFICE}.presentationml.presentation", _office),
    "odt": (f"{OPEN_DOCUMENT}.text", _office),
    "ods": (f"{OPEN_DOCUMENT}.spreadsheet", _office),
    "txt": ("text/plain", _text),
    "csv": ("text/csv", _text),
    "png": ("image/png", _picture),
    "jpg": ("image/jpeg", _picture),
    "jpeg": ("image/jpeg", _picture),
    "webp": ("image/webp", _picture),
}
"""By the ending of a name: the media type, and what the content must be."""

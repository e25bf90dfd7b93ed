"""Attachments: known by name and content, drawn anew, unpacked with care."""

import io
import zipfile

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from permille.foundation.attachments import MOST_ENTRIES, OFFICE, OPEN_DOCUMENT, read_attachment
from permille.foundation.uploads import MOST_BYTES, Refused

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DOCX = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def picture(kind="PNG", size=(4, 3), **saved):
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **saved)
    return out.getvalue()


def read(app, name, content):
    with app.test_request_context("/en/"):
        return read_attachment(FileStorage(io.BytesIO(content), filename=name))


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("letter.pdf", b"%PDF-1.7\n%%EOF", "application/pdf"),
        ("Lettre.DOCX", packed(DOCX), f"{OFFICE}.wordprocessingml.document"),
        ("list.ods", packed({"mimetype": f"{OPEN_DOCUMENT}.spreadsheet"}), f"{OPEN_DOCUMENT}.spreadsheet"),
        ("notes.txt", "Почва".encode(), "text/plain"),
        ("field.png", picture(), "image/png"),
        ("field.jpeg", picture("JPEG"), "image/jpeg"),
        ("field.webp", picture("WEBP"), "image/webp"),
    ],
)
def test_what_is_what_it_says_is_kept(app, name, content, media_type):
    assert read(app, name, content).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", b"MZ\x90\x00"),
        ("letter.pdf", b"%PDF-1.7 cut off"),
        ("letter.docx", b"%PDF-1.7\n%%EOF"),
        ("letter.docx", packed({"xl/workbook.xml": "", "[Content_Types].xml": ""})),
        ("letter.docx", packed({**DOCX, "word/vbaProject.bin": "x"})),
        ("letter.docx", packed({**DOCX, "word/zeros.xml": "0" * 20_000_000})),
        ("letter.docx", packed({**DOCX, **{f"word/{n}.xml": "" for n in range(MOST_ENTRIES)}})),
        ("list.odt", packed({"mimetype": f"{OPEN_DOCUMENT}.spreadsheet"})),
        ("list.odt", packed({"content.xml": ""})),
        ("notes.txt", b"\xff\xfe\x00"),
        ("notes.txt", b"a\0b"),
        ("field.png", picture("JPEG")),
        ("field.png", picture()[:40]),
        ("field.png", picture(size=(6000, 5000))),
        ("field.svg", b"<svg/>"),
        ("field.zip", packed(DOCX)),
        ("letter", b"%PDF-1.7\n%%EOF"),
        ("", b"x"),
        ("empty.pdf", b""),
        ("huge.txt", b"x" * (MOST_BYTES + 1)),
    ],
)
def test_what_is_not_is_refused(app, name, content):
    with pytest.raises(Refused):
        read(app, name, content)


def test_a_picture_forgets_where_and_with_what_it_was_taken(app):
    told = Image.Exif()
    told[0x010F] = "Secret camera"
    told[0x0112] = 6
    kept = read(app, "field.jpg", picture("JPEG", exif=told)).content
    assert b"Secret camera" not in kept
    with Image.open(io.BytesIO(kept)) as drawn:
        assert drawn.size == (3, 4) and not drawn.getexif()


def test_a_name_is_one_line_without_folders(app):
    assert read(app, "C:\\letters\\My\nletter.pdf", b"%PDF-1.7\n%%EOF").name == "My letter.pdf"
    assert len(read(app, f"{'x' * 500}.pdf", b"%PDF-1.7\n%%EOF").name) < 130


@pytest.mark.parametrize(
    ("command", "words"), [(["false"], "virus scanner"), (["/no/such/scanner"], "Try again later")]
)
def test_a_scanner_that_refuses_or_is_missing_lets_nothing_in(app, command, words):
    app.config["SCAN_COMMAND"] = command
    with pytest.raises(Refused, match=words):
        read(app, "letter.pdf", b"%PDF-1.7\n%%EOF")
    app.config["SCAN_COMMAND"] = ["cat"]
    assert read(app, "letter.pdf", b"%PDF-1.7\n%%EOF").content

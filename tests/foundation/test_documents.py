"""Documents on paper: what people wrote is set as text, whatever it looks like, and the server's fonts are known."""

import re
import sys
import zlib
from datetime import UTC, datetime

import pytest

from permille.foundation import documents
from permille.foundation.documents import CannotBeMade, document, scripts_without_font
from permille.foundation.languages import speaking
from tests.engines import ON_SQLITE

MADE = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
LETTER = """#import "_frame.typ": *
#show: document-of-ours.with(data.title, data.under)
#for one in data.texts { said(one) }
"""
MARKUP = '#panic("read") $x^2 * \\ [a] @nobody <label> = head `raw` "quoted" #import "x" // end /* */ \\u{41}'
MIXED = "قرية mixed (العربية) 123 — 我们的土壤，等待。 Потому что почвы ждут. 👩‍🌾"
TEXTS = (
    MARKUP,
    "zero\u200bwidth \u200d\u200c\ufeff \u202e turned \u2069\u2069 \x00\x07 \ud800 end",
    "Longword" * 300 + "\n" + "كلمة" * 300 + "\n" + "https://example.org/" + "a" * 900,
    MIXED,
    "\n \n",
)


@pytest.fixture
def letter(tmp_path, monkeypatch):
    """Return a function that sets a text in a frame of its own and returns the PDF."""
    (tmp_path / "_frame.typ").write_text((documents.FOLDER / "_frame.typ").read_text("utf-8"), "utf-8")
    (tmp_path / "letter.typ").write_text(LETTER, "utf-8")
    monkeypatch.setattr(documents, "FOLDER", tmp_path)

    def made(text, title="Title", lang="en"):
        with speaking(lang):
            texts = [text] if isinstance(text, str) else text
            return document("letter", MADE, {"foot": texts[0]}, title=title, under=texts[0], texts=texts)

    return made


def unpacked(pdf):
    """Return a PDF with its streams as they were before they were packed."""
    parts = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


def letters_of(pdf):
    """Return the characters that stand behind the letters of a PDF, so that they can be searched and read out."""
    mapped = re.findall(rb"<[0-9a-fA-F]{4}> <([0-9a-fA-F]+)>", unpacked(pdf))
    return set("".join(bytes.fromhex(one.decode()).decode("utf-16-be") for one in mapped))


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", unpacked(pdf)))


@pytest.mark.parametrize("lang", ["en", "ar", "zh"])
def test_whatever_people_write_becomes_text_and_never_markup(letter, lang):
    pdf = letter("\n".join(TEXTS), lang=lang)
    assert pdf.startswith(b"%PDF-") and pages_of(pdf) >= 2


def test_every_sign_that_could_be_markup_stands_on_the_page_as_it_was_written(letter):
    assert set(MARKUP) - {" "} <= letters_of(letter(MARKUP))


def test_arabic_chinese_and_russian_are_real_text(letter):
    said = letters_of(letter(MIXED))
    assert not set("我们的土壤Потомучт") - said and len(set("قريةالعربية") & said) >= 3


def test_a_document_names_its_title_its_language_and_no_machine(letter):
    whole = unpacked(letter("Seat", title="Letter about soil", lang="ru"))
    assert b'<rdf:li xml:lang="x-default">Letter about soil' in whole and b"/Lang(ru)" in whole
    assert b"20260501123" in whole or b"2026-05-01T12:30" in whole
    assert b"/Author" not in whole and b"dc:creator" not in whole


def test_what_cannot_be_set_says_so_without_its_text(letter, tmp_path):
    (tmp_path / "letter.typ").write_text("#panic(data)", "utf-8")
    with pytest.raises(CannotBeMade) as refused:
        letter("A secret of somebody")
    assert str(refused.value) == "the compiler ended with 3"


def test_nothing_is_read_from_elsewhere(letter, tmp_path):
    for source in ('#read("/../../etc/hostname")', '#import "@preview/x:1.0.0": y'):
        (tmp_path / "letter.typ").write_text(source, "utf-8")
        with pytest.raises(CannotBeMade):
            letter("Seat")


@pytest.mark.parametrize(("brought", "absent"), [(False, ["Arabic", "Chinese"]), (True, ["Chinese"])])
def test_a_script_without_a_font_is_noticed(monkeypatch, brought, absent):
    monkeypatch.setattr(
        documents, "SYSTEM_FONTS", {"include_system_fonts": False, "include_embedded_fonts": brought}
    )
    assert scripts_without_font() == absent


def test_whoever_waits_is_told_when_it_takes_too_long(letter, monkeypatch):
    monkeypatch.setattr(documents, "PATIENCE_SECONDS", 0.01)
    with pytest.raises(CannotBeMade) as refused:
        letter("Seat")
    assert str(refused.value) == "TimeoutExpired"


@ON_SQLITE
def test_the_server_itself_never_loads_the_compiler(app):
    assert app and "typst" not in sys.modules


def test_who_waits_for_a_busy_compiler_is_not_kept_for_long(letter, monkeypatch):
    monkeypatch.setattr(documents, "QUEUE_SECONDS", 0)
    with documents._one_at_a_time, pytest.raises(CannotBeMade, match="busy"):
        letter("Because the soils wait.")
    assert letter("Because the soils wait.").startswith(b"%PDF-")


@pytest.mark.parametrize("text", ["a" + "\u0301" * 3000, "a\n" * 1500, "\n" * 2999])
def test_no_text_is_too_odd_to_be_set_a_hundred_times(letter, text):
    assert letter([text] * 100).startswith(b"%PDF-")


def test_of_a_text_with_very_many_lines_every_line_is_there():
    said = documents._plain("\n".join(f"line {n}" for n in range(200)))
    assert said.count("\n") == documents.MOST_LINES - 1 and all(f"line {n}" in said for n in range(200))
    assert documents._plain("e\u0301a\n\nb") == "e\u0301a\n\nb"

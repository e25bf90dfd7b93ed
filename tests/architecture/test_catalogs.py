"""Every language is complete: every message, its placeholders, its plural forms, its terms."""

import re
import tomllib

import pytest
import wtforms
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from permille.cli.translations import gathered
from permille.foundation import languages, paths

TRANSLATED = [code for code in languages.LANGUAGES if code != "en"]
FORMS = {"ar": 6, "zh": 1, "fr": 2, "ru": 3, "es": 2}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def catalog(code):
    path = paths.TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as po:
        return read_po(po, locale=code)


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated(code):
    known = {message.id: message for message in catalog(code) if message.id}
    wanted = {message.id for message in gathered() if message.id}
    assert set(known) == wanted, "run `permille translations gather`"
    for message in known.values():
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(texts), f"{code}: {message.id!r} is not translated"
        assert not message.fuzzy


@pytest.mark.parametrize("code", TRANSLATED)
def test_placeholders_and_plural_forms_are_those_of_the_source(code):
    for message in catalog(code):
        if not message.id:
            continue
        plural = isinstance(message.id, tuple)
        texts = message.string if plural else (message.string,)
        assert len(texts) == (FORMS[code] if plural else 1), message.id
        wanted = set(PLACEHOLDER.findall(message.id[-1] if plural else message.id))
        for text in texts:
            found = set(PLACEHOLDER.findall(text))
            assert found <= wanted and (plural or found == wanted), f"{code}: {message.id!r}"
            assert not re.search(r"%(?!\(\w+\)[sd]|%|s)", text), f"{code}: {message.id!r} has a loose %"
            assert not re.search(r"<[a-z/]", text), f"{code}: {message.id!r} brings a tag of its own"


def test_criterion_13_arabic_counts_show_six_forms():
    counted = [one for one in catalog("ar") if isinstance(one.id, tuple) and "%(n)s" in one.id[1]]
    assert counted
    for message in counted:
        for form, n in enumerate((0, 1, 2, 3, 11, 100)):
            said = languages.catalog("ar").ngettext(*message.id, n)
            assert said == message.string[form], (message.id, n)
        assert len(set(message.string)) >= 4, message.id
    assert any(len(set(message.string)) == 6 for message in counted)


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_form_librarys_own_messages_speak_the_language(code):
    known = {message.id for message in catalog(code)}
    from pathlib import Path

    for _file, _line, message, *_rest in extract_from_dir(str(Path(wtforms.__file__).parent)):
        assert message in known, message


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_terms_of_the_domain_are_the_glossarys(code):
    glossary = tomllib.loads((paths.TRANSLATIONS / "glossary.toml").read_text("utf-8"))
    short = {
        message.id.lower(): message.string
        for message in catalog(code)
        if isinstance(message.id, str) and message.id
    }
    compared = 0
    for term in glossary.values():
        said = short.get(term["en"].lower())
        if said is not None:
            options = re.split(r"[،,(（]", term[code])
            compared += 1
            assert any(
                option.strip(" )）").lower() in said.lower().replace("’", "'")
                for option in options
                if option.strip()
            ), f"{code}: {term['en']!r} is {said!r}, the glossary says {term[code]!r}"
    assert compared >= 3


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalog_names_the_project(code):
    path = paths.TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    head = path.read_text("utf-8")[:800]
    assert "FIRST AUTHOR" not in head and "4 per 1000" in head

"""A candidate applies for a seat in a real browser: in French without JavaScript, in Arabic on a phone with it."""

import pytest

from tests.journeys.ways import ways
from tests.looking import is_wider_than_its_window, violations

SEAT = "vacancies/f2/africa"
ANSWERS = {
    "fr": (
        "Pour que les sols du Sahel soient entendus.",
        "Dix ans de compost.",
        "Mali et Niger.",
        "Un jour.",
        "Oui.",
    ),
    "ar": ("كي يُسمع صوت تربة الساحل.", "عشر سنوات من العمل.", "مالي والنيجر.", "يوم في الأسبوع.", "نعم."),
}


def sign_in(page, lang, part):
    page.fill("#email", f"{part}@demo.example")
    page.fill("#password", "four per thousand")
    page.press("#password", "Enter")
    page.wait_for_url(f"**/{lang}/{SEAT}/apply/")


def answer(page, lang):
    for name, words in zip(
        ("why", "experience", "knowledge", "time", "endorsement"), ANSWERS[lang], strict=True
    ):
        page.fill(f"#{name}", words)
    page.check(f"input[name=languages][value={lang}]")


@pytest.mark.parametrize(("database_url", "lang", "javascript", "width"), ways(), indirect=["database_url"])
def test_criterion_d2_from_the_seat_to_the_status_page(visit, lang, javascript, width):
    page = visit(f"/{lang}/{SEAT}/", width=width, javascript=javascript)
    page.click(f"main a[href='/{lang}/{SEAT}/apply/']")
    sign_in(page, lang, "partner")
    answer(page, lang)
    if javascript:
        assert violations(page) == [] and not is_wider_than_its_window(page)
        with page.expect_response("**/apply/keep/") as kept:
            page.type("#why", " ")
        assert kept.value.status == 200
    page.click("form[data-keep] button.btn:not(.alt)")
    page.wait_for_url(f"**/{lang}/{SEAT}/apply/check/")
    for words in ANSWERS[lang]:
        assert words in page.inner_text("main")
    page.click("main form button.btn")
    page.wait_for_url(f"**/{lang}/applications/*/")
    assert "F2-" in page.inner_text("h1")
    page.set_input_files("#file", {"name": "lettre.txt", "mimeType": "text/plain", "buffer": b"Oui."})
    page.click("form[enctype] button")
    assert "lettre.txt" in page.inner_text("main")
    if javascript:
        assert violations(page) == [] and not is_wider_than_its_window(page)
    page.click("main a[href$='/stand-down/']")
    page.click("main form button.btn")
    page.wait_for_url(f"**/{lang}/applications/*/")
    assert page.locator("main a[href$='/stand-down/']").count() == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_criterion_d2_2_who_may_not_stand_joins_as_a_team_member_with_what_they_typed(visit):
    page = visit("/fr/objectives/f2/join/?role=representative&region=africa")
    page.check("input[name=role][value=representative]")
    page.fill("#contribution", "Je connais les sols du delta.")
    page.click("#join-form form button.btn:not(.alt)")
    page.wait_for_selector(
        "input[name=contribution][value='Je connais les sols du delta.']", state="attached"
    )
    page.click("main form button.btn")
    page.wait_for_url("**/fr/objectives/f2/join/email/")

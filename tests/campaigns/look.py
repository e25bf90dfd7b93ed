"""The look of every page: axe, light and dark, narrow and wide, with the spacing a reader may impose."""

from pathlib import Path

from tests.looking import impose_spacing, is_wider_than_its_window, opened_chromium, sign_in, violations
from tests.serving import served

PUBLIC = (
    "", "objectives/", "objectives/a1/", "objectives/e3/", "objectives/a1/team/", "objectives/a1/join/",
    "objectives/b1/join/?role=leader", "regions/", "vacancies/", "vacancies/f2/africa/", "vacancies/f1/africa/watch/", "offices/", "offices/?page=all", "africa/offices/?office=leader", "africa/", "north-america/", "about/", "help/", "accessibility/", "privacy/",
    "terms/", "search/", "search/?q=a", "search/?q=zzzz", "sign-in/", "sign-in/mail/", "sign-up/", "mailed/", "settings/",
    "password/forgotten/", "people/5/", "organisations/1/", "nowhere/", "link/none/",
)  # fmt: skip
PRIVATE = (
    "me/", "me/profile/", "me/organisation/?q=a", "me/organisation/propose/", "me/organisation/evidence/", "me/password/", "me/email/", "me/sessions/", "me/second-step/",
    "me/second-step/passkeys/new/",
    "me/data/", "me/delete/", "objectives/c1/join/", "objectives/a1/", "secretariat/", "secretariat/organisations/",
    "secretariat/organisations/1/", "secretariat/organisations/1/facts/", "secretariat/organisations/1/merge/?q=a",
    "secretariat/organisations/1/merge/?into=2", "secretariat/organisations/import/", "secretariat/people/",
    "secretariat/people/5/", "secretariat/people/5/role/", "secretariat/people/5/suspend/", "secretariat/invitations/",
    "secretariat/texts/", "secretariat/texts/objectives/a1/fr/", "secretariat/texts/passages/terms/en/",
    "secretariat/contact/", "secretariat/audit/", "vacancies/board/", "vacancies/e2/leader/", "vacancies/e2/leader/candidates/",
    "vacancies/e2/leader/give-up/", "vacancies/c4/leader/enter/", "vacancies/calls/open/?seat=a2/africa", "applications/1/", "vacancies/records/1/",
    "me/offices/", "vacancies/c4/leader/apply/", "vacancies/e2/leader/consultation/", "vacancies/e2/leader/consultation/remind/", "vacancies/e2/leader/nomination/",
    "mandates/", "mandates/?which=ending", "mandates/?which=past", "mandates/1/", "mandates/1/end/", "mandates/1/renew/", "complaints/", "consultations/bodies/", "consultations/bodies/new/", "consultations/bodies/1/", "sheets/", "sheets/mandates/", "sheets/candidates/", "exclusions/", "exclusions/of/2/", "vacancies/a1/leader/complaint/", "offices/1/write/",
)  # fmt: skip
WIDTHS = (390, 1280)


def looking(url: str, folder: Path, lang: str) -> dict[str, int]:
    """Look at every page in one language; returns how many views were looked at."""
    views = 0
    with served(url, folder) as (address, _server), opened_chromium() as chromium:
        for dark in (False, True):
            context = chromium.new_context(base_url=address, color_scheme="dark" if dark else "light")
            page = context.new_page()
            for paths in (PUBLIC, PRIVATE):
                if paths is PRIVATE:
                    sign_in(page, "secretary")
                for path in paths:
                    for width in WIDTHS:
                        page.set_viewport_size({"width": width, "height": 900})
                        page.goto(f"/{lang}/{path}")
                        assert violations(page) == [], f"/{lang}/{path} at {width}, dark: {dark}"
                        assert not is_wider_than_its_window(page), f"/{lang}/{path} at {width}"
                        views += 1
                    page.set_viewport_size({"width": 320, "height": 900})
                    impose_spacing(page)
                    assert not is_wider_than_its_window(page), f"/{lang}/{path} at 320 with wide spacing"
                    views += 1
            context.close()
    return {"pages": len(PUBLIC) + len(PRIVATE), "views": views}

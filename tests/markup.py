"""What must hold on every page, whoever fetches it: one heading, unique ids, labelled fields, right language."""

from html.parser import HTMLParser

from bs4 import BeautifulSoup, Tag
from justhtml import JustHTML

NEED_NO_LABEL = {"hidden", "submit", "button"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
NESTED = "a a, a button, button a, form form, p :is(div, p, ul, ol, dl, form, table, section, h1, h2, h3)"


class _Nesting(HTMLParser):
    """Notes every element that is not closed, or closed in another order than it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> at {self.getpos()}")


def check_html(path: str, html: str) -> None:
    """Raise AssertionError when a page is not the HTML it was meant to be."""
    errors = [str(error) for error in JustHTML(html, collect_errors=True).errors]
    assert errors == [], f"{path}: {errors}"
    nesting = _Nesting()
    nesting.feed(html)
    assert nesting.problems + nesting.open == [], f"{path}: {nesting.problems} left open: {nesting.open}"


def check_page(path: str, soup: BeautifulSoup) -> None:
    """Raise AssertionError when a whole page breaks a rule."""
    html = soup.select_one("html")
    assert html is not None
    if soup.select_one("#main") is None:
        return  # a redirect's own few words
    assert len(soup.select("h1")) == 1, f"{path}: {len(soup.select('h1'))} h1"
    assert soup.title and soup.title.get_text(strip=True), f"{path}: no title"
    language = path.strip("/").split("/")[0]
    if language in ("ar", "zh", "en", "fr", "ru", "es"):
        assert html["lang"] == language, f"{path}: lang is {html['lang']}"
        assert html["dir"] == ("rtl" if language == "ar" else "ltr"), path
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids)), f"{path}: repeated ids {sorted({i for i in ids if ids.count(i) > 1})}"
    assert not soup.select("[style], [onclick], [hx-on]"), f"{path}: inline style or script"
    assert not [tag for tag in soup.select("script") if not tag.get("src")], f"{path}: inline script"
    for field in soup.select("input, select, textarea"):
        assert _is_labelled(soup, field), f"{path}: no label for {field}"
    for attribute in ("aria-describedby", "aria-labelledby", "popovertarget", "for"):
        for tag in soup.select(f"[{attribute}]"):
            for target in str(tag[attribute]).split():
                assert target in ids, f"{path}: nothing has the id {target}"
    assert not soup.select(NESTED), f"{path}: {soup.select(NESTED)[0]}"
    for form in soup.select("form"):
        assert str(form.get("action", "/")).startswith("/"), f"{path}: a form that leads away"
    _check_headings(path, soup)


def _is_labelled(soup: BeautifulSoup, field: Tag) -> bool:
    if field.get("type") in NEED_NO_LABEL or field.get("aria-label") or field.get("aria-labelledby"):
        return True
    identity = field.get("id")
    return bool((identity and soup.select_one(f'label[for="{identity}"]')) or field.find_parent("label"))


def _check_headings(path: str, soup: BeautifulSoup) -> None:
    level = 0
    for heading in soup.select("#main :is(h1, h2, h3, h4, h5)"):
        found = int(heading.name[1])
        # a sidebar or a card may begin anywhere at h2; what may not happen is a jump downwards
        assert found <= level + 1 or level == 0, f"{path}: h{found} after h{level}"
        level = found

"""What must hold on every page, whoever fetches it: one heading, unique ids, labelled fields, right language."""

from html.parser import HTMLParser

from bs4 import BeautifulSoup, Tag
from justhtml import JustHTML

NEED_NO_LABEL = {"hidden", "submit", "button"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
BLOCKS = {"div", "p", "ul", "ol", "dl", "form", "table", "section", "h1", "h2", "h3"}
NEVER_INSIDE = {"a": {"a", "button"}, "button": {"a"}, "form": {"form", "p"}} | {
    block: {"p"} for block in BLOCKS - {"form"}
}
"""By element, what must not be around it."""
POINTING = ("aria-describedby", "aria-labelledby", "popovertarget", "for")
INLINE = {"style", "onclick", "hx-on"}


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
    html, tags = soup.html, soup.find_all(True)
    assert html is not None
    ids = [tag["id"] for tag in tags if tag.has_attr("id")]
    if "main" not in ids:
        return  # a redirect's own few words
    headings = [tag for tag in tags if tag.name == "h1"]
    assert len(headings) == 1, f"{path}: {len(headings)} h1"
    assert soup.title and soup.title.get_text(strip=True), f"{path}: no title"
    language = path.strip("/").split("/")[0]
    if language in ("ar", "zh", "en", "fr", "ru", "es"):
        assert html["lang"] == language, f"{path}: lang is {html['lang']}"
        assert html["dir"] == ("rtl" if language == "ar" else "ltr"), path
    assert len(ids) == len(set(ids)), f"{path}: repeated ids {sorted({i for i in ids if ids.count(i) > 1})}"
    labelled = {tag.get("for") for tag in tags if tag.name == "label"}
    for tag in tags:
        _check_tag(path, tag, set(ids), labelled)
    _check_headings(path, soup)


def _check_tag(path: str, tag: Tag, ids: set, labelled: set) -> None:
    assert not INLINE & tag.attrs.keys(), f"{path}: inline style or script in {tag}"
    assert tag.name != "script" or tag.get("src"), f"{path}: inline script"
    if tag.name in ("input", "select", "textarea"):
        assert _is_labelled(tag, labelled), f"{path}: no label for {tag}"
    for attribute in POINTING:
        for target in str(tag.get(attribute, "")).split():
            assert target in ids, f"{path}: nothing has the id {target}"
    outside = NEVER_INSIDE.get(tag.name)
    assert outside is None or tag.find_parent(outside) is None, f"{path}: {tag} where it must not be"
    if tag.name == "form":
        assert str(tag.get("action", "/")).startswith("/"), f"{path}: a form that leads away"
        if str(tag.get("method")).lower() == "post":
            assert tag.find("input", attrs={"name": "csrf_token", "value": True}), (
                f"{path}: no token in {tag}"
            )


def _is_labelled(field: Tag, labelled: set) -> bool:
    if field.get("type") in NEED_NO_LABEL or field.get("aria-label") or field.get("aria-labelledby"):
        return True
    return field.get("id") in labelled - {None} or field.find_parent("label") is not None


def _check_headings(path: str, soup: BeautifulSoup) -> None:
    level = 0
    for heading in soup.find(id="main").find_all(["h1", "h2", "h3", "h4", "h5"]):
        found = int(heading.name[1])
        # a sidebar or a card may begin anywhere at h2; what may not happen is a jump downwards
        assert found <= level + 1 or level == 0, f"{path}: h{found} after h{level}"
        level = found

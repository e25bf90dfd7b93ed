"""Devices in words: which browser on which system, from what a browser says of itself."""

from permille.foundation.languages import _

BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Opera": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "YaBrowser": "Yandex Browser",
    "UCBrowser": "UC Browser",
    "HuaweiBrowser": "Huawei Browser",
    "MiuiBrowser": "Mi Browser",
    "MicroMessenger": "WeChat",
    "FxiOS": "Firefox",
    "Firefox": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "KAIOS": "KaiOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Macintosh": "macOS",
    "Linux": "Linux",
}
"""In the order in which they are looked for: many browsers also say that they are Chrome and Safari."""


def device_name(agent: str) -> str:
    """Return a browser's own words in the reader's: "Firefox on Android", what is known of it, or as it is."""
    browser, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or agent or _("Unknown device")


def family(agent: str) -> str:
    """Return which kind of browser on which kind of device: it changes with the device, not with the version."""
    return ", ".join(part for part in (_first(BROWSERS, agent), _first(SYSTEMS, agent)) if part) or "-"


def _first(names: dict[str, str], agent: str) -> str | None:
    return next((name for sign, name in names.items() if sign in agent), None)

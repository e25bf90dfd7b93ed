"""Which country is meant by what somebody wrote: its code, its name in any of the languages, a common name."""

import re
from functools import cache

from babel.core import get_global

from permille.foundation.languages import LANGUAGES
from permille.foundation.search import fold
from permille.regions.countries import names_in

APOSTROPHES = re.compile("['’‘ʼ`´]")
WORD = re.compile(r"[^\W_]+")
COMMON: dict[str, tuple[str, ...]] = {
    "AE": ("UAE", "Emirates"),
    "BO": ("Bolivia (Plurinational State of)",),
    "BN": ("Brunei Darussalam",),
    "CD": (
        "DR Congo", "D.R. Congo", "DRC", "RDC", "RD Congo", "RD del Congo", "ДР Конго", "刚果民主共和国",
        "Congo (Kinshasa)", "Democratic Republic of the Congo", "Democratic Republic of Congo",
        "République démocratique du Congo", "República Democrática del Congo",
        "Демократическая Республика Конго", "جمهورية الكونغو الديمقراطية",
    ),
    "CG": (
        "Congo", "Republic of the Congo", "République du Congo", "Congo (Brazzaville)", "Республика Конго",
        "جمهورية الكونغو", "刚果共和国",
    ),
    "CI": ("Ivory Coast", "Costa de Marfil", "Берег Слоновой Кости", "ساحل العاج"),
    "CN": ("People's Republic of China", "PR China", "PRC", "中华人民共和国"),
    "CV": ("Cabo Verde",),
    "CZ": ("Czech Republic", "République tchèque", "República Checa"),
    "FM": ("Micronesia (Federated States of)",),
    "GB": ("UK", "U.K.", "Great Britain", "Royaume Uni", "Reino Unido", "Великобритания", "بريطانيا"),
    "GM": ("The Gambia",),
    "IR": ("Iran (Islamic Republic of)", "Islamic Republic of Iran"),
    "KP": ("DPRK", "Democratic People's Republic of Korea"),
    "KR": ("Korea", "Republic of Korea", "République de Corée", "República de Corea"),
    "LA": ("Lao PDR", "Lao People's Democratic Republic"),
    "MD": ("Republic of Moldova",),
    "MK": ("Macedonia",),
    "MM": ("Myanmar", "Burma"),
    "NL": ("The Netherlands", "Holland"),
    "PS": ("Palestine", "State of Palestine", "Palestina", "Палестина", "فلسطين", "巴勒斯坦"),
    "RU": ("Russian Federation", "Fédération de Russie", "Federación de Rusia", "Российская Федерация"),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey", "Turquie", "Turquía"),
    "TZ": ("United Republic of Tanzania",),
    "US": (
        "USA", "U.S.A.", "U.S.", "United States of America", "EE.UU.", "EEUU", "États-Unis d'Amérique",
        "Estados Unidos de América", "США", "Соединенные Штаты Америки",
        "الولايات المتحدة الأمريكية", "美利坚合众国",
    ),
    "VE": ("Venezuela (Bolivarian Republic of)",),
    "VN": ("Viet Nam",),
}  # fmt: skip
"""Names many people use that are not in the data."""


def code_of(said: str) -> str | None:
    """Return the code of the country that is meant, whatever the case, accents, apostrophes and points."""
    return _codes().get(_plain(said))


@cache
def _codes() -> dict[str, str]:
    known = names_in("en")
    codes = {_plain(name): code for code, names in COMMON.items() for name in names}
    for alias, meant in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(meant) == 1:
            codes[_plain(alias)] = meant[0]
    for lang in LANGUAGES:
        for code, name in names_in(lang).items():
            codes[_plain(name)] = codes[_plain(name.replace("&", " and "))] = code
    codes |= {_plain(code): code for code in known}
    return {name: code for name, code in codes.items() if code in known}


def _plain(said: str) -> str:
    return " ".join(WORD.findall(fold(APOSTROPHES.sub("", said))))

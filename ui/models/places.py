"""Places whose public holidays a client may keep, by the names people there give them."""

from __future__ import annotations

from receptionist.i18n import N_, _

_COUNTRIES = {"DE": N_("Germany"), "AT": N_("Austria"), "CH": N_("Switzerland")}
_PARTS = {
    "DE": (
        "BW Baden-Württemberg, BY Bayern, BE Berlin, BB Brandenburg, HB Bremen, HH Hamburg,"
        " HE Hessen, MV Mecklenburg-Vorpommern, NI Niedersachsen, NW Nordrhein-Westfalen,"
        " RP Rheinland-Pfalz, SL Saarland, SN Sachsen, ST Sachsen-Anhalt, SH Schleswig-Holstein,"
        " TH Thüringen"
    ),
    "AT": (
        "1 Burgenland, 2 Kärnten, 3 Niederösterreich, 4 Oberösterreich, 5 Salzburg, 6 Steiermark,"
        " 7 Tirol, 8 Vorarlberg, 9 Wien"
    ),
    "CH": (
        "AG Aargau, AR Appenzell Ausserrhoden, AI Appenzell Innerrhoden, BL Basel-Landschaft,"
        " BS Basel-Stadt, BE Bern, FR Freiburg, GE Genf, GL Glarus, GR Graubünden, JU Jura,"
        " LU Luzern, NE Neuenburg, NW Nidwalden, OW Obwalden, SH Schaffhausen, SZ Schwyz,"
        " SO Solothurn, SG St. Gallen, TI Tessin, TG Thurgau, UR Uri, VD Waadt, VS Wallis, ZG Zug,"
        " ZH Zürich"
    ),
}


def offered(chosen: str) -> list[tuple[object, str]]:
    """Nowhere, each country and each of its parts, and what is `chosen` though it is none."""
    rows: list[tuple[object, str]] = [("", _("No public holidays"))]
    for country, parts in _PARTS.items():
        rows.append((country, _("{country}, everywhere").format(country=_(_COUNTRIES[country]))))
        for part in parts.split(","):
            code, _space, name = part.strip().partition(" ")
            rows.append((f"{country}-{code}", f"{_(_COUNTRIES[country])}, {name}"))
    if chosen not in {place for place, _words in rows}:
        rows.append((chosen, chosen))
    return rows


def named(place: str) -> str:
    """A place as people name it: the country or its part."""
    words = dict(offered(place))[place]
    return words.rpartition(", ")[2] if "-" in place else words

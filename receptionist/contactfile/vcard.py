"""Contacts as vCards (RFC 2426, RFC 6350). The only importer of vobject.

Each card is handed to the library alone, so that one that is broken hinders no other.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from receptionist.i18n import _
from receptionist.model.contact import Contact, ContactNumber
from receptionist.model.contactpreview import ReadContact
from receptionist.model.number import normalised

_KEY = "X-RECEPTIONIST-KEY"
_BEGIN, _END = re.compile(r"BEGIN:VCARD\s*", re.I), re.compile(r"END:VCARD\s*", re.I)
_APPLE = re.compile(r"_\$!<(.*)>!\$_")
_TEXT = re.compile(
    r'^((?:[\w-]+\.)?(?:FN|NOTE|TITLE|ROLE|X-ABLABEL)(?:;(?:"[^"\n]*"|[^":\n])*)?:)'
    r"(.*(?:\n[ \t].*|(?<==)\n(?![\w.-]+[:;]).*)*)",
    re.I | re.M,
)
"""A text with what names it: over folded lines, and over the soft breaks of quoted-printable."""
_NAMED = re.compile(r"(?:[\w-]+\.)?([\w-]+)[;:]")
_READ = (
    *("BEGIN", "END", "VERSION", "FN", "N", "ORG", "TITLE", "ROLE", "TEL", "EMAIL", "NOTE"),
    *("X-ABLABEL", _KEY),
)
_COMMA = re.compile(r"\\(?:\n[ \t])?.|(,)")
_QUOTED_COMMA = re.compile(r"\\.|=5C(?:=\n)?(?:=[0-9A-F]{2}|.)|(,|=2C)", re.I)
_QUOTED = "QUOTED-PRINTABLE"
_LAST = 101
"""Behind every preference there is (RFC 6350 5.3)."""


def is_vcard(text: str) -> bool:
    """Whether a text begins as vCards do."""
    return bool(_BEGIN.match(text.lstrip()))


def read_vcards(text: str, region: str) -> tuple[ReadContact, ...]:
    """Each card of a text; national numbers are read in `region`."""
    return tuple(_read(line, card, region) for line, card in _cards(text))


def write_vcards(contacts: Iterable[Contact]) -> bytes:
    """The contacts as vCards 3.0, which every program reads."""
    return "".join(_written(one) for one in contacts).encode()


# ---- reading


def _cards(text: str) -> Iterator[tuple[int, str]]:
    """The cards with the numbers of their first lines; one without an end goes to the next."""
    begun = 0
    rows: list[str] = []
    for number, row in enumerate(re.split("\r\n|\r|\n", text), start=1):
        if _BEGIN.fullmatch(row):
            if begun:
                yield begun, "\r\n".join(rows)
            begun, rows = number, []
        if begun:
            rows.append(row)
        if begun and _END.fullmatch(row):
            yield begun, "\r\n".join(rows)
            begun = 0
    if begun:
        yield begun, "\r\n".join(rows)


def _read(line: int, text: str, region: str) -> ReadContact:
    import vobject  # takes a tenth of a second, and few starts need it

    quoted = _QUOTED in text.upper()
    try:
        if not _END.fullmatch(text.rsplit("\r\n", 1)[-1]):
            return ReadContact(line=line, fault=_("This card has no end (END:VCARD)."))
        card = vobject.readOne(_with_commas(_wanted(text)), allowQP=quoted)
        return _contact(line, card, region)
    except Exception as error:  # vobject lets whatever its parsers raise through
        message = _("This card cannot be read: {why}.")
        why = " ".join(str(error).split())[:120].rstrip(".") or type(error).__name__
        return ReadContact(line=line, fault=message.format(why=why))


def _wanted(card: str) -> str:
    """The properties that are read here. A broken picture or address hinders nobody."""
    return "\r\n".join(
        _with_charset(one) for one in _properties(card) if _name_of(one) in (*_READ, "")
    )


def _properties(card: str) -> Iterator[str]:
    """Each property with the rows that go on with it."""
    found: list[str] = []
    for row in card.split("\r\n"):
        goes_on = row[:1] in (" ", "\t") or not _NAMED.match(row)
        if found and (goes_on or _is_soft(found)):
            found.append(row)
            continue
        if found:
            yield "\r\n".join(filter(str.strip, found))
        found = [row]
    yield "\r\n".join(filter(str.strip, found))


def _is_soft(rows: list[str]) -> bool:
    """Whether the last row says that it goes on (RFC 2045 6.7)."""
    return rows[-1].endswith("=") and _QUOTED in rows[0].partition(":")[0].upper()


def _name_of(text: str) -> str:
    named = _NAMED.match(text)
    return named[1].upper() if named else ""


def _with_charset(text: str) -> str:
    """Old programs write in the letters of their system, and do not say so."""
    head, _colon, value = text.partition(":")
    if _QUOTED not in head.upper() or "CHARSET" in head.upper():
        return text
    try:
        quopri.decodestring(value.encode()).decode()
    except UnicodeDecodeError:
        return f"{head};CHARSET=windows-1252:{value}"
    return text


def _with_commas(card: str) -> str:
    """Texts with their commas escaped: many programs write them bare, and vobject ends there."""

    def escaped(text: re.Match[str]) -> str:
        commas = _QUOTED_COMMA if _QUOTED in text[1].upper() else _COMMA
        return text[1] + commas.sub(lambda one: f"\\{one[1]}" if one[1] else one[0], text[2])

    return _TEXT.sub(escaped, card.replace("\r\n", "\n")).replace("\n", "\r\n")


def _contact(line: int, card: Any, region: str) -> ReadContact:
    found = card.contents
    name = _first(found.get("fn", ())) or _name(found) or _organisation(found)
    if not name:
        return ReadContact(line=line, fault=_("The name is missing."))
    return ReadContact(
        line=line,
        key=_first(found.get(_KEY.lower(), ())),
        name=name,
        role=(_first(found.get("title", ())) or _first(found.get("role", ()))) or None,
        numbers=tuple(_numbers(found, region)) or None,
        email=_first(_preferred(found.get("email", ()))) or None,
        note="\n".join(_texts(found.get("note", ()))) or None,
    )


def _texts(lines: Iterable[Any]) -> list[str]:
    return [text for line in lines if (text := str(line.value).replace("\r\n", "\n").strip())]


def _first(lines: Iterable[Any]) -> str:
    return next(iter(_texts(lines)), "")


def _name(found: dict[str, Any]) -> str:
    for line in found.get("n", ()):
        parts = (line.value.given, line.value.family)
        names = [" ".join(one) if isinstance(one, list) else str(one) for one in parts if one]
        return " ".join(names).strip()
    return ""


def _organisation(found: dict[str, Any]) -> str:
    for line in found.get("org", ()):
        parts = line.value if isinstance(line.value, list) else [line.value]
        return ", ".join(str(one) for one in parts if one).strip()
    return ""


def _preferred(lines: Sequence[Any]) -> list[Any]:
    return sorted(lines, key=_preference)


def _preference(line: Any) -> int:
    if "PREF" in (kind.upper() for kind in _kinds(line)):
        return 0
    said = str(next(iter(line.params.get("PREF", ())), ""))
    return int(said) if said.isdecimal() else _LAST


def _is_fax(line: Any) -> bool:
    """Nobody is called there first."""
    return "FAX" in (kind.upper() for kind in _kinds(line))


def _kinds(line: Any) -> list[str]:
    """The types of a property, also `TYPE="voice,cell"` and a bare `CELL` (vCard 2.1)."""
    said = [one for kinds in line.params.get("TYPE", ()) for one in str(kinds).split(",")]
    return [*said, *getattr(line, "singletonparams", ())]


def _numbers(found: dict[str, Any], region: str) -> Iterator[ContactNumber]:
    labels = {line.group: str(line.value) for line in found.get("x-ablabel", ()) if line.group}
    known = set()
    for line in sorted(_preferred(found.get("tel", ())), key=_is_fax):
        number = normalised(re.sub(r"(?i)^tel:|;.*$", "", str(line.value).strip()), region)
        if number and number not in known:
            known.add(number)
            label = _APPLE.sub(r"\1", labels.get(line.group, "")) if line.group else ""
            yield ContactNumber(number=number, label=label or _label(_kinds(line)))


def _label(kinds: Iterable[str]) -> str:
    words = {"cell": _("Mobile"), "fax": _("Fax"), "work": _("Work"), "home": _("Home")}
    here = {kind.lower() for kind in kinds}
    return next((words[kind] for kind in words if kind in here), "")


# ---- writing


def _written(contact: Contact) -> str:
    import vobject  # as above

    card = vobject.vCard()
    card.add("n").value = vobject.vcard.Name(family=contact.name)
    card.add("fn").value = contact.name
    card.add(_KEY).value = contact.key
    for name, text in (("title", contact.role), ("email", contact.email), ("note", contact.note)):
        if text:
            card.add(name).value = text
    for place, one in enumerate(contact.numbers, start=1):
        line = card.add("tel")
        line.value = one.number
        if place == 1:
            line.params["TYPE"] = ["pref"]
        if one.label:
            label = card.add("x-ablabel")
            label.value = one.label
            line.group = label.group = f"item{place}"
    return str(card.serialize())

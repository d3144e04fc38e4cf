"""Contacts as a table that spreadsheets read and write (RFC 4180 with their habits)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model.contact import Contact, ContactNumber
from receptionist.model.contactpreview import ReadContact
from receptionist.model.number import normalised, shown
from receptionist.model.sought import folded

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEADS = {
    "key": ("key", "schlüssel"),
    "name": ("name", "anzeigename", "display name", "full name", "vollständiger name"),
    "given": ("vorname", "first name", "given name"),
    "family": ("nachname", "last name", "family name", "surname"),
    "role": (
        *("role", "funktion", "rolle", "position", "title", "job title", "abteilung"),
        "organization title",
    ),
    "email": (
        *("email", "e-mail", "mail", "e-mail-adresse", "e-mail address", "email address"),
        "e-mail 1 - value",
    ),
    "note": ("note", "notes", "notiz", "notizen", "bemerkung", "bemerkungen", "hinweis"),
}
_COLUMNS = {folded(head): column for column, heads in _HEADS.items() for head in heads}
_NUMBER = re.compile(
    r"(?:.*[ -])?(?:tele(?:f|ph)on\w*|phone|tel|mob\w*|handy\w*|(?:tele)?fax\w*|rufnummer"
    r"|durchwahl)\b.*|(?:nummer|number) ?\d*"
)
_PLAIN_NUMBER = re.compile(r"(?:telefon|phone|tel\.?|number|nummer|rufnummer|telefonnummer) ?\d*")
_LABEL = re.compile(r"(?:label|bezeichnung) ?\d*")
_LABEL_BEFORE = re.compile(r"phone \d+ - (?:label|type)")
"""Google's, whose cells may hold several values."""
_NEXT = ":::"


@dataclass(frozen=True, slots=True)
class _Number:
    """Where a number stands, and what it is called: by a column of its own, or by its heading."""

    column: int
    label: str = ""
    label_column: int | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    columns: Mapping[str, int]
    numbers: Sequence[_Number]


def read_table(text: str, region: str) -> tuple[ReadContact, ...]:
    """Each row of a table whose first row has the headings, in German or English.

    Cells are parted by the one of `;`, `,` and tab that the headings have most of. `BadInput` when
    there is no column of names.
    """
    rows = _rows(text)
    head = next((row for _line, row in rows if any(row) and not _says_separator(row)), [])
    columns = _head(head)
    return tuple(_contact(line, row, columns, region) for line, row in rows if any(row))


def write_table(contacts: Iterable[Contact]) -> bytes:
    """The contacts with semicolons and a byte order mark, as German spreadsheets want them."""
    every = list(contacts)
    most = max((len(one.numbers) for one in every), default=0)
    heads = [f"{word} {place}" for place in range(1, most + 1) for word in ("number", "label")]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(["key", "name", "role", "email", "note", *heads])
    for one in every:
        pairs = [text for n in one.numbers for text in (shown(n.number), n.label)]
        texts = (one.key, one.name, one.role, one.email, one.note, *pairs)
        writer.writerow(list(map(_defused, texts)))
    return file.getvalue().encode("utf-8-sig")


# ---- cells


def _defused(text: str) -> str:
    """No spreadsheet takes it for a formula; `_fused` takes the apostrophe off again."""
    return f"'{text}" if text.lstrip("'").lstrip().startswith(_FORMULA) else text


def _fused(text: str) -> str:
    quoted = text.startswith("'") and text.lstrip("'").lstrip().startswith(_FORMULA)
    return text[1:] if quoted else text


# ---- rows


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = 1
    try:
        for row in reader:
            yield line, [_fused(cell.replace("\r\n", "\n")).strip() for cell in row]
            line = reader.line_num + 1
    except csv.Error as error:
        message = _("This table cannot be read: {why}.")
        raise BadInput(message.format(why=error), line=line) from None


def _delimiter(text: str) -> str:
    lines = (line for line in text.splitlines() if line.strip() and not _says_separator([line]))
    head = re.sub(r'"[^"]*"', "", next(lines, ""))
    return max(";,\t", key=head.count)


def _says_separator(row: Sequence[str]) -> bool:
    """Whether it is the first line `sep=;`, which spreadsheets write for themselves."""
    return row[0].strip('"').casefold().startswith("sep=")


def _head(row: Sequence[str]) -> _Head:
    columns: dict[str, int] = {}
    numbers: list[_Number] = []
    heads = [folded(cell) for cell in row]
    for place, head in enumerate(heads):
        if head in _COLUMNS:
            columns.setdefault(_COLUMNS[head], place)
        elif _NUMBER.fullmatch(head) and not _LABEL_BEFORE.fullmatch(head):
            beside = _beside(heads, place)
            name = "" if beside is not None or _PLAIN_NUMBER.fullmatch(head) else row[place]
            numbers.append(_Number(place, name, beside))
    if not columns.keys() & {"name", "given", "family"}:
        message = _("There is no column “name”. The first line has the headings, such as: {heads}")
        raise BadInput(message.format(heads="name; number; label; email"), line=1)
    numbers.sort(key=lambda one: "fax" in folded(one.label))  # nobody is called there first
    return _Head(columns, numbers)


def _beside(heads: Sequence[str], place: int) -> int | None:
    """The column with what the number in `place` is called."""
    if place + 1 < len(heads) and _LABEL.fullmatch(heads[place + 1]):
        return place + 1
    return place - 1 if place and _LABEL_BEFORE.fullmatch(heads[place - 1]) else None


def _contact(line: int, row: Sequence[str], head: _Head, region: str) -> ReadContact:
    def cell(column: str) -> str:
        place = head.columns.get(column, len(row))
        return row[place] if place < len(row) else ""

    name = cell("name") or f"{cell('given')} {cell('family')}".strip()
    if not name:
        return ReadContact(line=line, fault=_("The name is missing."))
    return ReadContact(
        line=line,
        key=cell("key"),
        name=name,
        role=cell("role") or None,
        numbers=tuple(_numbers(row, head, region)) or None,
        email=cell("email").split(_NEXT)[0].strip() or None,
        note=cell("note") or None,
    )


def _numbers(row: Sequence[str], head: _Head, region: str) -> Iterator[ContactNumber]:
    known = set()
    for one in head.numbers:
        cell = row[one.column] if one.column < len(row) else ""
        beside = one.label_column
        label = row[beside] if beside is not None and beside < len(row) else one.label
        for raw in cell.split(_NEXT):
            number = normalised(raw, region)
            if number and number not in known:
                known.add(number)
                yield ContactNumber(number=number, label=label)

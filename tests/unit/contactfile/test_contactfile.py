"""Contacts come in from what other programs write, and go out so that they come in again."""

from __future__ import annotations

import contextlib
import unicodedata
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from receptionist import contactfile
from receptionist.desk.faults import free_key
from receptionist.errors import BadInput
from receptionist.model.contact import Contact, ContactNumber
from receptionist.model.contactpreview import Outcome, Preview, ReadContact, previewed
from receptionist.model.plain import harmful

HERE = uuid4()
ANNA = Contact(
    id=uuid4(),
    client_id=HERE,
    key="anna",
    name="Anna Müster",
    role="Inhaberin",
    numbers=(
        ContactNumber(number="+491713920001", label="Mobil"),
        ContactNumber(number="+493023125001"),
    ),
    email="anna@praxis.example",
    note="Nur bis 18 Uhr;\nsonst Bernd, \\ oder.",
)


def read(text: str, encoding: str = "utf-8") -> tuple[ReadContact, ...]:
    return contactfile.read(text.encode(encoding), "DE")


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def preview(found: tuple[ReadContact, ...], *contacts: Contact) -> Preview:
    return previewed(found, contacts, HERE, free_key, lambda one: "" if one.numbers else "leer")


# ---- vCard


def test_a_card_of_a_telephone() -> None:
    (one,) = read(
        card(
            "N:Müster;Anna;;Dr.;",
            "FN:Dr. Anna Müster",
            "ORG:Praxis Müster;Empfang",
            "TITLE:Ärztin",
            "TEL;TYPE=HOME,VOICE:030 23125-001",
            "TEL;TYPE=CELL;TYPE=pref:+49 171 3920001",
            "EMAIL;TYPE=INTERNET:anna@praxis.example",
            "NOTE:Zeile eins\\nZeile zwei\\, mit Komma",
        )
    )
    assert one == ReadContact(
        line=1,
        name="Dr. Anna Müster",
        role="Ärztin",
        numbers=(
            ContactNumber(number="+491713920001", label="Mobile"),
            ContactNumber(number="+493023125001", label="Home"),
        ),
        email="anna@praxis.example",
        note="Zeile eins\nZeile zwei, mit Komma",
    )


def test_a_card_of_version_4() -> None:
    (one,) = read(
        card(
            "FN:Anna",
            'TEL;VALUE=uri;TYPE="voice,work";PREF=2:tel:+49-30-23125-001;ext=7',
            "TEL;VALUE=uri;TYPE=cell;PREF=1:tel:+49-171-3920001",
            "EMAIL;PREF=2:b@praxis.example",
            "EMAIL;PREF=1:a@praxis.example",
            version="4.0",
        )
    )
    assert one.numbers == (
        ContactNumber(number="+491713920001", label="Mobile"),
        ContactNumber(number="+493023125001", label="Work"),
    )
    assert one.email == "a@praxis.example"


def test_a_card_of_an_old_program() -> None:
    """vCard 2.1: bare types and quoted-printable."""
    (one,) = read(
        card(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCster;Anna",
            "TEL;CELL:01713920001",
            version="2.1",
        )
    )
    assert (one.name, one.numbers) == (
        "Anna Müster",
        (ContactNumber(number="+491713920001", label="Mobile"),),
    )


def test_labels_of_ones_own_and_folded_lines() -> None:
    (one,) = read(
        card(
            "FN:Zentrale der",
            "  Praxis",
            "item1.TEL:+493023125001",
            "item1.X-ABLabel:Empfang\\, Tag",
            "item2.TEL:+493023125002",
            "item2.X-ABLabel:_$!<Work>!$_",
        )
    )
    assert one.name == "Zentrale der Praxis"
    assert [n.label for n in one.numbers or ()] == ["Empfang, Tag", "Work"]


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
def test_commas_that_nobody_escaped_cut_nothing_off(version: str) -> None:
    (one,) = read(
        card(
            "FN;CHARSET=UTF-8:Muster, Erika",
            "TITLE:Einkauf\\, Lager, Versand",
            "TEL;TYPE=WORK,VOICE:030 23125001",
            "item1.NOTE:Erst klingeln, dann",
            "  warten, a\\\\, b\\",
            " , c",
            version=version,
        )
    )
    assert (one.name, one.role) == ("Muster, Erika", "Einkauf, Lager, Versand")
    assert one.note == "Erst klingeln, dann warten, a\\, b, c"
    assert one.numbers == (ContactNumber(number="+493023125001", label="Work"),)


def test_commas_in_quoted_printable() -> None:
    (one,) = read(
        card(
            "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCster=2C=20Anna, Dr.",
            "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Hintert=C3=BCr, =",
            "zweimal, klingeln=5C=2C bitte",
            "TEL;WORK;FAX:030 23125001",
            "TEL;WORK:030 23125002",
            version="2.1",
        )
    )
    assert one.name == "Müster, Anna, Dr."
    assert one.note == "Hintertür, zweimal, klingeln, bitte"
    assert [n.label for n in one.numbers or ()] == ["Work", "Fax"]


def test_a_broken_card_hinders_no_other_and_says_where() -> None:
    good = card("FN:Anna", "TEL:110")
    found = read(
        good
        + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ohne Ende\r\n"
        + card("TEL +49")
        + card("NOTE:x")
        + good
    )
    assert [(one.line, bool(one.fault)) for one in found] == [
        *((1, False), (6, True), (9, True), (13, True), (17, False))
    ]
    assert "END:VCARD" in found[1].fault
    assert "TEL +49" in found[2].fault
    assert found[3].fault == "The name is missing."


def test_an_organisation_without_people() -> None:
    (one,) = read(card("N:;;;;", "FN:", "ORG:Praxis Müster;Empfang"))
    assert one.name == "Praxis Müster, Empfang"


# ---- tables


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_table_in_any_encoding(encoding: str, delimiter: str) -> None:
    text = "Name|Funktion|Telefon|Mobil|E-Mail\r\nAnna Müster|Ärztin|030 23125001|0171/3920001|\r\n"
    (one,) = read(text.replace("|", delimiter), encoding)
    assert one == ReadContact(
        line=2,
        name="Anna Müster",
        role="Ärztin",
        numbers=(
            ContactNumber(number="+493023125001"),
            ContactNumber(number="+491713920001", label="Mobil"),
        ),
    )


def test_first_and_last_names_and_lines_in_cells() -> None:
    found = read(
        'Vorname,Nachname,Business Phone,Notes\nAnna,Muster,+49 30 23125001,"eins\nzwei, drei"\n'
        "\n,,,\n,,030 23125002,\nBernd,,,\n"
    )
    assert [(one.line, one.name, one.fault) for one in found] == [
        (2, "Anna Muster", ""),
        (6, "", "The name is missing."),
        (7, "Bernd", ""),
    ]
    assert found[0].note == "eins\nzwei, drei"
    assert found[0].numbers == (ContactNumber(number="+493023125001", label="Business Phone"),)


def test_other_numbers_are_nobodys_telephone_and_a_fax_comes_last() -> None:
    heads = "Name;Kundennummer;Hausnummer;Government ID Number;Fax geschäftlich;Rufnummer"
    (one,) = read(f"{heads};Handynummer\nAnna;10023;12;7;030 23125001;030 23125002;0171 3920001\n")
    assert [n.label for n in one.numbers or ()] == ["", "Handynummer", "Fax geschäftlich"]


def test_a_table_of_google() -> None:
    heads = "First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label"
    (one,) = read(
        f"{heads},Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\n"
        "Anna,Muster,Work,a@b.example,Mobile,0171 3920001,Work,030 23125001 ::: 030 23125002\n"
    )
    assert one.email == "a@b.example"
    assert [(n.number, n.label) for n in one.numbers or ()] == [
        ("+491713920001", "Mobile"),
        ("+493023125001", "Work"),
        ("+493023125002", "Work"),
    ]


def test_lines_before_the_headings() -> None:
    for before in ("sep=,\n", '"sep=,"\r\n', "\n\n"):
        (one,) = read(f"{before}name,telefon\nMuster; Anna,030 23125001\n")
        assert one.name == "Muster; Anna"


def test_a_table_without_names_is_refused() -> None:
    for text in ("Telefon;Mail\n030;a@b.example\n", "\x01"):
        with pytest.raises(BadInput, match="no column “name”"):
            read(text)


def test_formulas_go_out_defused() -> None:
    out = contactfile.write_table([replace(ANNA, name="=1+1", note="'-x")])
    assert b"'=1+1" in out
    assert b"''-x" in out
    assert b"'+49 171 3920001" in out
    (back,) = contactfile.read(out, "DE")
    assert (back.name, back.note) == ("=1+1", "'-x")


# ---- what an import would do


def test_new_changed_same_and_unreadable() -> None:
    bernd = replace(ANNA, id=uuid4(), key="bernd", name="Bernd")
    text = (
        "key;name;role;number\n"
        "anna;Anna Muster;;\n"
        ";BERND;;0171 3920001\n"
        ";Chris;;110\n"
        ";Dora;;\n"
        ";;;110\n"
    )
    found = preview(read(text), ANNA, bernd)
    assert [(one.line, one.outcome, one.fields) for one in found.entries] == [
        (2, Outcome.CHANGED, ("name",)),
        (3, Outcome.CHANGED, ("name", "numbers")),
        (4, Outcome.NEW, ()),
        (5, Outcome.UNREADABLE, ()),
        (6, Outcome.UNREADABLE, ()),
    ]
    assert found.count(Outcome.CHANGED) == 2
    assert [one.reason for one in found.entries[3:]] == ["leer", "The name is missing."]
    assert found.changes[0] == (ANNA, replace(ANNA, name="Anna Muster"))
    (_none, chris) = found.changes[2]
    assert (chris.key, chris.client_id) == ("chris", HERE)


def test_two_entries_of_one_contact_follow_each_other() -> None:
    found = preview(read("name;number;role\nAnna;110;\nanna;;Chefin\nAnna;;Chefin\n"))
    outcomes = [one.outcome for one in found.entries]
    assert outcomes == [Outcome.NEW, Outcome.CHANGED, Outcome.CHANGED]
    assert found.changes[1][0] == found.changes[0][1]


# ---- there and back again

letters = st.characters(exclude_categories=["Cs", "Cc"]).filter(lambda c: not harmful(c))


def words(minimum: int = 0, lines: bool = False) -> st.SearchStrategy[str]:
    alphabet = st.one_of(letters, st.sampled_from(list("\\;,:'\"=+-@.ß") + ["\n"] * lines))
    return (
        st.text(alphabet, min_size=minimum, max_size=90)
        .map(_tidy)
        .filter(lambda text: len(text) >= minimum)
    )


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().split("\n")).strip()


numbers = st.lists(
    st.builds(
        ContactNumber,
        number=st.integers(1, 999).map(lambda n: f"+493023125{n:03d}"),
        label=words(),
    ),
    max_size=3,
    unique_by=lambda one: one.number,
).map(tuple)
contacts = st.builds(
    Contact,
    id=st.uuids(),
    client_id=st.just(HERE),
    key=st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True),
    name=words(1),
    role=words(),
    numbers=numbers,
    email=st.sampled_from(["", "a@praxis.example"]),
    note=words(lines=True),
)
books = st.lists(contacts, max_size=4, unique_by=lambda one: one.key)


@settings(max_examples=60)
@given(books)
def test_a_table_comes_in_as_it_went_out(book: list[Contact]) -> None:
    _same(contactfile.write_table(book), book)


@settings(max_examples=60)
@given(books)
def test_cards_come_in_as_they_went_out(book: list[Contact]) -> None:
    if book:
        _same(contactfile.write_vcards(book), book)


def _same(content: bytes, book: list[Contact]) -> None:
    found = previewed(contactfile.read(content, "DE"), book, HERE, free_key, lambda _one: "")
    assert [(one.outcome, one.fields, one.reason) for one in found.entries] == [
        (Outcome.SAME, (), "") for _one in book
    ]
    assert [one.contact for one in found.entries] == book


@settings(max_examples=40)
@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))
    ),
    st.booleans(),
)
def test_nothing_that_is_read_is_a_crash(content: bytes, as_card: bool) -> None:
    head = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\n" if as_card else b"name;number\r\n"
    tail = b"\r\nEND:VCARD\r\n" if as_card else b""
    with contextlib.suppress(*(() if as_card else (BadInput,))):
        contactfile.read(head + content + tail, "DE")


def test_another_reader_understands_the_cards() -> None:
    found: Any = vobject.readOne(contactfile.write_vcards([ANNA]).decode())
    assert found.fn.value == ANNA.name
    assert [line.value for line in found.contents["tel"]] == [n.number for n in ANNA.numbers]
    assert unicodedata.normalize("NFC", found.note.value) == ANNA.note

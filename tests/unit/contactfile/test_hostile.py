"""Files as other programs really write them, and as nobody should: never a crash, always a word."""

from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from receptionist import contactfile
from receptionist.errors import BadInput
from receptionist.model.contactpreview import ReadContact

OUTLOOK = """BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=de:Müller;Jörg;;Dr.
FN:Dr. Jörg Müller
ORG:Praxis am Ring;Empfang
TITLE;ENCODING=QUOTED-PRINTABLE:Gesch=E4ftsf=FChrer
NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Erste Zeile=0D=0AStra=C3=
=9Fe 2
TEL;WORK;VOICE:+49 30 23125-012
TEL;CELL;VOICE:0171 3920033
ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Stra=DFe 1=0D=0A=
Hinterhof: links;Berlin;;10115;Deutschland
EMAIL;PREF;INTERNET:joerg@praxis.example
PHOTO;TYPE=JPEG;ENCODING=BASE64:
 /9j/4AAQSkZJRgABAQEAYABgAAD

REV:20270101T120000Z
END:VCARD
"""
GOOGLE = """BEGIN:VCARD
VERSION:3.0
FN:Dr. Jörg Müller
N:Müller;Jörg;;Dr.;
item1.EMAIL;TYPE=INTERNET:joerg@praxis.example
item1.X-ABLabel:
TEL;TYPE="voice,cell":0171 3920033
NOTE:Hallo\\, Welt\\nzweite
CATEGORIES:myContacts
END:VCARD
"""
APPLE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iOS 17.0//EN
N:Müller;Jörg;;Dr.;
FN:Dr. Jörg
  Müller
item1.TEL;type=pref:0171 3920033
item1.X-ABLabel:_$!<Mobile>!$_
item2.ADR;type=HOME:;;Am Park 3\\, Hof;Berlin;;10115;DE
EMAIL;type=INTERNET;type=pref:joerg@praxis.example
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ
 SkZJRgAB
END:VCARD
"""
GOOGLE_TABLE = """Name,Notes,Phone 1 - Type,Phone 1 - Value,E-mail 1 - Value
Dr. Jörg Müller,"zwei
Zeilen",Mobile,0171 3920033 ::: 030 23125016,joerg@praxis.example
"""
OUTLOOK_TABLE = """"Vorname";"Nachname";"Mobiltelefon";"E-Mail-Adresse"
"Dr. Jörg";"Müller";"0171 3920033";"joerg@praxis.example"
"""
THUNDERBIRD = """First Name,Last Name,Display Name,Email,Work Phone,Fax Number
Jörg,Müller,Dr. Jörg Müller,joerg@praxis.example,0171 3920033,030 23125 019
"""
FILES = (OUTLOOK, GOOGLE, APPLE, GOOGLE_TABLE, OUTLOOK_TABLE, THUNDERBIRD)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")


@pytest.mark.parametrize("text", FILES)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_other_programs_write_is_read(text: str, encoding: str, ending: str) -> None:
    (one,) = contactfile.read(text.replace("\n", ending).encode(encoding), "DE")
    assert (one.fault, one.name, one.email) == ("", "Dr. Jörg Müller", "joerg@praxis.example")
    assert "+491713920033" in [number.number for number in one.numbers or ()]


def test_of_an_old_program_texts_are_read_and_what_is_not_read_breaks_nothing() -> None:
    (one,) = contactfile.read(OUTLOOK.encode("cp1252"), "DE")
    assert (one.role, one.note) == ("Geschäftsführer", "Erste Zeile\nStraße 2")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"PK\x03\x04\x14\x00\x06\x00", "Save the contacts as vCard or as CSV"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "Save the contacts as vCard or as CSV"),
        (b"Telefon;Mail\n030;a@b.example\n", "The first line has the headings"),
        (b"%PDF-1.7\n1 0 obj", "The first line has the headings"),
    ],
)
def test_what_is_no_such_file_is_said_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        contactfile.read(content, "DE")


PIECES = st.sampled_from(
    [
        *("=", "=3D", "=C3", "=\r\n", ";", "\\", '"', ",", "\0", "\ufeff", "\t", "\r", "\n ", " "),
        *("END:VCARD\n", "BEGIN:VCARD\n", "VERSION:9.9\n", "N:;;;;\n", "FN:\n", "ORG:;;;\n"),
        *("TEL:\n", f"TEL:+{'9' * 400}\n", "ENCODING=b", "CHARSET=klingon:", "item1.", "\u2028"),
        *("PREF=99999999999999999999", "PREF=²", "AGENT:BEGIN:VCARD\n", "X-ABLABEL:a\n", "sep=\n"),
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(FILES), st.sampled_from(ENCODINGS), st.data())
def test_whatever_happens_to_a_file_every_entry_has_a_name_or_a_fault(
    text: str, encoding: str, data: st.DataObject
) -> None:
    for _change in range(data.draw(st.integers(0, 5))):
        at = data.draw(st.integers(0, len(text)))
        until = at + data.draw(st.integers(0, 30))
        text = text[:at] + data.draw(PIECES | st.just(text[at:until] * 2)) + text[until:]
    content = bytearray(text.encode(encoding, "replace"))
    for place in data.draw(st.lists(st.integers(0, max(0, len(content) - 1)), max_size=4)):
        if content:
            content[place] ^= data.draw(st.integers(1, 255))
    found: tuple[ReadContact, ...] = ()
    with contextlib.suppress(BadInput):
        found = contactfile.read(bytes(content[: data.draw(st.integers(0, 4000))]), "DE")
    assert all(one.name or one.fault for one in found)
    assert all(one.line > 0 for one in found)


@pytest.mark.soak
def test_ten_thousand_cards_are_read_and_the_broken_ones_named() -> None:
    chance = random.Random(1)
    broken = set(chance.sample(range(10_000), 100))
    cards = [
        f"BEGIN:VCARD\r\nVERSION:3.0\r\n{'FN:' if n not in broken else 'X:'}Max {n}\r\n"
        f"TEL:030 23125 {n % 1000:03}\r\nEND:VCARD\r\n"
        for n in range(10_000)
    ]
    found = contactfile.read("".join(cards).encode(), "DE")
    assert len(found) == 10_000
    assert {n for n, one in enumerate(found) if one.fault} == broken

"""Contacts, who is on call, what is known, who calls, and spelling, by command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from receptionist.cli.arguments import parser
from receptionist.cli.door import COMMANDS
from receptionist.errors import BadInput
from receptionist.model.client import Client
from receptionist.model.contact import Contact, ContactNumber
from receptionist.model.rota import OnCallRota, Shift
from tests.unit.cli.conftest import Terminal
from tests.unit.desk.test_people import answer

TABLE = "Name;Mobil;E-Mail\nAnna Müster;0171 3920001;anna@praxis.example\n;110;\nBernd;110;bernd\n"


def painter(terminal: Terminal) -> Client:
    return terminal.bench.painter


def payload(terminal: Terminal, *words: str) -> Any:
    return terminal.type(*words)["payload"]


def test_contacts_come_in_after_a_preview_and_go_out_again(
    terminal: Terminal, tmp_path: Path
) -> None:
    source = tmp_path / "Kontakte.csv"
    source.write_bytes(TABLE.encode("cp1252"))
    shown = terminal.says("contacts", "painter", "--import", str(source))
    assert "Line 2  new  Anna Müster" in shown
    assert "Line 3  not readable    The name is missing." in shown
    assert "Line 4  not readable  Bernd  “bernd” is no e-mail address." in shown
    assert "Nothing was written" in shown
    assert terminal.says("contacts", "painter") == "There are no contacts."
    assert "written now" in terminal.says("contacts", "painter", "--import", str(source), "--write")
    said = terminal.says("contacts", "painter")
    assert said.startswith("anna-muester  Anna Müster    +49 171 3920001 Mobil")
    assert "Anna Müster can be reached." in said
    for name in ("a.vcf", "a.csv"):
        target = tmp_path / name
        assert "1 contact is in" in terminal.says("contacts", "painter", "--export", str(target))
        again = payload(terminal, "contacts", "painter", "--import", str(target))
        assert [one["outcome"] for one in again["entries"]] == ["same"]
    typed = parser(tuple(COMMANDS.values())).parse_args(
        ["contacts", "painter", "--export", "a.txt"]
    )
    with pytest.raises(BadInput, match=r"must end with \.vcf"):
        COMMANDS["contacts"].request(typed)


def test_what_a_contact_says(terminal: Terminal) -> None:
    bench = terminal.bench
    anna = Contact(
        id=uuid4(),
        client_id=painter(terminal).id,
        key="anna",
        name="Anna",
        numbers=(ContactNumber(number="+493023125001"),),
    )
    answer(bench, bench.desk.people.contacts.save, None, anna)
    words = ("--says", "anna", "--reach", "urgent", "--until", "2027-01-11T15:00")
    (one,) = payload(terminal, "contacts", "painter", *words)["contacts"]
    assert (one["reach"], one["why"]) == ("urgent", "said")
    assert one["again"] == "2027-01-11T15:00:00+01:00"
    (one,) = payload(terminal, "contacts", "painter", "--says", "anna", "--reach", "usual")[
        "contacts"
    ]
    assert one["reach"] == "yes"
    assert "no contact “bernd”" in terminal.says("contacts", "painter", "--says", "bernd")
    assert "is no time" in terminal.says(
        "contacts", "painter", "--says", "anna", "--until", "morgen"
    )
    assert "is no time" in terminal.says(
        "contacts", "painter", "--says", "anna", "--until", "25:00"
    )


def test_who_is_on_call(terminal: Terminal) -> None:
    bench = terminal.bench
    assert terminal.says("on-call", "painter") == "Nobody is on call."
    anna = Contact(id=uuid4(), client_id=painter(terminal).id, key="anna", name="Anna")
    answer(bench, bench.desk.people.contacts.save, None, anna)
    rota = OnCallRota(
        id=uuid4(), client_id=anna.client_id, key="nacht", name="Nacht", fallbacks=("anna",)
    )
    rota = answer(bench, bench.desk.people.rotas.save, None, rota)
    found = payload(terminal, "on-call", "painter", "--at", "2027-01-12T12:00")
    assert [one["key"] for one in found["asked"]] == ["anna"]
    (gap,) = found["rotas"][0]["gaps"]
    assert gap["to"] == "2027-01-18T09:00:00+01:00"
    every = replace(rota, shifts=(Shift(contacts=("anna",)),))
    answer(bench, bench.desk.people.rotas.save, rota, every)
    said = terminal.says("on-call", "painter", "--rota", "nacht")
    assert "There is no number of Anna." in said
    assert "Nobody" not in said
    assert "no on-call rota “tag”" in terminal.says("on-call", "painter", "--rota", "tag")


def test_what_is_known(terminal: Terminal) -> None:
    terminal.says("knowledge", "painter", "--add", "Parken?", "--text", "Im Hof.")
    said = terminal.says("knowledge", "painter", "HOF")
    assert said.endswith("Parken?\n    Im Hof.")
    assert terminal.says("knowledge", "lawyer") == "Nothing is known of that."
    (one,) = payload(terminal, "knowledge", "painter")["entries"]
    assert terminal.says("knowledge", "painter", "--remove", one["id"][:8]) == (
        "Nothing is known of that."
    )
    assert "No single entry" in terminal.says("knowledge", "painter", "--remove", "zz")


def test_who_calls(terminal: Terminal) -> None:
    number, other = "0171 3920001", "030 23125001"
    assert "by a number" in terminal.says("callers", "painter", "--vip", "yes")
    words = ("--name", "Erika Muster", "--vip", "yes", "--note", "Siezen.")
    assert terminal.says("callers", "painter", number, *words) == (
        "+49 171 3920001  Erika Muster  important\n    Siezen."
    )
    assert terminal.says("callers", "painter", number, "--note", "") == (
        "+49 171 3920001  Erika Muster  important"
    )
    said = terminal.says("callers", "painter", other, "--same-as", number, "--leave", "Es klappt.")
    assert said.splitlines()[0] == "+49 171 3920001, +49 30 23125001  Erika Muster  important"
    assert "To be told: Es klappt." in said
    assert "To be told" not in terminal.says("callers", "painter", number, "--told")
    terminal.says("callers", "painter", other, "--part", "--blocked", "yes")
    assert len(payload(terminal, "callers", "painter")["callers"]) == 2
    assert terminal.says("callers", "painter", other) == (
        "+49 30 23125001    not to be put through"
    )
    assert terminal.says("callers", "lawyer", number) == "There is no such caller."


def test_spelling(terminal: Terminal) -> None:
    assert terminal.says("spell", "Jä", "--table", "names") == "J  Julius\nä  Ärger"
    assert terminal.says("spell", "030 23125001") == (
        "0 30 · 23 12 50 01\nnull, drei null; zwo drei, eins zwo, fünf null, null eins"
    )

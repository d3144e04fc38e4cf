"""Contacts come in and go out, and names are spelled, by commands of the whole program."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.cli.conftest import Program


def test_contacts_from_a_telephone_go_out_for_a_spreadsheet(
    open_office: Program, tmp_path: Path
) -> None:
    source, target = tmp_path / "Telefon.vcf", tmp_path / "Kontakte.csv"
    card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna Müster\r\nTEL;TYPE=cell:01713920001\r\n"
    source.write_text(f"{card}END:VCARD\r\n{card}", encoding="utf-8", newline="")
    words = ("contacts", "maler", "--import", str(source))
    ran = open_office(*words, "--json")
    assert (ran.code, [one["outcome"] for one in ran.json["entries"]]) == (
        0,
        ["new", "unreadable"],
    )
    assert open_office("contacts", "maler", "--json").json["contacts"] == []
    assert open_office(*words, "--write").code == 0
    assert open_office("contacts", "maler", "--export", str(target)).code == 0
    assert "Anna Müster" in target.read_text("utf-8-sig")
    exported = open_office("export").out
    assert "[[client.contact]]" in exported
    assert open_office("import", "-", stdin=exported).code == 0
    assert open_office("export").out == exported


def test_spelling_needs_no_office(program: Program) -> None:
    ran = program("spell", "Muß", "--json")
    assert [one["word"] for one in ran.json["letters"]] == ["München", "Unna", "Eszett"]

"""Scripts from the command line: a wrong one is refused, a good one counts and goes out and in."""

from __future__ import annotations

from tests.e2e.cli.conftest import Program

SCRIPT = """\
format = 1

[[warning]]
text = "Nie Preise nennen – „nie“."

[[reason]]
key = "termin"
title = "Termin"

[[reason.action]]
do = "book"
kind = "besichtigung"
"""


def test_a_script_is_checked_and_saved_and_goes_with_the_office(open_office: Program) -> None:
    wrong = open_office("script", "save", "maler", "-", stdin=SCRIPT.replace("= 1", "= 7"))
    assert (wrong.code, wrong.out) == (2, "")
    assert "Line 1, format" in wrong.err or "Zeile 1, format" in wrong.err
    saved = open_office("script", "save", "maler", "-", "--json", stdin=SCRIPT)
    assert (saved.code, saved.json["version"], saved.json["counts"]) == (0, 1, True)
    exported = open_office("export").out
    assert f"script = '''\n{SCRIPT}'''" in exported
    assert open_office("import", "-", stdin=exported).code == 0

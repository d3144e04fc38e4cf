"""A client's script by keyboard: branches, a required prompt left out, a hang-up in the middle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.doubles.sip.baresip import Baresip
from tests.e2e.console.console import Console
from tests.e2e.console.hands import answer, hang_up
from tests.e2e.console.office import HEATING, LAWYERS, greeting

OTTO, LEA = "+492214710134", "+4917139200177"

Caller = Callable[[str], Baresip]

SCRIPT = """\
format = 1
language = "de"

[[warning]]
text = "Keine Preise nennen."

[[reason]]
key = "notfall"
title = "Notfall"
say = "Ich nehme das sofort auf."
instruct = "Ruhig bleiben."
[[reason.prompt]]
key = "name"
label = "Name"
required = true
hint = "Wie ist Ihr Name?"
into = "name"
[[reason.prompt]]
key = "was"
label = "Was ist passiert?"
kind = "choice"
required = true
choices = [ { key = "wasser", label = "Wasser läuft" }, { key = "kalt", label = "Heizung aus" } ]
[[reason.prompt]]
key = "hahn"
label = "Haupthahn zu?"
required = true
when = { prompt = "was", is = "wasser" }
[[reason.prompt]]
key = "seit"
label = "Seit wann?"
kind = "date"
when = { prompt = "was", is = "kalt" }
[[reason.action]]
do = "note"
text = "Notfall"

[[reason]]
key = "reparatur"
title = "Reparatur"
[[reason.prompt]]
key = "geraet"
label = "Gerät"
[[reason.action]]
do = "book"
kind = "second"
"""


def _give_script(console: Console) -> None:
    """Before the window is opened: the script is in its database."""
    console.command("script", "save", "heizung", "-", "--json", stdin=SCRIPT)


def _answers(console: Console, number: str) -> dict[str, tuple[str, str]]:
    """What the journal has of a call, as it was typed and as it was understood."""
    answers = console.calls()[number]["answers"]
    return {one["prompt"]: (one["typed"], one["value"]) for one in answers}


def _read_back(call: dict[str, Any]) -> list[str]:
    return [one["prompt"] for one in call["answers"] if one["verified"]]


def test_a_script_by_keyboard_with_branches_and_something_left_out(
    closed_console: Console, caller: Caller
) -> None:
    console = closed_console
    _give_script(console)
    console.start()
    screen, otto = console.screen, caller(OTTO)
    otto.dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    screen.until("Keine Preise nennen.", "ScriptHead")
    answer(console, otto)
    console.press("alt+1")
    screen.until("„Ich nehme das sofort auf.“", "GreetingPanel")
    screen.until("„Wie ist Ihr Name?“", "GreetingPanel")
    console.write("Otto Beispiel", "Name")
    console.press("ctrl+Return")
    screen.until("Name *  ✓", "CallerPanel")
    console.press("Return")
    console.write("2", "Was ist passiert?")
    screen.until("Seit wann?", "PromptsCard")
    console.press("BackSpace")
    console.write("1", "Was ist passiert?")
    screen.until("Haupthahn zu?", "PromptsCard")
    assert "Seit wann?" not in " ".join(screen.texts("PromptsCard"))
    console.press("alt+Return")
    screen.until("Noch zu fragen: Haupthahn zu?", "VerbBar")
    assert "auf der Arbeitsliste" not in " ".join(screen.texts("LeadLine"))
    console.press("alt+Return")
    screen.until("auf der Arbeitsliste", "LeadLine")
    hang_up(console, otto)
    screen.until("Bei Gesprächsende offen: Haupthahn zu?", "ScriptHead")
    assert _answers(console, OTTO) == {
        "name": ("Otto Beispiel", "Otto Beispiel"),
        "was": ("1", "wasser"),
    }
    call = console.calls()[OTTO]
    assert (call["reason"], _read_back(call)) == ("notfall", ["name"])
    (note,) = console.command("work", "list", "--json")["items"]
    assert (note["kind"], note["client"], note["text"]) == ("note", "heizung", "Notfall\nNotfall")
    assert (note["name"], note["number"], note["call_id"]) == ("Otto Beispiel", OTTO, call["id"])


def test_who_hangs_up_in_the_middle_leaves_what_was_typed_to_its_call(
    closed_console: Console, caller: Caller
) -> None:
    console = closed_console
    _give_script(console)
    console.start()
    screen, otto, lea = console.screen, caller(OTTO), caller(LEA)
    otto.dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    answer(console, otto)
    console.press("alt+2")
    screen.until("Gerät", "PromptsCard")
    screen.until("Reparatur,", "SlotsPanel")
    console.press("alt+1")
    screen.until("Was ist passiert?", "PromptsCard")
    console.press("Return")
    console.write("was", "Was ist passiert?")
    lea.dial(console.number(LAWYERS))
    lea.wait("CALL_RINGING")
    otto.hang_up()
    screen.until("Die Gegenseite hat aufgelegt", "GreetingPanel")
    console.write("ser", "Was ist passiert?")
    assert screen.field("Was ist passiert?") == "wasser"
    answer(console, lea)
    screen.until(greeting("Kanzlei Beispiel"), "GreetingPanel")
    assert "Was ist passiert?" not in " ".join(screen.texts("Middle"))
    hang_up(console, lea)
    assert _answers(console, OTTO)["was"] == ("wasser", "wasser")
    assert console.calls()[OTTO]["reason"] == "notfall"
    assert console.command("work", "list", "--json")["items"] == []
    assert _answers(console, LEA) == {}

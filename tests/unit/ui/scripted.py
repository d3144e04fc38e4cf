"""A client with a script, and its fields in the hands of who sits before the window."""

from __future__ import annotations

from uuid import uuid4

from receptionist.model.contact import Contact, ContactNumber
from receptionist.model.script import ScriptVersion
from tests.doubles.desk import HEATING, Reception
from tests.unit.ui.conftest import Desk
from ui.panels.promptrow import PromptRow

MASTER = "+491713920055"

SCRIPT = """\
format = 1
language = "en"

[[greeting]]
text = "{client}, {receptionist} speaking."

[[warning]]
text = "Name no prices."

[[warning]]
text = "Never on Sundays."
[warning.when]
days = ["sunday"]

[[reason]]
key = "emergency"
title = "Emergency"
say = "I am taking this down right away."
instruct = "Stay calm."

[[reason.prompt]]
key = "name"
label = "Name"
required = true
hint = "May I have your name?"
into = "name"

[[reason.prompt]]
key = "back"
label = "Number to call back"
kind = "phone"
required = true
into = "phone"

[[reason.prompt]]
key = "what"
label = "What has happened?"
kind = "choice"
required = true
hint = "What has happened?"
choices = [
  { key = "water", label = "Water is leaking" },
  { key = "cold", label = "No heating" },
]

[[reason.prompt]]
key = "tap"
label = "Main tap closed?"
kind = "choice"
required = true
hint = "Can you turn off the main tap?"
choices = [ { key = "yes", label = "Yes" }, { key = "no", label = "No" } ]
when = { prompt = "what", is = "water" }

[[reason.prompt]]
key = "other"
label = "Another number"
kind = "phone"

[[reason.prompt]]
key = "since"
label = "Since when?"
kind = "date"

[[reason.action]]
do = "connect"
contact = "master"
when = { prompt = "what", is = "water" }

[[reason.action]]
do = "note"
text = "No heating"

[[reason]]
key = "maintenance"
title = "Maintenance"
[[reason.prompt]]
key = "system"
label = "System"
[[reason.action]]
do = "book"
kind = "wartung"

[[reason]]
key = "message"
title = "Message"
"""


def give_script(reception: Reception, text: str = SCRIPT, key: str = "haustechnik") -> None:
    """From now on a client has this script; the master craftsman it names is there."""
    desk, client = reception.desk, reception.client(key)
    if not desk.people.contacts.of(client.id):
        master = Contact(
            id=uuid4(),
            client_id=client.id,
            key="master",
            name="Max Beispiel",
            numbers=(ContactNumber(number=MASTER),),
        )
        made: list[Contact] = []
        desk.people.contacts.save(None, master, made.append, _fail)
        reception.spin(lambda: made)
    done: list[ScriptVersion] = []
    desk.script_versions.save(client, text, "", done.append, _fail)
    reception.spin(lambda: done)


def _fail(error: Exception) -> None:
    raise error


def talks(desk: Desk) -> object:
    """A caller of the client with the script is spoken to."""
    return desk.talks(HEATING)


def field(desk: Desk, key: str) -> PromptRow:
    """The field of a prompt."""
    return desk.window.panels.middle.prompts.field(key)

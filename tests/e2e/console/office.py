"""The office of these tests: three clients, each with a calendar account of his own."""

from __future__ import annotations

from tests.doubles.calendar_server import USER

HEATING, LAWYERS, DENTIST = "+493023125120", "+493023125130", "+493023125140"
UNKNOWN = "+493023125999"
ACCOUNTS = ("heizung", "kanzlei", "praxis")

_HEAD = """\
format = 1

[office]
name = "Büro am Park"
greeting = "Büro am Park, Sie sprechen mit {receptionist}."

[receptionist]
name = "Erika Muster"

[[line]]
key = "amt"
name = "Amt"
registrar = "127.0.0.1"
user = "office"
register = false
"""
_CLIENT = """
[[calendar_account]]
key = "{account}"
url = "{url}"
user = "{user}"

[[client]]
key = "{key}"
name = "{name}"
numbers = ["{number}"]
greeting = "{name}, Sie sprechen mit {{receptionist}}."
notes = "{notes}"

[client.hours]
monday = ["08:00-18:00"]
tuesday = ["08:00-18:00"]
wednesday = ["08:00-18:00"]
thursday = ["08:00-18:00"]
friday = ["08:00-18:00"]
saturday = ["08:00-18:00"]
sunday = ["08:00-18:00"]

[[client.calendar]]
account = "{account}"
name = "{calendar}"

[[client.kind]]
key = "first"
name = "{first}"
minutes = 60

[[client.kind]]
key = "second"
name = "{second}"
minutes = 30
"""
_CLIENTS = (
    ("heizung", "Muster Heizung", HEATING, "Bei Gasgeruch: 112.", "Wartung", "Reparatur"),
    ("kanzlei", "Kanzlei Beispiel", LAWYERS, "Keine Auskunft.", "Erstgespräch", "Rückfrage"),
    ("praxis", "Praxis Mustermann", DENTIST, "Schmerzen zuerst.", "Kontrolle", "Beratung"),
)


def greeting(name: str) -> str:
    """What is said for a client with this name, as it stands on the screen."""
    return f"„{name}, Sie sprechen mit Erika Muster.“"


def office_file(direct: str, proxied: str) -> str:
    """The office file. `direct` and `proxied` are the calendars' home; the lawyers use the second.

    The others' calendars are reached directly, so that a dead server is a refused connection.
    """
    clients = (
        _CLIENT.format(
            account=key,
            url=proxied if key == "kanzlei" else direct,
            user=USER,
            key=key,
            name=name,
            number=number,
            notes=notes,
            calendar=key,
            first=first,
            second=second,
        )
        for key, name, number, notes, first, second in _CLIENTS
    )
    return _HEAD + "".join(clients)

"""The script of a client in an office file: a whole script file as one text."""

from __future__ import annotations

from uuid import UUID

from receptionist.errors import BadInput, WrongFile
from receptionist.model.client import Client
from receptionist.model.script import ClientScript
from receptionist.scriptfile import Surroundings
from receptionist.scriptfile import parse as parse_script
from receptionist.scriptfile.parse import LONGEST
from receptionist.tomlfile.table import Table
from receptionist.tomlfile.write import in_lines


def client_script(table: Table, client: Client, region: str) -> tuple[ClientScript, ...]:
    """The text `script` of a client, if he has one. What is wrong in it stands in its own line.

    What it refers to need not be there: an office whose script names something that is gone must
    come in as it went out. `Scripts.faults` tells that.
    """
    text = table.text("script", lines=True, limit=LONGEST)
    if not text:
        return ()
    try:
        parse_script(text, Surroundings(region=region))
    except WrongFile as error:
        for fault in error.faults:
            _report(table, fault, inside="\n" in text)
    return (ClientScript(client_id=client.id, text=text),)


def script_row(client_id: UUID, scripts: tuple[ClientScript, ...]) -> list[str]:
    """The key `script` with the text as it is, where nothing in that must be written otherwise."""
    text = next((one.text for one in scripts if one.client_id == client_id), "")
    if not text:
        return []
    plain = "'''" not in text and not text.endswith("'") and "\r" not in text
    return [f"script = '''\n{text}'''" if plain else f"script = {in_lines(text)}"]


def _report(table: Table, fault: BadInput, *, inside: bool) -> None:
    """Several lines begin below the key."""
    message = f"{fault.key}: {fault}" if fault.key else str(fault)
    table.fault_in("script", message, (fault.line or 0) if inside else 0)

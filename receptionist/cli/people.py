"""The commands `contacts` and `on-call`: whom callers may be connected with, and who is asked."""

from __future__ import annotations

import argparse
import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from receptionist import contactfile, files
from receptionist.cli.command import Command, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.cli.following import instant
from receptionist.cli.jsonform import local
from receptionist.desk.contacts import Reached
from receptionist.errors import BadInput
from receptionist.i18n import N_, _, ngettext
from receptionist.model.client import Client
from receptionist.model.contact import Contact, Standing, StandingReach
from receptionist.model.contactpreview import Outcome as Entry
from receptionist.model.contactpreview import Preview, Previewed
from receptionist.model.number import shown
from receptionist.model.period import Period
from receptionist.model.plain import plain

_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")


def local_time(text: str, zone: str, key: str) -> datetime:
    """A time such as `15:00` (the next one), or a whole one as `instant` reads it."""
    if not _CLOCK.fullmatch(text.strip()):
        return instant(text, zone, key)
    now = datetime.now(ZoneInfo(zone))
    try:
        clock = datetime.strptime(text.strip(), "%H:%M").time()
    except ValueError:
        raise BadInput(_("“{text}” is no time.").format(text=text), key=key) from None
    today = datetime.combine(now.date(), clock, now.tzinfo)
    found = today if today > now else today + timedelta(days=1)
    return found.astimezone(UTC)


# ---- contacts


def _contacts_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("client", metavar=_("CLIENT"), help=_("the key of the client"))
    parser.add_argument(
        "--says", default="", metavar=_("KEY"), help=_("the contact who says how he is reached")
    )
    reach = [one.value for one in StandingReach]
    parser.add_argument("--reach", choices=(*reach, "usual"), default="no", help=_("default: no"))
    parser.add_argument("--until", default="", metavar=_("TIME"), help=_("on the client's clock"))
    parser.add_argument("--words", default="", metavar=_("TEXT"), help=_("what he said"))
    file = parser.add_mutually_exclusive_group()
    file.add_argument(
        "--import", dest="source", default="", metavar=_("FILE"), help=_("vCard or CSV: a preview")
    )
    file.add_argument("--export", dest="target", default="", metavar=_("FILE"), help=".vcf, .csv")
    parser.add_argument("--write", action="store_true", help=_("write what the preview shows"))


def _contacts_request(options: argparse.Namespace) -> dict[str, Any]:
    """A file is read where the command was typed."""
    if options.target and not options.target.lower().endswith(
        (contactfile.TABLE, contactfile.VCARD)
    ):
        raise BadInput(_("The name of the file must end with .vcf or .csv."))
    names = ("client", "says", "reach", "until", "words", "source", "target", "write")
    asked = {name: getattr(options, name) for name in names}
    content = contactfile.content(Path(options.source)) if options.source else b""
    return asked | {"content": base64.b64encode(content).decode()}


def _contacts(counter: Counter, request: Request) -> Outcome:
    client = counter.client(str(request["client"]))
    if request["source"]:
        return _import(counter, client, request)
    if request["target"]:
        return _export(counter, client, str(request["target"]))
    if request["says"]:
        _stand(counter, client, request)
    return Outcome({"client": client.key, "zone": client.zone, "contacts": _all(counter, client)})


def _all(counter: Counter, client: Client) -> list[dict[str, Any]]:
    contacts = counter.desk.people.contacts
    counter.complete(lambda then, failed: contacts.look(client, then, failed))

    def reached() -> list[Reached]:
        return [contacts.reached(one) for one in contacts.of(client.id)]

    return [_reached_form(one, client.zone) for one in counter.do(reached)]


def _stand(counter: Counter, client: Client, request: Request) -> None:
    contacts = counter.desk.people.contacts
    contact = counter.do(lambda: contacts.get(client.id, str(request["says"])))
    standing = None
    if request["reach"] != "usual":
        until = str(request["until"])
        standing = Standing(
            reach=StandingReach(str(request["reach"])),
            until=local_time(until, client.zone, "until") if until else None,
            words=str(request["words"]),
        )
    counter.wait(lambda then, failed: contacts.stand(contact, standing, then, failed))


def _reached_form(one: Reached, zone: str) -> dict[str, Any]:
    contact, reach = one.contact, one.reach
    return {
        "key": contact.key,
        "name": contact.name,
        "role": contact.role,
        "numbers": [{"number": n.number, "label": n.label} for n in contact.numbers],
        "email": contact.email,
        "note": contact.note,
        "reach": reach.reachability.value,
        "why": reach.why.value,
        "again": local(reach.again, zone) if reach.again else None,
        "sentence": one.sentence,
    }


def _import(counter: Counter, client: Client, request: Request) -> Outcome:
    contacts = counter.desk.people.contacts
    content = base64.b64decode(str(request["content"]))
    read = contactfile.read(content, counter.desk.directory.office.region)
    found: Preview = counter.do(lambda: contacts.preview(client.id, read))
    if request["write"]:
        counter.wait(lambda then, failed: contacts.take_over(found, then, failed))
    return Outcome(
        {
            "client": client.key,
            "written": bool(request["write"]),
            "entries": [_entry_form(one) for one in found.entries],
        }
    )


def _entry_form(one: Previewed) -> dict[str, Any]:
    return {
        "line": one.line,
        "outcome": one.outcome.value,
        "name": one.name,
        "key": one.contact.key if one.contact else "",
        "fields": list(one.fields),
        "reason": one.reason,
    }


def _export(counter: Counter, client: Client, target: str) -> Outcome:
    every: tuple[Contact, ...] = counter.do(lambda: counter.desk.people.contacts.of(client.id))
    content = base64.b64encode(contactfile.written(every, target)).decode()
    return Outcome({"client": client.key, "count": len(every), "content": content})


def _contacts_finish(options: argparse.Namespace, payload: Payload) -> Payload:
    """Write the file where the command was typed; whole or not at all."""
    if "content" not in payload:
        return payload
    path = Path(options.target)
    files.write(path.absolute(), base64.b64decode(str(payload["content"])))
    return {"client": payload["client"], "count": payload["count"], "file": str(path)}


def _contacts_show(payload: Payload) -> Iterator[str]:
    if "file" in payload:
        yield ngettext(
            "{count} contact is in {file}.", "{count} contacts are in {file}.", payload["count"]
        ).format(**payload)
    elif "entries" in payload:
        yield from _show_entries(payload)
    else:
        if not payload["contacts"]:
            yield _("There are no contacts.")
        yield from _show_reached(payload["contacts"])


def _show_reached(found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        numbers = ", ".join(
            f"{shown(n['number'])} {plain(n['label'])}".strip() for n in one["numbers"]
        )
        yield f"{one['key']}  {plain(one['name'])}  {plain(one['role'])}  {numbers}".rstrip()
        yield f"    {plain(one['sentence'])}"


def _show_entries(payload: Payload) -> Iterator[str]:
    words = {
        Entry.NEW: _("new"),
        Entry.CHANGED: _("changed"),
        Entry.SAME: _("the same"),
        Entry.UNREADABLE: _("not readable"),
    }
    for one in payload["entries"]:
        more = plain(one["reason"]) or ", ".join(one["fields"])
        line = _("Line {number}").format(number=one["line"])
        yield f"{line}  {words[Entry(one['outcome'])]}  {plain(one['name'])}  {more}".rstrip()
    if payload["written"]:
        yield _("This is written now.")
    else:
        yield _("Nothing was written. Do it with --write.")


# ---- on call


def _on_call_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("client", metavar=_("CLIENT"), help=_("the key of the client"))
    parser.add_argument("--rota", default="", metavar=_("KEY"), help=_("default: all"))
    parser.add_argument("--at", default="", metavar=_("TIME"), help=_("default: now"))


def _on_call(counter: Counter, request: Request) -> Outcome:
    client = counter.client(str(request["client"]))
    people, said = counter.desk.people, str(request["at"])
    at = local_time(said, client.zone, "at") if said else datetime.now(UTC)
    key = str(request["rota"])
    counter.complete(lambda then, failed: people.contacts.look(client, then, failed))
    asked: tuple[Reached, ...] = counter.do(lambda: people.rotas.on_call(client.id, key, at))

    def rotas() -> list[dict[str, Any]]:
        mine = (people.rotas.get(client.id, key),) if key else people.rotas.of(client.id)
        week = Period(at, at + timedelta(days=7))
        gaps = people.rotas.gaps(client.id)
        return [
            {
                "key": rota.key,
                "name": rota.name,
                "duties": [
                    {**_period_form(duty.period, client.zone), "contacts": list(duty.chain)}
                    for duty in people.rotas.duties(rota, week)
                ],
                "gaps": [_period_form(g.period, client.zone) for g in gaps if g.rota == rota],
            }
            for rota in mine
        ]

    return Outcome(
        {
            "client": client.key,
            "at": local(at, client.zone),
            "asked": [_reached_form(one, client.zone) for one in asked],
            "rotas": counter.do(rotas),
        }
    )


def _period_form(period: Period, zone: str) -> dict[str, str]:
    return {"from": local(period.start, zone), "to": local(period.end, zone)}


def _on_call_show(payload: Payload) -> Iterator[str]:
    if not payload["asked"]:
        yield _("Nobody is on call.")
    yield from _show_reached(payload["asked"])
    for rota in payload["rotas"]:
        yield f"{rota['key']}  {plain(rota['name'])}"
        for duty in rota["duties"]:
            yield f"    {duty['from']}  {duty['to']}  {', '.join(duty['contacts']) or '–'}"
        for gap in rota["gaps"]:
            yield "    " + _("Nobody is on call from {start} to {end}.").format(
                start=gap["from"], end=gap["to"]
            )


COMMANDS = (
    Command(
        name="contacts",
        summary=N_("whom of a client callers may be connected with; bring in, write out"),
        arguments=_contacts_arguments,
        request=_contacts_request,
        run=_contacts,
        show=_contacts_show,
        finish=_contacts_finish,
    ),
    Command(
        name="on-call",
        summary=N_("who is on call for a client, and when nobody is"),
        arguments=_on_call_arguments,
        run=_on_call,
        show=_on_call_show,
    ),
)

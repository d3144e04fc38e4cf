"""The commands `knowledge`, `callers` and `spell`: what is known, who calls, how it is said."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from receptionist.cli.command import Command, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.cli.jsonform import local
from receptionist.cli.people import local_time
from receptionist.desk.notebooks import Notebooks
from receptionist.errors import BadInput, NotFound
from receptionist.i18n import N_, _
from receptionist.model.callers import CallerCard, CallerNotice, KnownCaller
from receptionist.model.client import Client
from receptionist.model.knowledge import Knowledge, KnowledgeKind
from receptionist.model.number import normalised, shown
from receptionist.model.plain import plain
from receptionist.model.spelling import SpellingTable, in_pairs, said_in_pairs, spelled


def _client_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("client", metavar=_("CLIENT"), help=_("the key of the client"))


# ---- knowledge


def _knowledge_arguments(parser: argparse.ArgumentParser) -> None:
    _client_argument(parser)
    parser.add_argument("words", nargs="*", metavar=_("WORD"), help=_("what is sought"))
    parser.add_argument("--add", default="", metavar=_("TITLE"), help=_("write a new entry"))
    parser.add_argument("--text", default="", metavar=_("TEXT"), help=_("its answer"))
    kinds = [one.value for one in KnowledgeKind]
    parser.add_argument("--kind", choices=kinds, default=kinds[0], help=_("default: question"))
    parser.add_argument("--remove", default="", metavar="ID", help=_("take an entry out"))


def _knowledge(counter: Counter, request: Request) -> Outcome:
    client, books = counter.client(str(request["client"])), _books(counter)
    if request["add"]:
        entry = Knowledge(
            id=uuid4(),
            client_id=client.id,
            kind=KnowledgeKind(str(request["kind"])),
            title=str(request["add"]),
            text=str(request["text"]),
        )
        counter.wait(lambda then, failed: books.save(None, entry, then, failed))
    if request["remove"]:
        gone = _one(counter.do(lambda: books.known(client.id)), str(request["remove"]))
        counter.complete(lambda then, failed: books.remove(gone, then, failed))
    words = " ".join(map(str, request["words"]))
    found = counter.do(lambda: books.known(client.id, words))
    return Outcome({"client": client.key, "entries": [_entry_form(one) for one in found]})


def _books(counter: Counter) -> Notebooks:
    """The notebooks, as they stand in the store now."""
    books = counter.desk.people.notebooks
    counter.complete(books.open)
    return books


def _one(entries: tuple[Knowledge, ...], beginning: str) -> Knowledge:
    found = [one for one in entries if str(one.id).startswith(beginning)]
    if len(found) != 1:
        raise NotFound(_("No single entry begins with “{id}”.").format(id=beginning))
    return found[0]


def _entry_form(one: Knowledge) -> dict[str, Any]:
    return {"id": str(one.id), "kind": one.kind.value, "title": one.title, "text": one.text}


def _knowledge_show(payload: Payload) -> Iterator[str]:
    if not payload["entries"]:
        yield _("Nothing is known of that.")
    for one in payload["entries"]:
        yield f"{one['id'][:8]}  {plain(one['title'])}"
        yield from (f"    {line}" for line in plain(one["text"], lines=True).splitlines())


# ---- callers


def _callers_arguments(parser: argparse.ArgumentParser) -> None:
    _client_argument(parser)
    parser.add_argument("number", nargs="?", default="", metavar=_("NUMBER"), help=_("of one"))
    parser.add_argument("--name", default=None, metavar=_("NAME"), help=_("what he is called"))
    parser.add_argument("--note", default=None, metavar=_("TEXT"), help=_("how he is treated"))
    for flag, what in (("vip", _("important")), ("blocked", _("not to be put through"))):
        parser.add_argument(f"--{flag}", choices=("yes", "no"), default=None, help=what)
    parser.add_argument("--leave", default="", metavar=_("TEXT"), help=_("a message for him"))
    parser.add_argument("--until", default="", metavar=_("TIME"), help=_("when it expires"))
    parser.add_argument("--told", action="store_true", help=_("what waits for him was told"))
    parser.add_argument(
        "--same-as", default="", metavar=_("NUMBER"), help=_("another number of the same person")
    )
    parser.add_argument("--part", action="store_true", help=_("it was not the same person"))


_SAID = ("name", "note", "vip", "blocked")
"""What may be taken off again, as empty words."""
_DONE = ("leave", "told", "same_as", "part")


def _callers(counter: Counter, request: Request) -> Outcome:
    client, books = counter.client(str(request["client"])), _books(counter)
    changes = any(request[name] is not None for name in _SAID) or any(map(request.get, _DONE))
    if changes and not request["number"]:
        raise BadInput(_("Say which caller is meant, by a number."), key="number")
    if changes:
        _change(counter, client, request)
    number = str(request["number"])
    every = counter.do(lambda: books.cards(client.id))
    card = counter.do(lambda: books.caller(client.id, number)) if number else None
    found = every if not number else filter(None, (card,))
    forms = [_card_form(one, client.zone) for one in found]
    return Outcome({"client": client.key, "callers": forms})


def _change(counter: Counter, client: Client, request: Request) -> None:
    books = counter.desk.people.notebooks
    row = _row(counter, client, str(request["number"]))
    said = {name: request[name] for name in ("name", "note") if request[name] is not None}
    said |= {n: request[n] == "yes" for n in ("vip", "blocked") if request[n] is not None}
    changed = replace(row, **said)
    old = counter.do(lambda: books.callers.get(row.id))
    if changed != old:
        counter.wait(lambda then, failed: books.save(old, changed, then, failed))
    if request["same_as"]:
        other = _row(counter, client, str(request["same_as"]))
        if counter.do(lambda: books.callers.get(other.id)) is None:
            counter.wait(lambda then, failed: books.save(None, other, then, failed))
        counter.wait(lambda then, failed: books.merge(changed, other, then, failed))
    if request["part"]:
        counter.wait(lambda then, failed: books.part(changed, then, failed))
    _messages(counter, client, request, row.id)


def _messages(counter: Counter, client: Client, request: Request, row_id: UUID) -> None:
    books, text, until = counter.desk.people.notebooks, str(request["leave"]), request["until"]
    row = counter.do(lambda: books.callers.get(row_id))
    if text and row is not None:
        expires = local_time(str(until), client.zone, "until") if until else None
        counter.wait(lambda then, failed: books.leave(row, text, expires, then, failed))
    if request["told"]:
        card = counter.do(lambda: books.caller(client.id, str(request["number"])))
        for notice in card.notices if card else ():
            _told(counter, books, notice)


def _told(counter: Counter, books: Notebooks, notice: CallerNotice) -> None:
    counter.wait(lambda then, failed: books.told(notice, None, then, failed))


def _row(counter: Counter, client: Client, number: str) -> KnownCaller:
    """The row of exactly this number, a new one if there is none."""
    plain_number = normalised(number, counter.desk.directory.office.region)
    books = counter.desk.people.notebooks
    card = counter.do(lambda: books.caller(client.id, number))
    rows = card.rows if card else ()
    known = next((one for one in rows if one.number == plain_number), None)
    return known or KnownCaller(id=uuid4(), client_id=client.id, number=plain_number)


def _card_form(card: CallerCard, zone: str) -> dict[str, Any]:
    return {
        "id": str(card.caller.id),
        "name": card.name,
        "numbers": list(card.numbers),
        "vip": card.vip,
        "blocked": card.blocked,
        "note": card.note,
        "waiting": [
            {
                "id": str(one.id),
                "text": one.text,
                "created": local(one.created, zone),
                "expires": local(one.expires, zone) if one.expires else None,
            }
            for one in card.notices
        ],
    }


def _callers_show(payload: Payload) -> Iterator[str]:
    if not payload["callers"]:
        yield _("There is no such caller.")
    for one in payload["callers"]:
        numbers = ", ".join(map(shown, one["numbers"])) or "–"
        marks = [_("important")] * one["vip"] + [_("not to be put through")] * one["blocked"]
        yield f"{plain(numbers)}  {plain(one['name'])}  {', '.join(marks)}".rstrip()
        yield from (f"    {line}" for line in plain(one["note"], lines=True).splitlines())
        for notice in one["waiting"]:
            yield "    " + _("To be told: {text}").format(text=plain(notice["text"]))


# ---- spelling


def _spell_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar=_("TEXT"), help=_("a name, an address, or a number"))
    tables = [one.value for one in SpellingTable]
    parser.add_argument("--table", choices=tables, default=tables[0], help=_("default: cities"))


def _spell(counter: Counter, request: Request) -> Outcome:
    text, table = str(request["text"]), SpellingTable(str(request["table"]))
    region = counter.desk.directory.office.region
    number = normalised(text, region)
    if number.lstrip("+").isdecimal():
        language = "en" if table is SpellingTable.NATO else "de"
        return Outcome(
            {
                "text": text,
                "pairs": [list(group) for group in in_pairs(number, region)],
                "said": said_in_pairs(number, language, region),
            }
        )
    letters = [{"letters": one.letters, "word": one.word} for one in spelled(text, table)]
    return Outcome({"text": text, "table": table.value, "letters": letters})


def _spell_show(payload: Payload) -> Iterator[str]:
    if "pairs" in payload:
        yield " · ".join(" ".join(group) for group in payload["pairs"])
        yield str(payload["said"])
        return
    for one in payload["letters"]:
        yield f"{plain(one['letters']) or '·'}  {plain(one['word']) or '·'}"


COMMANDS = (
    Command(
        name="knowledge",
        summary=N_("what is known of a client, found by words"),
        arguments=_knowledge_arguments,
        run=_knowledge,
        show=_knowledge_show,
    ),
    Command(
        name="callers",
        summary=N_("who calls a client, and what waits for him"),
        arguments=_callers_arguments,
        run=_callers,
        show=_callers_show,
    ),
    Command(
        name="spell",
        summary=N_("spell a name out, or say a number in pairs"),
        arguments=_spell_arguments,
        run=_spell,
        show=_spell_show,
    ),
)

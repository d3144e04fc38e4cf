"""The command `script`: what is said, asked and done for a client, in all its versions."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from receptionist import files
from receptionist.cli.command import Command, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.cli.following import instant
from receptionist.cli.jsonform import local, utc
from receptionist.cli.textfile import read_text
from receptionist.desk.scriptversions import Then
from receptionist.errors import BadInput, NotFound
from receptionist.i18n import N_, _
from receptionist.model.client import Client
from receptionist.model.greeting import LANGUAGES
from receptionist.model.number import normalised
from receptionist.model.plain import plain
from receptionist.model.script import Script, ScriptVersion
from receptionist.scriptfile import write

Verb = Callable[[Counter, Client, Request], dict[str, Any]]
_READING = ("check", "save", "try")
_WRITING = ("show", "page")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", choices=tuple(_VERBS), help=_("what to do"))
    parser.add_argument("client", metavar=_("KEY"), help=_("of the client"))
    parser.add_argument(
        "file",
        nargs="?",
        default="",
        metavar=_("FILE"),
        help=_("a script file (TOML) to be read or written, or a page (HTML); “-” also works"),
    )
    parser.add_argument(
        "--version", type=int, default=0, metavar="N", help=_("default: the one that counts")
    )
    parser.add_argument("--why", default="", metavar=_("TEXT"), help=_("why it is changed"))
    parser.add_argument(
        "--draft", action="store_true", help=_("keep it, but let it not count yet (save)")
    )
    parser.add_argument(
        "--sent", action="store_true", help=_("it goes to the client for approval (page)")
    )
    parser.add_argument("--by", default="", metavar=_("NAME"), help=_("who has agreed (approve)"))
    parser.add_argument("--how", default="", metavar=_("TEXT"), help=_("how he said so (approve)"))
    parser.add_argument(
        "--at", default="", metavar=_("TIME"), help=_("ISO 8601, local to the client (try)")
    )
    parser.add_argument("--line", default="", metavar=_("KEY"), help=_("of a line (try)"))
    parser.add_argument("--number", default="", metavar=_("NUMBER"), help=_("what is called (try)"))
    parser.add_argument(
        "--caller", choices=LANGUAGES, default="", help=_("the caller's language (try)")
    )


def _request(options: argparse.Namespace) -> dict[str, Any]:
    """What the file says crosses, not its name: whoever answers may not see our directory."""
    names = ("verb", "client", "version", "why", "draft", "sent", "by", "how", "at", "line")
    request = {name: getattr(options, name) for name in (*names, "number", "caller")}
    if options.verb in ("check", "save") and not options.file:
        raise BadInput(_("Name the script file."), key="file")
    if options.verb in _READING and options.file:
        request["text"] = read_text(options.file)
    return request


def _run(counter: Counter, request: Request) -> Outcome:
    client = counter.client(str(request["client"]))
    verb = str(request["verb"])
    found = _VERBS[verb](counter, client, request)
    return Outcome({"verb": verb, "client": client.key, **found})


# ---- verbs


def _show(counter: Counter, client: Client, request: Request) -> dict[str, Any]:
    if request["version"]:
        version = _version(counter, client, request)
        return {"version": version.number, "text": version.text}
    counting = counter.do(lambda: counter.desk.scripts.counting(client.id))
    if counting is not None:
        return {"version": counting.number, "text": counting.text}
    implied = counter.do(lambda: counter.desk.scripts.of(client))
    return {"version": 0, "text": write(implied)}


def _check(counter: Counter, client: Client, request: Request) -> dict[str, Any]:
    script = _checked(counter, client, request)
    return {"reasons": [one.key for one in script.reasons]}


def _save(counter: Counter, client: Client, request: Request) -> dict[str, Any]:
    text, why, draft = str(request["text"]), str(request["why"]), bool(request["draft"])
    versions = counter.desk.script_versions
    saved = _marked(
        counter, lambda then, failed: versions.save(client, text, why, then, failed, draft=draft)
    )
    return _form(counter, client, saved)


def _versions(counter: Counter, client: Client, request: Request) -> dict[str, Any]:
    every = _every(counter, client.id)
    return {"versions": [_form(counter, client, one) for one in every], "zone": client.zone}


def _restore(counter: Counter, client: Client, request: Request) -> dict[str, Any]:
    version = _version(counter, client, _named(request))
    why, versions = str(request["why"]), counter.desk.script_versions
    restored = _marked(counter, lambda then, failed: versions.restore(version, why, then, failed))
    return _form(counter, client, restored)


def _use(counter: Counter, client: Client, request: Request) -> dict[str, Any]:
    version = _version(counter, client, _named(request))
    versions = counter.desk.script_versions
    used = _marked(counter, lambda then, failed: versions.count(version.id, then, failed))
    return _form(counter, client, used)


def _approve(counter: Counter, client: Client, request: Request) -> dict[str, Any]:
    version = _version(counter, client, request)
    by, how = str(request["by"]), str(request["how"])
    versions = counter.desk.script_versions
    agreed = _marked(
        counter, lambda then, failed: versions.approve(version.id, by, how, then, failed)
    )
    return _form(counter, client, agreed)


def _page(counter: Counter, client: Client, request: Request) -> dict[str, Any]:
    version = _version(counter, client, request)
    text = counter.do(lambda: counter.desk.scripts.page(client, version))
    if request["sent"]:
        version = _sent(counter, version.id)
    return _form(counter, client, version) | {"text": text}


def _try(counter: Counter, client: Client, request: Request) -> dict[str, Any]:
    script = _checked(counter, client, request) if "text" in request else None
    at = instant(str(request["at"]), client.zone, "at") if request["at"] else datetime.now(UTC)
    number = normalised(str(request["number"]), counter.desk.directory.office.region)
    tried = counter.do(
        lambda: counter.desk.scripts.dry_run(
            client,
            at,
            line=str(request["line"]),
            dialled=number,
            language=str(request["caller"]),
            script=script,
        )
    )
    return {
        "at": local(at, client.zone),
        "greeting": tried.greeting,
        "warnings": list(tried.warnings),
        "reasons": list(tried.reasons),
    }


_VERBS: Mapping[str, Verb] = {
    "show": _show,
    "check": _check,
    "save": _save,
    "versions": _versions,
    "restore": _restore,
    "use": _use,
    "page": _page,
    "approve": _approve,
    "try": _try,
}


# ---- what they share


def _checked(counter: Counter, client: Client, request: Request) -> Script:
    return counter.do(lambda: counter.desk.scripts.check(client, str(request["text"])))


def _every(counter: Counter, client_id: UUID) -> tuple[ScriptVersion, ...]:
    found: tuple[ScriptVersion, ...] = counter.ask(
        lambda then, failed: counter.desk.script_versions.all_of(client_id, then, failed)
    )
    return found


def _marked(
    counter: Counter, start: Callable[[Then, Callable[[Exception], object]], object]
) -> ScriptVersion:
    """The version as it is after something was done with it."""
    return counter.ask(start)


def _sent(counter: Counter, version_id: UUID) -> ScriptVersion:
    versions = counter.desk.script_versions
    return _marked(counter, lambda then, failed: versions.sent(version_id, then, failed))


def _named(request: Request) -> Request:
    if not request["version"]:
        raise BadInput(_("Which version? Name one with --version."), key="version")
    return request


def _version(counter: Counter, client: Client, request: Request) -> ScriptVersion:
    """The version that is named, else the one that counts, else the newest draft."""
    every = _every(counter, client.id)
    counting = counter.do(lambda: counter.desk.scripts.counting(client.id))
    number = int(request["version"]) or (counting.number if counting else len(every))
    found = next((one for one in every if one.number == number), None)
    if found is None:
        known = ", ".join(str(one.number) for one in reversed(every)) or "–"
        message = _("The script of {client} has no version {number}. There are: {known}")
        raise NotFound(message.format(client=client.name, number=number, known=known))
    return found


def _form(counter: Counter, client: Client, version: ScriptVersion) -> dict[str, Any]:
    counting = counter.do(lambda: counter.desk.scripts.counting(client.id))
    return {
        "id": str(version.id),
        "version": version.number,
        "at": utc(version.at),
        "why": version.why,
        "counts": counting is not None and counting.version_id == version.id,
        "counts_from": utc(version.counts_from),
        "sent": utc(version.sent),
        "approved": utc(version.approved),
        "approved_by": version.approved_by,
        "approved_how": version.approved_how,
    }


# ---- in words


def _finish(options: argparse.Namespace, payload: Payload) -> Payload:
    """Write the file where the command was typed; whole or not at all."""
    if options.verb not in _WRITING or options.file in ("", "-"):
        return payload
    path = Path(options.file)
    files.write(path, str(payload["text"]).encode())
    return {**{name: payload[name] for name in payload if name != "text"}, "file": str(path)}


def _in_words(payload: Payload) -> Iterator[str]:
    verb = payload["verb"]
    if "file" in payload:
        yield _("It is in {file}.").format(file=payload["file"])
    elif verb in _WRITING:
        yield str(payload["text"]).rstrip("\n")
    elif verb == "check":
        yield _("There is no mistake in it. Call reasons: {reasons}").format(
            reasons=", ".join(payload["reasons"]) or "–"
        )
    elif verb == "versions":
        yield from map(partial(_row, payload["zone"]), payload["versions"])
    elif verb == "try":
        yield from _tried(payload)
    else:
        yield _changed(payload)


def _changed(payload: Payload) -> str:
    if payload["verb"] == "approve":
        message = _("Version {version}: {by} has agreed.")
        return message.format(version=payload["version"], by=plain(payload["approved_by"]))
    if payload["counts"]:
        return _("Version {version} counts now.").format(version=payload["version"])
    return _("Version {version} is kept and does not count.").format(version=payload["version"])


def _row(zone: str, one: Mapping[str, Any]) -> str:
    at = local(datetime.fromisoformat(one["at"]), zone)
    marks = [
        _("counts") if one["counts"] else "" if one["counts_from"] else _("draft"),
        _("sent") if one["sent"] and not one["approved"] else "",
        _("approved by {by}").format(by=plain(one["approved_by"])) if one["approved"] else "",
    ]
    told = ", ".join(filter(None, marks))
    return "  ".join(filter(None, (f"{one['version']:>3}", at, told, plain(one["why"]))))


def _tried(payload: Payload) -> Iterator[str]:
    yield f"{payload['at']}  {plain(payload['greeting'], lines=True)}"
    for text in payload["warnings"]:
        yield f"  ! {plain(text)}"
    for number, title in enumerate(payload["reasons"], start=1):
        yield f"  {number}. {plain(title)}"


COMMANDS = (
    Command(
        name="script",
        summary=N_("what is said, asked and done for a client, in all its versions"),
        arguments=_arguments,
        request=_request,
        run=_run,
        show=_in_words,
        finish=_finish,
    ),
)

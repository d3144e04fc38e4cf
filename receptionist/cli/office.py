"""Commands about the office itself: `import`, `export`, `clients`, `passwd`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from receptionist import files, officefile
from receptionist.cli.command import Command, Exit, Outcome, Payload, Request
from receptionist.cli.counter import Counter
from receptionist.cli.passwords import keep, owner_of, read_secret
from receptionist.cli.textfile import read_text
from receptionist.errors import CredentialsError
from receptionist.i18n import N_, _, ngettext
from receptionist.model.number import shown
from receptionist.model.secret import Secret

# ---- import -------------------------------------------------------------------------------------


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("FILE"), help=_("an office file (TOML); “-” reads it"))


def _import_request(options: argparse.Namespace) -> dict[str, Any]:
    """The text of the file: whoever carries the command out may not see our directory."""
    return {"text": read_text(options.file)}


def _import(counter: Counter, request: Request) -> Outcome:
    desk = counter.desk
    directory = officefile.parse(str(request["text"]), desk.directory.current)
    counter.complete(lambda then, failed: desk.import_directory(directory, then, failed))
    missing = [line.key for line in directory.lines if line.register]
    missing += [account.key for account in directory.accounts]
    return Outcome(
        {
            "office": directory.office.name,
            "lines": [line.key for line in directory.lines],
            "accounts": [account.key for account in directory.accounts],
            "clients": [client.key for client in directory.clients],
            "passwords_for": missing,
        }
    )


def _show_import(payload: Payload) -> Iterator[str]:
    count = len(payload["clients"])
    yield ngettext(
        "{office}: {count} client imported.", "{office}: {count} clients imported.", count
    ).format(office=payload["office"], count=count)
    if payload["passwords_for"]:
        keys = ", ".join(payload["passwords_for"])
        yield _("Give the passwords with `python3 run.py passwd KEY`, for: {keys}").format(
            keys=keys
        )


# ---- export -------------------------------------------------------------------------------------


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default="-", metavar=_("FILE"), help=_("default: “-”"))


def _export(counter: Counter, request: Request) -> Outcome:
    directory = counter.desk.directory.current
    text = officefile.write(directory)
    return Outcome({"text": text, "clients": len(directory.clients)})


def _write_export(options: argparse.Namespace, payload: Payload) -> Payload:
    """Write the file where the command was typed; whole or not at all."""
    if options.file == "-":
        return payload
    path = Path(options.file)
    files.write(path, str(payload["text"]).encode())
    return {"file": str(path), "clients": payload["clients"]}


def _show_export(payload: Payload) -> Iterator[str]:
    if "text" in payload:
        yield str(payload["text"]).rstrip("\n")
    else:
        yield _("The office is in {file}. Passwords are not in it.").format(file=payload["file"])


# ---- clients ------------------------------------------------------------------------------------


def _clients(counter: Counter, request: Request) -> Outcome:
    directory = counter.desk.directory
    forms = []
    for client in directory.clients:
        calendar = directory.calendar(client.id)
        forms.append(
            {
                "key": client.key,
                "name": client.name,
                "zone": client.zone,
                "dialled": list(client.dialled),
                "greeting": directory.greeting(client),
                "minimum_notice_min": client.minimum_notice_min,
                "kinds": [
                    {"key": kind.key, "name": kind.name, "minutes": kind.minutes}
                    for kind in client.kinds
                ],
                "calendar": calendar.href or calendar.name if calendar else None,
            }
        )
    return Outcome({"office": directory.office.name, "clients": forms})


def _show_clients(payload: Payload) -> Iterator[str]:
    if not payload["clients"]:
        yield _("There are no clients yet. Bring them in with `python3 run.py import FILE`.")
    for client in payload["clients"]:
        numbers = ", ".join(shown(number) for number in client["dialled"]) or "–"
        yield f"{client['key']}  {client['name']}  {numbers}"
        for kind in client["kinds"]:
            yield _("    {key}: {name}, {minutes} min").format(**kind)


# ---- passwd -------------------------------------------------------------------------------------


def _passwd_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "id",
        metavar=_("KEY"),
        help=_("the key of a line or calendar account; “mail” is the mail server"),
    )


def _passwd_request(options: argparse.Namespace) -> dict[str, Any]:
    prompt = _("Password of {key}: ").format(key=options.id)
    return {"id": options.id, "secret": read_secret(prompt)}


def _passwd(counter: Counter, request: Request) -> Outcome:
    passwords = counter.desk.passwords
    owner = owner_of(counter.desk.directory, str(request["id"]))
    keep(counter, owner, Secret(str(request["secret"])))
    kept, why = passwords.persistent, ""
    if not kept:
        try:
            counter.ask(passwords.check)
        except CredentialsError as error:
            why = str(error)
    return Outcome(
        {"id": str(request["id"]), "kept": kept, "in_use": counter.running, "why": why},
        Exit.OK if kept or counter.running else Exit.FAILED,
    )


def _show_passwd(payload: Payload) -> Iterator[str]:
    if payload["why"]:
        yield str(payload["why"])
    if payload["kept"]:
        yield _("The password of {id} is in the keyring.").format(id=payload["id"])
    elif payload["in_use"]:
        yield _(
            "The password of {id} is not in a keyring. It is used until the program ends, and asked"
            " for at every start."
        ).format(id=payload["id"])
    else:
        yield _(
            "Passwords are kept in a keyring or nowhere: this one is not kept. Give"
            " the password of {id} at every start, with --passwords-stdin."
        ).format(id=payload["id"])


COMMANDS = (
    Command(
        name="import",
        summary=N_("bring an office file into the database"),
        arguments=_import_arguments,
        request=_import_request,
        run=_import,
        show=_show_import,
    ),
    Command(
        name="export",
        summary=N_("write the office file, without passwords"),
        arguments=_export_arguments,
        run=_export,
        show=_show_export,
        finish=_write_export,
    ),
    Command(name="clients", summary=N_("list the clients"), run=_clients, show=_show_clients),
    Command(
        name="passwd",
        summary=N_("keep the password of a line, account or mail server in the keyring"),
        arguments=_passwd_arguments,
        request=_passwd_request,
        run=_passwd,
        show=_show_passwd,
    ),
)

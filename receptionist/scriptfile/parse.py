"""From the text of a script file to the script, or to a list of everything that is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from receptionist.errors import BadInput, WrongFile
from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.greeting import LANGUAGES
from receptionist.model.plain import harmful
from receptionist.model.script import CallReason, Script, ScriptGreeting, ScriptWarning
from receptionist.scriptfile.asking import Asking
from receptionist.scriptfile.places import ScriptFaults
from receptionist.scriptfile.schedules import schedule
from receptionist.scriptfile.surroundings import ANYWHERE, Surroundings
from receptionist.scriptfile.texts import said, titled
from receptionist.tomlfile.fields import unique
from receptionist.tomlfile.lines import lines_of
from receptionist.tomlfile.table import Table, exactly, syntax_fault

FORMAT = 1
LONGEST = 200_000
"""The most characters of a script file."""


def parse(text: str, known: Surroundings = ANYWHERE, first_line: int = 1) -> Script:
    """The script that `text` describes; what it refers to must be `known`.

    Raises `WrongFile`: each fault says where, in words (`reason “Emergency”, prompt 2, label`) and
    by its line, the first of which is called `first_line`.
    """
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise WrongFile([BadInput(_("This script is too long."))])
    if bad := harmful(text, lines=True):
        line = first_line + text.count("\n", 0, text.index(bad[0]))
        raise WrongFile([BadInput(checks.refused(bad[0]), line=line)])
    try:
        content = tomllib.loads(text, parse_float=exactly)
        faults = ScriptFaults(lines_of(text), content, first_line)
    except RecursionError:
        raise WrongFile([BadInput(_("There are too many brackets inside brackets."))]) from None
    except ValueError as error:
        raise WrongFile([syntax_fault(str(error), first_line)]) from None
    file = Table(content, (), faults)
    script = _Reader(file, known).script() if _is_our_format(file) else None
    if script is None or faults.found:
        raise WrongFile(faults.found)
    return script


def _is_our_format(file: Table) -> bool:
    version = file.number("format", 0, 1, 1_000_000, required=True)
    if version > FORMAT:
        message = _("This file was written by a newer version. This version reads format {n}.")
        file.fault("format", message.format(n=FORMAT))
    return version == FORMAT


class _Reader:
    def __init__(self, file: Table, known: Surroundings) -> None:
        self._file = file
        self._known = known
        self._language = file.choice("language", LANGUAGES, "de")

    def script(self) -> Script:
        script = Script(
            language=self._language,
            greetings=tuple(self._greetings()),
            warnings=tuple(map(self._warning, self._file.tables("warning"))),
            reasons=unique(self._file.tables("reason"), self._reason),
        )
        self._file.close()
        return script

    def _greetings(self) -> Iterator[ScriptGreeting]:
        """Of two with the same schedule the second would never be said."""
        found: list[ScriptGreeting] = []
        for table in self._file.tables("greeting"):
            one = ScriptGreeting(
                text=said(
                    table, "text", self._language, required=True, limit=checks.GREETING_LIMIT
                ),
                when=schedule(table.table("when"), self._known),
            )
            wrong = one.when.always and table.raw("when")
            if not wrong and one.when in [other.when for other in found]:
                message = _(
                    "Another greeting above is said at the very same times, so this one would"
                    " never be said. Say when it is, or delete one of them."
                )
                table.fault("when", message)
            table.close()
            found.append(one)
        return iter(found)

    def _warning(self, table: Table) -> ScriptWarning:
        one = ScriptWarning(
            text=said(table, "text", self._language, required=True),
            when=schedule(table.table("when"), self._known),
        )
        table.close()
        return one

    def _reason(self, table: Table) -> CallReason:
        asking = Asking(self._language, self._known)
        reason = CallReason(
            key=table.key(),
            title=titled(table, "title", self._language),
            say=said(table, "say", self._language),
            instruct=said(table, "instruct", self._language),
            prompts=asking.prompts(table.tables("prompt")),
            actions=asking.actions(table.tables("action")),
        )
        table.close()
        return reason

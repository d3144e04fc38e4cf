"""Which version of a script counts, since when, and whether the client agreed: in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.desk.desk import Desk
from receptionist.i18n import _, ngettext
from receptionist.model.client import Client
from receptionist.model.script import ScriptVersion
from ui.models.moments import clock_words, day_of_year


def state_words(desk: Desk, client: Client, versions: Sequence[ScriptVersion]) -> tuple[str, str]:
    """The state of a client's script and its tone; `versions` may still be unknown."""
    counting = desk.scripts.counting(client.id)
    if counting is None:
        drafts = ngettext("{count} draft", "{count} drafts", len(versions))
        words = _("No script yet: appointment kinds and a message are offered.")
        if versions:
            words = f"{words} · {drafts.format(count=len(versions))}"
        return words, "plain"
    version = next((one for one in versions if one.id == counting.version_id), None)
    parts = [_("Version {number} counts").format(number=counting.number)]
    if version is not None:
        parts = [_counts(version, client.zone), agreement_words(version, client.zone)]
    faults = len(desk.scripts.faults(client))
    if faults:
        words = ngettext("{count} fault by now", "{count} faults by now", faults)
        parts.append(words.format(count=faults))
    approved = version is not None and version.approved is not None
    tone = "attention" if faults else "quiet" if approved else "plain"
    return " · ".join(parts), tone


def agreement_words(version: ScriptVersion, zone: str) -> str:
    """Whether the client was sent a version and agreed to it."""
    if version.approved is not None:
        words = _("approved by {who} on {day}")
        return words.format(who=version.approved_by, day=_day(version.approved, zone))
    if version.sent is not None:
        return _("sent on {day}, not approved yet").format(day=_day(version.sent, zone))
    return _("not approved")


def version_words(version: ScriptVersion, desk: Desk, client: Client) -> str:
    """A version in a list: number, state, when, who, why, and whether it was agreed to."""
    zone = client.zone
    counting = desk.scripts.counting(client.id)
    counts = counting is not None and counting.version_id == version.id
    state = _("draft") if version.counts_from is None else _("counted before")
    if counts:
        state = _("counts")
    made = _("{day}, {time}, {who}").format(
        day=_day(version.at, zone),
        time=clock_words(version.at, zone),
        who=who_words(desk, version.who),
    )
    rows = [_("Version {number} – {state}").format(number=version.number, state=state), made]
    if version.why:
        rows.append(version.why)
    if version.sent is not None or version.approved is not None:
        rows.append(agreement_words(version, zone))
    return "\n".join(rows)


def who_words(desk: Desk, who: UUID | None) -> str:
    """Who made a version."""
    me = desk.directory.receptionist
    return me.name or _("you") if who == me.id else _("somebody else")


def _counts(version: ScriptVersion, zone: str) -> str:
    since = version.counts_from or version.at
    words = _("Version {number} counts since {day}, {time}")
    day, time = _day(since, zone), clock_words(since, zone)
    return words.format(number=version.number, day=day, time=time)


def _day(at: datetime, zone: str) -> str:
    return day_of_year(at.astimezone(ZoneInfo(zone)).date())

"""Errands in words: what is done for whom, for how long, and whether its timer stands still."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.errand import Errand, ErrandState, StretchEnd
from receptionist.model.service import IN_CALLS, Service, lacking
from ui.models.words import client_words, elapsed, one_line

_LOOKS = {
    ErrandState.RUNNING: ("clock", "good"),
    ErrandState.PAUSED: ("pause", "attention"),
    ErrandState.INTERRUPTED: ("alert", "danger"),
    ErrandState.FINISHED: ("check", "plain"),
}


def at_work(errands: Sequence[Errand]) -> Errand | None:
    """The one whose timer runs, else the one that was worked on last."""
    running = [one for one in errands if one.state is ErrandState.RUNNING]
    return max(running or errands, key=_last_sign, default=None)


def _last_sign(errand: Errand) -> datetime:
    return errand.stretches[-1].seen if errand.stretches else errand.created


def worked(errand: Errand, now: datetime) -> float:
    """Seconds of work until now."""
    if errand.state is not ErrandState.RUNNING:
        return errand.worked_s
    return errand.worked_s + max(0.0, (now - errand.stretches[-1].seen).total_seconds())


def service_words(errand: Errand, limit: int = 80) -> str:
    """What it is done as."""
    return one_line(errand.service.name, limit)


def errand_words(errand: Errand, client: Client | None) -> str:
    """What is done for whom."""
    words = _("{service} for {client}")
    return words.format(service=service_words(errand), client=client_words(client))


def pill_words(errand: Errand, now: datetime, others: int) -> tuple[str, ...]:
    """The errand at work with its timer, at several lengths, the longest first."""
    state = {ErrandState.PAUSED: _("paused"), ErrandState.INTERRUPTED: _("cut off")}
    timer = elapsed(worked(errand, now))
    short = " ".join(filter(None, (timer, state.get(errand.state, ""))))
    more = _("{count} more").format(count=others) if others else ""
    full = " · ".join(filter(None, (service_words(errand, 22), short, more)))
    named = (f"{service_words(errand, limit)} · {short}" for limit in (12, 8))
    return full, *named, short, timer


def pill_look(errand: Errand) -> tuple[str, str]:
    """How its timer stands, as a picture, and as a colour beside it."""
    return _LOOKS[errand.state]


def state_words(errand: Errand) -> str:
    """Why its timer stands still, in a word; "" while it runs."""
    if errand.state is ErrandState.RUNNING:
        return ""
    return {
        StretchEnd.CALL: _("paused by a call"),
        StretchEnd.BREAK: _("paused by a break"),
        StretchEnd.INTERRUPTED: _("cut off"),
    }.get(errand.why, _("paused"))


def not_agreed_words(services: Sequence[Service]) -> str:
    """What of the usual work is not agreed with a client; "" where no list is."""
    names = [one.name for one in lacking(services) if one.kind not in IN_CALLS]
    return _("Not agreed: {services}").format(services=", ".join(names)) if names else ""

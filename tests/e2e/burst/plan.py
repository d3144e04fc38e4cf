"""What a day brings: every call with what is said in it, made from a seed. It is the oracle."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from receptionist.clock import SystemClock

ZONE = "Europe/Berlin"
CALLERS = ("+491713920001", "+491713920002", "+491713920003")
"""Who calls: some of them for several clients on the same day."""
OWNER, NEVER_THERE = "+491713920050", "+491713920099"
"""Whom callers are connected with, and who is always busy."""
_FIRST_NUMBER = 4930_23125_000
_NAMES = ("Erika Muster", "Otto Beispiel", "Lina Probe", "Max Mustermann", "Greta Vorlage")
_MATTERS = (
    "möchte die Rechnung vom März noch einmal, an die alte Anschrift",
    "fragt, ob der Kessel vor dem Winter gewartet wird; Söhne & Co.",
    "hat den Schlüssel gefunden und bringt ihn morgen früh vorbei",
    "sagt, das Angebot gilt; 3 × Öl, 1 × Filter, Lieferung bis Freitag",
)


class Fate(StrEnum):
    """What becomes of a call.

    A note is taken, an appointment booked, the caller connected, or not because nobody is there;
    nobody answers; the caller hangs up in mid-sentence; the call was for another client.
    """

    NOTE = "note"
    BOOKED = "booked"
    CONNECTED = "connected"
    BUSY = "busy"
    MISSED = "missed"
    CUT_OFF = "cut-off"
    WRONG_CLIENT = "wrong-client"


REASONS = {
    Fate.BOOKED: "termin",
    Fate.CONNECTED: "inhaber",
    Fate.BUSY: "belegt",
}
"""The call reason that is chosen; "nachricht" for all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A call that is going to be made. `dialled` is a number that no other call dials.

    `client` is for whom it comes in, `meant` for whom it is; `typed` is what is typed for each
    prompt, in this order, and `start` when the appointment begins.
    """

    dialled: str
    client: str
    meant: str
    fate: Fate
    typed: tuple[tuple[str, str], ...]
    start: datetime | None = None

    @property
    def reason(self) -> str:
        """The call reason that is chosen."""
        return REASONS.get(self.fate, "nachricht")

    @property
    def name(self) -> str:
        """Who calls, as it is typed."""
        return dict(self.typed).get("name", "")


@dataclass(frozen=True, slots=True)
class Day:
    """The clients by key with their numbers, and the calls in their order."""

    numbers: dict[str, tuple[str, ...]]
    calls: tuple[Planned, ...]

    def call(self, dialled: str) -> Planned | None:
        """The call that dials a number."""
        return next((one for one in self.calls if one.dialled == dialled), None)


def day(seed: int, calls: int, clients: int, fates: Sequence[Fate]) -> Day:
    """So many calls for so many clients; each fate comes about equally often."""
    chance = random.Random(seed)
    keys = [f"k{number:02}" for number in range(clients)]
    each = -(-calls // clients)
    numbers = {
        key: tuple(f"+{_FIRST_NUMBER + at * each + one}" for one in range(each))
        for at, key in enumerate(keys)
    }
    dialled = [(key, number) for key in keys for number in numbers[key]][:calls]
    chance.shuffle(dialled)
    wanted = [fates[at % len(fates)] for at in range(calls)]
    chance.shuffle(wanted)
    starts = {key: iter(_starts()) for key in keys}
    planned = []
    for at, ((key, number), fate) in enumerate(zip(dialled, wanted, strict=True)):
        others = [one for one in keys if one != key]
        meant = chance.choice(others) if fate is Fate.WRONG_CLIENT else key
        planned.append(
            Planned(
                dialled=number,
                client=key,
                meant=meant,
                fate=fate,
                typed=_typed(fate, at, chance),
                start=next(starts[key]) if fate is Fate.BOOKED else None,
            )
        )
    return Day(numbers, tuple(planned))


def _typed(fate: Fate, at: int, chance: random.Random) -> tuple[tuple[str, str], ...]:
    if fate is Fate.MISSED:
        return ()
    name = f"{chance.choice(_NAMES)} {at}"
    if fate is Fate.BOOKED:
        return (("name", name),)
    matter = f"{chance.choice(_MATTERS)} ({at})"
    if fate in (Fate.CONNECTED, Fate.BUSY):
        return (("name", name), ("anliegen", matter))
    urgent = chance.choice(("ja", "nein"))
    back = f"030 23125 {chance.randrange(1000):03}"
    return (("name", name), ("dringend", urgent), ("rueckruf", back), ("anliegen", matter))


def _starts() -> list[datetime]:
    """Every hour of the days to come, inside the bookable hours: no two are in each other's way."""
    today = SystemClock().now().astimezone(ZoneInfo(ZONE)).date()
    return [
        datetime.combine(today + timedelta(days=ahead), time(hour), ZoneInfo(ZONE))
        for ahead in range(2, 30)
        for hour in range(8, 18)
    ]

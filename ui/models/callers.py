"""What is known of who calls: his marks, what is to be minded and told, and who may be the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _, ngettext
from receptionist.model.call import Call
from receptionist.model.callers import CallerCard, CallerNotice, are_apart
from receptionist.model.client import Client
from receptionist.model.number import normalised, shown
from receptionist.model.plain import plain
from receptionist.model.worklist import WorkItem
from ui.models.moments import clock_words, dated_words, start_words
from ui.models.stage import Seen
from ui.models.words import one_line
from ui.models.workwords import why_words

_LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class CallerSign:
    """What a card says of its caller in one or two words; nothing of what was written."""

    words: str = ""
    icon: str = ""
    tone: str = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNow:
    """What is known of the other side of one call, for its client alone.

    `number` is normalised. A `card` that was found `by_name` may be that of another person, and
    so may `twin`, which has the same name under another number. `told` was told in this call.
    """

    call: Call
    client: Client
    number: str
    name: str
    card: CallerCard | None = None
    by_name: bool = False
    told: tuple[CallerNotice, ...] = ()
    owed: tuple[WorkItem, ...] = ()
    twin: CallerCard | None = None

    @property
    def key(self) -> tuple[UUID, UUID]:
        """To which call and client this belongs."""
        return self.call.id, self.client.id

    @property
    def typed(self) -> tuple[str, str]:
        """What somebody typed to say who it is."""
        return self.call.caller_name, self.call.caller_number

    @property
    def waiting(self) -> Sequence[CallerNotice]:
        """Messages that are still to be told."""
        return self.card.notices if self.card else ()


class Callers:
    """Who calls whom, out of memory alone. Main thread.

    Whatever is asked is asked for the client of the call, and nothing of another is in the answer.
    """

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk, self._clock = desk, clock

    def sign(self, seen: Seen) -> CallerSign:
        """What stands on the card of a live call."""
        client, call = seen.client, seen.call
        if client is None or call.consults_for or not call.number:
            return CallerSign()
        card = self._desk.people.notebooks.caller(client.id, call.number)
        return sign_of(card) if card is not None else CallerSign()

    def known(self, seen: Seen | None) -> KnownNow | None:
        """What is known of the shown call's other side; None while the client is not known."""
        return self._found(seen) if seen is not None else None

    def _found(self, seen: Seen) -> KnownNow | None:
        client, call = seen.client, seen.call
        if client is None or call.consults_for:
            return None
        books = self._desk.people.notebooks
        number = normalised(call.number, self._desk.directory.office.region)
        name = (call.caller_name or call.caller.name).strip()
        mine = books.caller(client.id, number) if number else None
        same = books.callers.namesakes(client.id, (mine and mine.name) or name, self._clock.now())
        others = [one for one in same if mine is None or one.caller.id != mine.caller.id]
        named = others[0] if mine is None and len(others) == 1 else None
        card = mine or named
        return KnownNow(
            call=call,
            client=client,
            number=number,
            name=name,
            card=card,
            by_name=mine is None and named is not None,
            told=self._told(card, call),
            owed=self._owed(client, {number, *(mine.numbers if mine else ())} - {""}, call),
            twin=self._twin(mine, others) if number else None,
        )

    def _twin(self, mine: CallerCard | None, others: list[CallerCard]) -> CallerCard | None:
        """Who alone may be the same person, unless somebody said that he is not."""
        left = [one for one in others if mine is None or not are_apart(mine, one)]
        return left[0] if len(left) == 1 else None

    def _told(self, card: CallerCard | None, call: Call) -> tuple[CallerNotice, ...]:
        every = self._desk.people.notebooks.callers.notices_for(card) if card else ()
        return tuple(one for one in every if one.call_id == call.id and one.told is not None)

    def _owed(self, client: Client, numbers: set[str], call: Call) -> tuple[WorkItem, ...]:
        of_caller = self._desk.work.of_caller
        every = {one.id: one for number in numbers for one in of_caller(client.id, number)}
        return tuple(one for one in every.values() if one.call_id != call.id)


def sign_of(card: CallerCard) -> CallerSign:
    """The marks of a caller in words, the gravest first."""
    parts = (
        (card.blocked, _("blocked"), "barred", "danger"),
        (card.vip, _("VIP"), "star", "attention"),
        (bool(card.notices), _("to be told"), "message", "attention"),
        (bool(card.note) and not card.blocked, _("to be minded"), "alert", "attention"),
    )
    there = [(said, icon, tone) for so, said, icon, tone in parts if so]
    if not there:
        return CallerSign()
    return CallerSign(" · ".join(said for said, _icon, _tone in there), *there[0][1:])


# ---- words of the shown call


def name_words(known: KnownNow) -> str:
    """Who it is, as far as that is known."""
    card = known.card
    name = one_line(card.name or known.name if card else known.name)
    who = name or shown(known.number)
    if known.by_name:
        return _("Perhaps {name}: the same name").format(name=who)
    count = len(card.numbers) if card else 0
    if count < 2:
        return who
    words = ngettext("{name} · {count} number", "{name} · {count} numbers", count)
    return words.format(name=who, count=count)


def mark_words(card: CallerCard) -> tuple[str, str, str]:
    """What is to be minded, its tone and its icon; three empty words if nothing is."""
    note = one_line(card.note, _LONGEST_NOTE)
    if card.blocked:
        words = _("Blocked: {why}").format(why=note) if note else _("Blocked")
        return words, "danger", "barred"
    if card.vip:
        return (_("VIP: {note}").format(note=note) if note else _("VIP")), "attention", "star"
    return (note, "attention", "alert") if note else ("", "", "")


def notice_caption(notice: CallerNotice, zone: str) -> str:
    """What kind of text this is, and until when it holds."""
    if notice.expires is None:
        return _("To be told this caller")
    return _("To be told this caller · holds until {until}").format(
        until=start_words(notice.expires, zone)
    )


def told_words(notice: CallerNotice, who: str, zone: str) -> str:
    """That a message was told, by whom and when."""
    words = _("Told at {time} by {who}: {text}")
    at = clock_words(notice.told, zone) if notice.told else ""
    return words.format(time=at, who=who, text=one_line(notice.text, _LONGEST_NOTE))


def standing_words(notice: CallerNotice, who: str, zone: str, now: datetime) -> str:
    """A message and how it stands: waiting, told, or too late."""
    text = one_line(notice.text, _LONGEST_NOTE)
    if notice.told is not None:
        words = _("{text} – told {date} {time} by {who}")
        at, day = clock_words(notice.told, zone), dated_words(notice.told, zone, now)
        return words.format(text=text, date=day, time=at, who=who)
    if notice.expires is None:
        return _("{text} – waits").format(text=text)
    until = start_words(notice.expires, zone)
    if notice.waits(now):
        return _("{text} – waits until {until}").format(text=text, until=until)
    return _("{text} – expired {until}, never told").format(text=text, until=until)


def notice_text(notice: CallerNotice) -> str:
    """The message as it is read aloud."""
    return plain(notice.text, lines=True)


def owed_words(owed: Sequence[WorkItem], zone: str, now: datetime) -> str:
    """What is still open with him, the oldest first; "" if nothing is."""
    if not owed:
        return ""
    first = min(owed, key=lambda one: one.created)
    about = one_line(first.text, 60)
    parts = (why_words(first), dated_words(first.created, zone, now), about)
    what, more = ", ".join(filter(None, parts)), len(owed) - 1
    if not more:
        return _("Open with this caller: {what}").format(what=what)
    return _("Open with this caller: {what}, and {count} more").format(what=what, count=more)


def twin_words(known: KnownNow) -> str:
    """Who may be the same person; "" if nobody may."""
    twin = known.twin
    if twin is None:
        return ""
    numbers = ", ".join(map(shown, twin.numbers)) or _("no number")
    words = _("The same person? The name is also known under {numbers}.")
    return words.format(numbers=one_line(numbers))

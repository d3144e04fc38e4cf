"""Calls in the words of the trade. What a caller sent is cut to one harmless line first."""

from __future__ import annotations

from datetime import datetime

from receptionist.i18n import _
from receptionist.model.call import Call, CallState, Cause, Direction
from receptionist.model.client import Client
from receptionist.model.number import shown
from receptionist.model.plain import plain
from receptionist.model.unattended import StepKind

_LONGEST = 120
_QUOTES = {"de": ("„", "“"), "en": ("“", "”")}


def one_line(text: str, limit: int = _LONGEST) -> str:
    """`text` as one harmless line, cut with an ellipsis where it is longer than `limit`."""
    line = plain(text)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def client_words(client: Client | None, call: Call | None = None) -> str:
    """For whom: the client's name, or our own office, or that nobody knows the number."""
    if client is not None:
        return one_line(client.name)
    outgoing = call is not None and call.direction is Direction.OUTGOING
    return _("Our own office") if outgoing else _("Unknown number")


def said(greeting: str, tongue: str) -> str:
    """A greeting as one line in the quotation marks of its language."""
    opening, closing = _QUOTES.get(tongue, _QUOTES["en"])
    return f"{opening}{one_line(greeting, 400)}{closing}"


def short_name(name: str) -> str:
    """The letters a name begins its words with, for where there is no room."""
    return "".join(word[0] for word in name.split()[:3])


def initials(client: Client | None, call: Call) -> str:
    """One or two letters for the badge."""
    if client is not None:
        return client.initials
    return "–" if call.direction is Direction.OUTGOING else "?"


def other_side(call: Call) -> str:
    """The number at the other end, as people write it."""
    return one_line(shown(call.number), 40)


def number_words(call: Call) -> str:
    """The number at the other end, or that it was withheld."""
    return other_side(call) or _("number withheld")


def caller_words(call: Call) -> str:
    """Who is at the other end: what was typed, else what was signalled, else that it is unknown."""
    return one_line(call.caller_name or call.caller.name) or _("name not known yet")


def who(call: Call) -> str:
    """The other side as one calls it in a sentence: its name, else its number."""
    return one_line(call.caller_name or call.caller.name) or number_words(call)


def concern(caller: Call) -> str:
    """Who waits and what he wants, for whoever is asked about him."""
    named = dict.fromkeys((who(caller), number_words(caller)))
    note = one_line(caller.note, 160)
    return ", ".join(named) + (f": {note}" if note else "")


def state_words(call: Call) -> str:
    """The state of a call as a word."""
    words = {
        CallState.RINGING: _("ringing"),
        CallState.DIALLING: _("being called"),
        CallState.ACTIVE: _("talking"),
        CallState.HELD: _("on hold"),
        CallState.ENDED: _("ended"),
    }
    if call.state is CallState.RINGING and call.step is not None:
        return step_words(call.step, call.place)
    if call.parked and call.state is CallState.HELD:
        return _("parked as {number}").format(number=call.parked)
    if call.muted and call.state is CallState.ACTIVE:
        return _("talking, muted")
    return words[call.state]


def step_words(step: StepKind, place: int = 0) -> str:
    """What the phone itself does for a caller whom nobody has answered."""
    if step is StepKind.QUEUE and place:
        return _("in the queue, place {place}").format(place=place)
    return {
        StepKind.ANNOUNCEMENT: _("hears the announcement"),
        StepKind.QUEUE: _("in the queue"),
        StepKind.FORWARD: _("is being forwarded"),
        StepKind.VOICEMAIL: _("is leaving a message"),
        StepKind.BUSY: _("hears the busy tone"),
    }[step]


def outcome_words(call: Call) -> str:
    """What became of a call, for the journal."""
    if call.cause is Cause.TRANSFERRED:
        return _connected(call)
    if call.answered:
        return _("talked {duration}").format(duration=elapsed(call.talk_s))
    words = {
        Cause.DECLINED: _("declined"),
        Cause.BUSY: _("busy"),
        Cause.NO_ANSWER: _("no answer"),
        Cause.FAILED: _("could not be reached"),
        Cause.ENGINE_DIED: _("lost"),
        Cause.REFUSED: _("all lines busy"),
        Cause.NOT_ENCRYPTED: _("not encrypted"),
        Cause.WE_HUNG_UP: _("given up"),
    }
    outgoing = call.direction is Direction.OUTGOING
    return words.get(call.cause, _("not reached") if outgoing else _("missed"))


def went_wrong(call: Call) -> bool:
    """Whether a caller was not served."""
    incoming = call.direction is Direction.INCOMING
    return call.cause is Cause.ENGINE_DIED or (incoming and not call.answered)


def ended_words(call: Call) -> str:
    """Why the shown call is over, as a sentence."""
    sentences = {
        Cause.TRANSFERRED: _sentence(_connected(call)),
        Cause.CALLER_HUNG_UP: _("The other side hung up."),
        Cause.WE_HUNG_UP: _("You hung up."),
        Cause.DECLINED: _("The call was declined."),
        Cause.MISSED: _("The caller hung up before anybody answered."),
        Cause.BUSY: _("The other side was busy."),
        Cause.NO_ANSWER: _("Nobody answered."),
        Cause.FAILED: _("The call could not be put through."),
        Cause.ENGINE_DIED: _("The call was lost because the phone stopped. Please call back."),
        Cause.REFUSED: _("All lines of the phone were busy. Please call back."),
        Cause.NOT_ENCRYPTED: _(
            "The other side does not encrypt the voice, which this line always wants."
        ),
    }
    return sentences.get(call.cause, _("The call is over."))


def _connected(call: Call) -> str:
    number = one_line(shown(call.connected_to), 40)
    return _("connected with {number}").format(number=number) if number else _("connected")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def lasting_since(call: Call) -> datetime:
    """From when the timer of a live call counts: the answer while talking, else its state."""
    talking = (part.start for part in call.segments if part.state is CallState.ACTIVE)
    return next(talking, call.since) if call.state is CallState.ACTIVE else call.since


def elapsed(seconds: float) -> str:
    """`m:ss`, with hours where there are some."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes:02d}:{left:02d}"

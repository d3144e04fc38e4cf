"""Messages as bytes: all of them there and back, and everything that must be refused."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.errors import BadFrame
from receptionist.events import LineChanged, LineState, PhoneIncoming, PhoneRefused
from receptionist.model.dialled import Called
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.phone import wire
from receptionist.phone.wire import COMMANDS, MAX_FRAME, REPORTS, decode, encode
from receptionist.reasons import Reason

CALL = UUID("6f1d3a52-2fcd-4172-a403-0049509d7a86")
INCOMING = PhoneIncoming(
    call_id=CALL,
    line_id=CALL,
    called=Called(to="sip:+493023125100@example.org", history=("sip:ä@example.org", "tel:+49")),
    caller_uri="sip:anonymous@anonymous.invalid",
    caller_name="Erika „Muster“ \x85",
    at=datetime(2027, 1, 11, 8, 0, 0, 123456, tzinfo=UTC),
)

secrets = st.builds(Secret, st.text(st.characters(codec="utf-8"), max_size=20))
instants = st.datetimes(timezones=st.just(UTC))
texts = st.text(st.characters(codec="utf-8"), max_size=30)


def strategy(kind: type) -> st.SearchStrategy[Any]:
    for type_, values in ((str, texts), (Secret, secrets), (datetime, instants)):
        st.register_type_strategy(type_, values)
    return st.from_type(kind)


@pytest.mark.parametrize("kind", [*COMMANDS, *REPORTS], ids=lambda kind: kind.__name__)
def test_every_message_comes_back_as_it_went(kind: type) -> None:
    @given(strategy(kind))
    def there_and_back(message: object) -> None:
        again = decode(encode(message), (*COMMANDS, *REPORTS))
        assert type(again) is kind
        assert encode(again) == encode(message)
        for field in dataclasses.fields(kind):
            value = getattr(message, field.name)
            if not isinstance(value, Secret):
                assert getattr(again, field.name) == value

    there_and_back()


def test_the_secret_crosses_and_is_never_shown() -> None:
    line = Line(id=CALL, key="k", name="n", registrar="example.org", user="u")
    message = wire.Register(line=line, secret=Secret("hush"))
    again = decode(encode(message), COMMANDS)
    assert again.secret.reveal() == "hush"
    assert "hush" not in repr(again) + repr(message)


def test_lone_surrogates_never_get_on_the_wire() -> None:
    message = dataclasses.replace(INCOMING, caller_name="a\udcffb")
    assert decode(encode(message), REPORTS).caller_name == "a?b"


def _frame(kind: str, **body: object) -> bytes:
    return json.dumps({"kind": kind, "body": body}).encode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe{}", "not JSON"),
        (b"[" * 60_000, "not JSON"),
        (b"[]", "kind and body"),
        (b'{"kind": "Stop"}', "kind and body"),
        (b'{"kind": "Stop", "body": {}, "more": 1}', "kind and body"),
        (b'{"kind": {}, "body": {}}', "unknown kind"),
        (_frame("Ready", version=1, audio="", sip_port=1), "unknown kind"),
        (_frame("Answer"), "call_id"),
        (_frame("Answer", call_id=str(CALL), extra=1), "call_id"),
        (_frame("Answer", call_id="7"), "Answer.call_id: no UUID"),
        (_frame("Answer", call_id=7), "Answer.call_id: a string"),
        (_frame("Mute", call_id=str(CALL), muted=1), "Mute.muted: bool"),
        (_frame("Decline", call_id=str(CALL), status=True, reason=""), "Decline.status: int"),
        (_frame("Decline", call_id=str(CALL), status=4.5, reason=""), "Decline.status: int"),
        (_frame("SendDigits", call_id=str(CALL), digits="\ud800"), "SendDigits.digits"),
        (b'{"kind": "Stop", "body": []}', "Stop"),
        pytest.param(b" " * (MAX_FRAME + 1), "at most", id="too long"),
    ],
)
def test_what_is_no_command_is_refused_with_its_place(data: bytes, says: str) -> None:
    with pytest.raises(BadFrame, match=says):
        decode(data, COMMANDS)


def test_a_report_with_wrong_parts_is_refused() -> None:
    frame = json.loads(encode(INCOMING))
    for path, wrong in (
        (("at",), "2027-01-11T08:00:00"),
        (("called",), None),
        (("called", "history"), "x"),
        (("called", "history"), [1]),
    ):
        body = json.loads(json.dumps(frame))
        place = body["body"]
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = wrong
        with pytest.raises(BadFrame, match=path[-1]):
            decode(json.dumps(body).encode(), REPORTS)


def test_an_unknown_state_is_refused() -> None:
    frame = json.loads(encode(LineChanged(line_id=CALL, state=LineState.READY)))
    frame["body"]["state"] = "asleep"
    with pytest.raises(BadFrame, match="no LineState"):
        decode(json.dumps(frame).encode(), REPORTS)


def test_what_is_too_big_is_not_sent() -> None:
    big = dataclasses.replace(INCOMING, caller_name="x" * MAX_FRAME)
    with pytest.raises(BadFrame, match="at most"):
        encode(big)


def test_none_is_only_taken_where_it_may_be() -> None:
    refused = PhoneRefused(
        line_id=None,
        called=Called(),
        caller_uri="",
        caller_name="",
        reason=Reason.STRANGER,
        at=INCOMING.at,
    )
    assert decode(encode(refused), REPORTS).line_id is None
    with pytest.raises(BadFrame):
        decode(_frame("Answer", call_id=None), COMMANDS)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    with contextlib.suppress(BadFrame):
        decode(data, COMMANDS)


def test_every_command_has_its_own_name() -> None:
    names = [kind.__name__ for kind in (*COMMANDS, *REPORTS)]
    assert len(set(names)) == len(names)

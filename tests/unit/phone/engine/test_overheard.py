"""What messages say of transfers and dialogs, whoever wrote them."""

from __future__ import annotations

import pytest

from receptionist.phone.engine.overheard import Word, replaces_in, sequence_of, word_in

NOTIFY = """NOTIFY sip:desk@127.0.0.1:5060 SIP/2.0\r
Via: SIP/2.0/UDP 127.0.0.1:5080;branch=z9hG4bK1\r
From: <sip:caller@example.org>;tag=1\r
To: <sip:desk@example.org>;tag=2\r
Call-ID: a@b\r
CSeq: 7 NOTIFY\r
{event}\r
Subscription-State: {state}\r
Content-Type: message/sipfrag\r
Content-Length: {length}\r
\r
{body}"""


def notify(event: str = "Event: refer", state: str = "active", body: str = "SIP/2.0 100 T") -> str:
    return NOTIFY.format(event=event, state=state, body=body, length=len(body))


@pytest.mark.parametrize(
    ("event", "refer"),
    [
        ("Event: refer", None),
        ("Event: refer;id=93809824", 93809824),
        ("o: refer ; id=3", 3),
        ("EVENT: Refer;x=y;id=4", 4),
    ],
)
def test_it_names_the_refer_or_does_not(event: str, refer: int | None) -> None:
    assert word_in(notify(event)) == Word(refer, 100, "T", False)


def test_the_last_word() -> None:
    said = notify(state="terminated;reason=noresource", body="SIP/2.0 486 Busy Here\r\n")
    assert word_in(said) == Word(None, 486, "Busy Here", True)


@pytest.mark.parametrize(
    "message",
    [notify("Event: presence"), notify("X: y"), notify(body=""), notify(body="hello"), "x"],
)
def test_what_is_about_no_transfer(message: str) -> None:
    assert word_in(message) is None


def test_the_number_of_a_request() -> None:
    assert sequence_of(notify()) == 7


ANSWER = """SIP/2.0 200 OK\r
Via: SIP/2.0/UDP 127.0.0.1:5080;branch=z9hG4bK1\r
From: "We" <sip:desk@example.org>;tag=us\r
To: <sip:owner@example.org>;tag=them\r
Call-ID: a+b@c\r
CSeq: 1 INVITE\r
Content-Length: 0\r
\r
"""


def test_a_dialog_is_named_as_the_other_side_knows_it() -> None:
    """RFC 3891: to-tag is that of whom the INVITE with Replaces is sent to."""
    dialled = replaces_in(ANSWER, "sip:owner@example.org:5070")
    assert dialled == (
        "<sip:owner@example.org:5070?Replaces=a%2Bb%40c%3Bto-tag%3Dthem%3Bfrom-tag%3Dus>"
    )
    came = replaces_in(ANSWER, "")
    assert came.startswith("<sip:desk@example.org?Replaces=")
    assert came.endswith("%3Bto-tag%3Dus%3Bfrom-tag%3Dthem>")

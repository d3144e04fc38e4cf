"""Reading, changing and writing of SIP messages, and what is not let through."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from receptionist.phone.sip.framing import PING, Framer
from receptionist.phone.sip.message import BadSip, Message, parse, request, response_to
from receptionist.phone.sip.redacting import redacted
from receptionist.phone.sip.uri import NameAddr, name_addr, uri
from receptionist.phone.sip.via import stamp, via
from tests.doubles.sip.torture import CASES, messages, mutated

MUTATIONS = 1000

PLAIN = """INVITE sip:desk@192.0.2.7 SIP/2.0
v: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa, SIP/2.0/TCP [2001:db8::1];branch=z9hG4bKb
Via: SIP/2.0/TLS phone.example;branch=z9hG4bKc
Record-Route: <sip:a@192.0.2.1;lr>, "x, y" <sip:192.0.2.2;lr>
f: "Muster, Erika" <sip:+491713920001@phone.example>;tag=1
t: <sip:+493023125100@phone.example>
Call-ID: one
CSeq: 1 INVITE
Subject: Term\u00edn,
  am Montag
Content-Length: 4

body"""


def raw(text: str = PLAIN) -> bytes:
    return text.replace("\n", "\r\n").encode()


def test_names_in_every_spelling() -> None:
    message = parse(raw())
    assert message.get("FROM") == message.get("f") == message.get("From")
    assert message.get("subject") == "Termín, am Montag"
    assert message.get("X") is None
    assert (message.method, message.uri, message.body) == ("INVITE", "sip:desk@192.0.2.7", b"body")
    assert (message.status, message.reason) == (0, "")


def test_lists_are_seen_one_by_one() -> None:
    message = parse(raw())
    assert [via(value).host for value in message.all("Via")] == [
        "192.0.2.1",
        "[2001:db8::1]",
        "phone.example",
    ]
    assert message.all("record-route")[1] == '"x, y" <sip:192.0.2.2;lr>'
    assert message.all("from") == ['"Muster, Erika" <sip:+491713920001@phone.example>;tag=1']


def test_changing_keeps_the_order_of_the_rest() -> None:
    message = parse(raw())
    message.prepend("Via", "SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKd")
    assert via(message.remove_first("via") or "").host == "192.0.2.9"
    assert via(message.remove_first("Via") or "").host == "192.0.2.1"
    assert via(message.get("via") or "").host == "[2001:db8::1]"
    message.set("t", "<sip:x@y>")
    message.set("New", "1")
    message.remove("Record-Route")
    message.uri = "sip:other@192.0.2.8"
    names = [name for name, _ in message.headers]
    assert names == [
        "v",
        "Via",
        "f",
        "t",
        "Call-ID",
        "CSeq",
        "Subject",
        "Content-Length",
        "New",
    ]
    message.remove("v")
    assert message.remove_first("via") is None
    assert message.to_bytes().startswith(b"INVITE sip:other@192.0.2.8 SIP/2.0\r\n")


def test_the_length_is_that_of_the_body() -> None:
    message = parse(raw())
    message.body = b"longer than before"
    again = parse(message.to_bytes())
    assert (again.get("l"), again.body) == ("18", message.body)
    message.remove("content-length")
    assert message.to_bytes().endswith(b"\r\nContent-Length: 18\r\n\r\nlonger than before")


def test_what_follows_the_body_in_a_datagram_is_dropped() -> None:
    assert parse(raw() + b"rest").body == b"body"
    assert parse(raw(PLAIN.replace("Content-Length: 4\n", ""))).body == b"body"


def test_bytes_that_are_no_text_leave_as_they_came() -> None:
    data = raw().replace("í".encode(), b"\xff\xfe")
    assert b"\xff\xfe" in parse(data).to_bytes()


def test_an_answer_of_our_own() -> None:
    asked = parse(raw())
    answer = response_to(asked, 486, "Busy Here", "ours")
    assert (answer.is_request, answer.status, answer.reason) == (False, 486, "Busy Here")
    assert answer.method == "INVITE"
    assert answer.get("to") == "<sip:+493023125100@phone.example>;tag=ours"
    assert answer.all("via") == asked.all("via")
    assert response_to(asked, 100, "Trying").get("to") == asked.get("to")
    asked.set("To", "<sip:x;tag=no@y>;tag=theirs")
    assert response_to(asked, 486, "Busy Here", "ours").get("to") == asked.get("to")
    assert parse(answer.to_bytes()).status == 486


def test_a_request_is_stamped_with_where_it_came_from() -> None:
    message = parse(raw())
    stamp(message, "udp", "192.0.2.66", 7000)
    assert via(message.all("via")[0]).back == ("192.0.2.66", 5060)
    stamp(message, "tcp", "192.0.2.66", 7000)
    assert via(message.all("via")[0]).back == ("192.0.2.66", 7000)
    assert len(message.all("via")) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("INVITE sip", "INVITE  sip"),
        ("INVITE sip:desk@192.0.2.7", "INVITE <sip:desk@192.0.2.7>"),
        ("INVITE sip:desk@192.0.2.7 SIP/2.0", "SIP/2.0 20 OK"),
        (" SIP/2.0\nv", " SIP/3.0\nv"),
        ("CSeq: 1 INVITE", "CSeq: 1 ACK"),
        ("CSeq: 1 INVITE", "CSeq: 99999999999 INVITE"),
        ("CSeq: 1 INVITE\n", ""),
        ("Call-ID: one\n", ""),
        ("Call-ID: one", "Call-ID: one two"),
        ("Call-ID: one", "Call-ID: one\ni: two"),
        ("f: ", "g: "),
        ("t: ", "t: a\nTo: "),
        ("v: SIP/2.0/UDP", "v: HTTP/1.1"),
        ("Content-Length: 4", "Content-Length: 5"),
        ("Content-Length: 4", "Content-Length: -1"),
        ("Content-Length: 4", "Content-Length: 4\nl: 3"),
        ("Subject: ", "Subject "),
        ("Subject: ", "Sub ject: "),
        ("Subject: ", ": "),
        ("Subject: ", "Max-Forwards: many\nSubject: "),
        ("Subject: ", "X: 1\n" * 151 + "Subject: "),
        ("Subject: ", "Subject: " + "x" * 65536),
    ],
)
def test_what_is_not_passed_on(old: str, new: str) -> None:
    assert old in PLAIN
    with pytest.raises(BadSip):
        parse(raw(PLAIN.replace(old, new, 1)))


@pytest.mark.parametrize("hidden", [b"\n", b"\r", b"\0"])
def test_no_header_is_hidden_behind_odd_line_ends(hidden: bytes) -> None:
    with pytest.raises(BadSip):
        parse(raw().replace(b"Montag", b"Montag" + hidden + b"X-Receptionist-Line: 1"))


# ---- torture in the style of RFC 4475


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_torture(case: Path) -> None:
    """Files named `bad-…` are refused; all others pass, and are the same when read again."""
    data = case.read_bytes()
    if case.stem.startswith("bad-"):
        with pytest.raises(BadSip):
            parse(data)
        return
    message = parse(data)
    again = parse(message.to_bytes())
    assert (again.start, again.body) == (message.start, message.body)
    assert [pair for pair in again.headers if pair[0].lower() not in ("content-length", "l")] == [
        pair for pair in message.headers if pair[0].lower() not in ("content-length", "l")
    ]


def test_the_torture_set_is_there() -> None:
    assert len(CASES) >= 30


def test_mutations_are_read_or_refused_and_nothing_else() -> None:
    """Whatever is let through can be changed, written, read again, shown and answered."""
    chance = random.Random(4475)
    sources = messages()
    passed = 0
    for _ in range(MUTATIONS):
        passed += _survives(mutated(chance.choice(sources), chance))
    assert passed > MUTATIONS // 20, "too few get through to say anything"


def _survives(data: bytes) -> bool:
    with suppress(BadSip):
        list(Framer().feed(data))
    try:
        message = parse(data)
    except BadSip:
        return False
    redacted(message)
    for name in ("via", "route", "contact", "from", "to"):
        for value in message.all(name):
            for read in (via, uri, name_addr):
                with suppress(BadSip):
                    read(value)
    copied = message.copy()
    copied.prepend("Via", "SIP/2.0/UDP 127.0.0.1:1;branch=z9hG4bKx")
    assert parse(copied.to_bytes()).remove_first("via") == "SIP/2.0/UDP 127.0.0.1:1;branch=z9hG4bKx"
    if message.is_request:
        parse(response_to(message, 400, "Bad Request", "t").to_bytes())
    return True


# ---- properties

TOKEN = st.text("abcdefghijklmnopqrstuvwxyzABC0123456789-.!%*_+`'~", min_size=1, max_size=12)
TEXT = st.text(
    st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\x85"), max_size=30
).map(str.strip)
FREE = st.lists(st.tuples(TOKEN.map(lambda name: f"X{name}"), TEXT), max_size=6)


def typical(more: list[tuple[str, str]], body: bytes) -> Message:
    headers = [
        ("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1"),
        ("From", "<sip:a@b>;tag=1"),
        ("To", "<sip:c@d>"),
        ("Call-ID", "one"),
        ("CSeq", "1 OPTIONS"),
    ]
    return request("OPTIONS", "sip:c@d", headers + more, body)


@given(FREE, st.binary(max_size=200))
def test_what_is_written_is_read_the_same(more: list[tuple[str, str]], body: bytes) -> None:
    message = typical([(name, value.strip(" \t")) for name, value in more], body)
    again = parse(message.to_bytes())
    assert again.start == message.start
    assert again.headers == [*message.headers, ("Content-Length", str(len(body)))]
    assert again.body == body
    assert parse(again.to_bytes()).to_bytes() == again.to_bytes()


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for text in (data, b"INVITE sip:a SIP/2.0\r\n" + data + b"\r\n\r\n"):
        with suppress(BadSip):
            parse(text)


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=5), st.integers(1, 40), st.booleans())
def test_a_stream_is_cut_where_the_messages_end(
    bodies: list[bytes], piece: int, pinged: bool
) -> None:
    between = PING if pinged else b""
    stream = between.join(typical([], body).to_bytes() for body in bodies)
    framer = Framer()
    found: list[bytes] = []
    for at in range(0, len(stream), piece):
        found += [message.body for message in framer.feed(stream[at : at + piece])]
    assert found == bodies
    assert framer.pings == (len(bodies) - 1 if pinged else 0)


@pytest.mark.parametrize(
    ("part", "worse"),
    [("one", "o ne"), ("1 INVITE", "1 BYE"), ("sip:desk", "desk"), ("Max-Forwards", "no colon\nM")],
)
def test_a_bad_message_in_a_stream_is_left_out(part: str, worse: str) -> None:
    text = PLAIN.replace("Call-ID", "Max-Forwards: 70\nCall-ID")
    assert part in text
    framer = Framer()
    found = list(framer.feed(raw(text) + raw(text.replace(part, worse)) + raw(text)))
    assert [message.body for message in found] == [b"body"] * 2
    assert framer.bad == 1


def test_a_stream_with_two_lengths_is_given_up() -> None:
    for more in ("Content-Length: 0", "l: 0"):
        with pytest.raises(BadSip):
            list(
                Framer().feed(raw(PLAIN.replace("Content-Length: 4", f"Content-Length: 4\n{more}")))
            )


def test_a_stream_of_something_else_is_given_up() -> None:
    with pytest.raises(BadSip):
        list(Framer().feed(b"GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"))


def test_a_stream_without_length_or_end_is_given_up() -> None:
    with pytest.raises(BadSip):
        list(Framer().feed(raw(PLAIN.replace("Content-Length: 4\n", ""))))
    with pytest.raises(BadSip):
        list(Framer().feed(b"x" * 70_000))
    with pytest.raises(BadSip):
        list(Framer().feed(raw(PLAIN.replace("Content-Length: 4", "Content-Length: 99999"))))


@pytest.mark.parametrize(
    "text",
    [
        "sip:192.0.2.1",
        "sip:a@b.example:5070;transport=tcp;lr",
        "sips:a:pw@[2001:db8::1]:5061;x=y?Replaces=a%3Bto-tag%3Db",
        "sip:+49302312;phone-context=+49@b.example;user=phone",
    ],
)
def test_a_uri_is_written_as_it_was_read(text: str) -> None:
    assert str(uri(text)) == text


def test_uris_are_taken_apart() -> None:
    one = uri("sip:a@b.example:5070;transport=TCP;lr?x=y")
    assert (one.user, one.host, one.port) == ("a", "b.example", 5070)
    assert (one.param("Transport"), one.param("lr"), one.param("q")) == ("TCP", "", None)
    for wrong in ("tel:+49", "sip:", "sip:a@b:99999", "sip:a b@c", "<sip:a@b>", ""):
        with pytest.raises(BadSip):
            uri(wrong)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<sip:a@b>;tag=1", NameAddr("", "sip:a@b", ";tag=1")),
        ('"A <x>, \\"B\\"" <sip:a@b;lr>', NameAddr('"A <x>, \\"B\\""', "sip:a@b;lr")),
        ("Erika Muster <sip:a@b>", NameAddr("Erika Muster", "sip:a@b")),
        ("sip:a@b;tag=1", NameAddr("", "sip:a@b", ";tag=1")),
    ],
)
def test_addresses(text: str, expected: NameAddr) -> None:
    assert name_addr(text) == expected
    if "<" in text:
        assert re.sub(r"\s+", " ", str(name_addr(text))) == text

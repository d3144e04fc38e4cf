"""What a provider's support gets to see of a call, and how much of it is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.trace import Traces
from receptionist.phone.sip.message import Message, parse

HOP = Hop("udp", "192.0.2.1", 5060)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

INVITE = """INVITE sip:+493023125100@192.0.2.7:5060 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa;rport
From: "Erika Muster" <sip:+491713920001@phone.example>;tag=ab
To: Zahnarzt Muster <sip:+493023125100;phone-context=x@phone.example;user=phone>
Contact: <sip:erika.muster:geheim@192.0.2.1:5060>, Erika <tel:+491713920001>
P-Asserted-Identity: "Erika \\"E.\\" Muster" <tel:+491713920001>
Diversion: <sip:+493023125200@phone.example>;reason=unconditional;text="Erika"
Proxy-Authorization: Digest username="erika", realm="phone.example", nonce="n0nce", \
uri="sip:+493023125100@phone.example", response="0123456789abcdef", algorithm=MD5, cnonce="c", nc=1
Refer-To: <sip:+493023125100@phone.example?Replaces=erika%40host>
Subject: Erika hat Schmerzen
X-Name: Erika Muster
Call-ID: one
CSeq: 1 INVITE
User-Agent: Telephone 1.0
Content-Type: application/sdp

v=0
o=erika 1 1 IN IP4 192.0.2.1
s=Erika
e=erika@phone.example
c=IN IP4 192.0.2.1
m=audio 4000 RTP/SAVP 8
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:GEHEIMGEHEIM|2^20
a=crypto:2 F8_128_HMAC_SHA1_80 inline:GEHEIM2;inline:GEHEIM3 UNENCRYPTED_SRTP
a=ice-pwd:GEHEIM
a=rtpmap:8 PCMA/8000"""

SECRETS = (
    "erika", "muster", "zahnarzt", "schmerzen", "geheim", "0001", "5100", "5200", "n0nce",
    "0123456789abcdef", 'cnonce="c"',
)  # fmt: skip


def message(text: str = INVITE) -> Message:
    return parse(text.replace("\n", "\r\n").encode())


def traces(**more: int) -> Traces:
    seconds = count()
    return Traces(lambda: START + timedelta(seconds=next(seconds)), **more)


def test_nobody_is_named_and_nothing_secret_shown() -> None:
    kept = traces()
    kept.add(message(), HOP, sent=False)
    text = kept.text("one")
    assert [word for word in SECRETS if word in text.lower()] == []


def test_what_support_needs_is_there() -> None:
    kept = traces()
    kept.add(message(), HOP, sent=False)
    text = kept.text("one")
    for part in (
        "2026-03-02 09:00:00.000 UTC, from udp:192.0.2.1:5060",
        "INVITE sip:+49302312…@192.0.2.7:5060 SIP/2.0",
        "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa;rport",
        "From: <sip:+49171392…@phone.example>;tag=ab",
        "Diversion: <sip:+49302312…@phone.example>;reason=unconditional",
        'realm="phone.example"',
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:…",
        "m=audio 4000 RTP/SAVP 8",
        "a=rtpmap:8 PCMA/8000",
        "User-Agent: Telephone 1.0",
    ):
        assert part in text


def test_other_bodies_are_left_out() -> None:
    plain = INVITE.replace("application/sdp", "text/plain").replace("v=0", "Erika")
    kept = traces()
    kept.add(message(plain), HOP, sent=True)
    assert "erika" not in kept.text("one").lower()


@pytest.mark.parametrize("what", ["calls", "messages", "bytes"])
def test_only_so_much_is_kept(what: str) -> None:
    size = len(message().to_bytes())
    bounds = {"calls": {"most_calls": 3}, "messages": {}, "bytes": {"most_bytes": 3 * size}}
    kept = traces(most_messages=5, **bounds[what])
    for number in range(50):
        for _ in range(20 if what == "messages" else 1):
            kept.add(message(INVITE.replace("Call-ID: one", f"Call-ID: {number}")), HOP, sent=True)
    assert kept.text("49").count("INVITE sip:") == (5 if what == "messages" else 1)
    if what != "messages":
        assert kept.text("46") == ""


def test_two_calls_are_told_in_the_order_of_time() -> None:
    kept = traces()
    for call_id in ("one", "two", "one"):
        kept.add(message(INVITE.replace("Call-ID: one", f"Call-ID: {call_id}")), HOP, sent=True)
    found = [line for line in kept.text("two", "one").splitlines() if line.startswith("Call-ID")]
    assert found == ["Call-ID: one", "Call-ID: two", "Call-ID: one"]
    assert kept.text("three") == ""

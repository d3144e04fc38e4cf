"""What neither side sees of the other, and what both have to see as it was."""

from __future__ import annotations

import pytest

from receptionist.phone.exchange import hiding
from receptionist.phone.sip.message import Message, parse

INVITE = [
    ("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc"),
    ("From", '"Erika; tag=9" <sip:+491713920001@example.org;x=1>;tag=one'),
    ("To", "<sip:+493023125100@example.org>"),
    ("Call-ID", "call"),
    ("CSeq", "1 INVITE"),
    ("Contact", '"Desk" <sip:desk@127.0.0.1:40000;ob>;expires=5'),
]


def message(start: str = "INVITE sip:x@y SIP/2.0", **changed: str) -> Message:
    names = {name: value for name, value in INVITE} | changed
    return Message(start, list(names.items()))


def test_the_contact_is_ours_with_the_user_as_it_was() -> None:
    one = message()
    hiding.our_contact(one, "192.0.2.9:5060", "udp")
    assert one.get("contact") == "<sip:desk@192.0.2.9:5060>"
    hiding.our_contact(one, "192.0.2.9:5061", "tls")
    assert one.get("contact") == "<sip:desk@192.0.2.9:5061;transport=tls>"


def test_a_tag_is_found_after_the_address_alone() -> None:
    one = message()
    assert hiding.tag_of(one.get("from")) == "one"
    assert hiding.tag_of(one.get("to")) == ""
    assert hiding.tag_of("sip:x@y;tag=two") == "two"
    assert hiding.tag_of(None) == ""


def test_cancel_and_ack_are_of_the_transaction_of_their_invite() -> None:
    invite = message()
    cancel = message("CANCEL sip:x@y SIP/2.0", CSeq="1 CANCEL")
    ack = message("ACK sip:x@y SIP/2.0", CSeq="1 ACK", To="<sip:x@y>;tag=two")
    other = message(Via="SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKother")
    assert hiding.transaction(invite) == hiding.transaction(cancel) == hiding.transaction(ack)
    assert hiding.transaction(invite) != hiding.transaction(other)


def test_without_a_branch_the_call_is_what_they_share() -> None:
    old = "SIP/2.0/UDP 192.0.2.1:5060"
    invite, cancel = message(Via=old), message("CANCEL sip:x@y SIP/2.0", Via=old, CSeq="1 CANCEL")
    assert hiding.transaction(invite) == hiding.transaction(cancel)
    assert hiding.transaction(invite) != hiding.transaction(message(Via=old, CSeq="2 INVITE"))


def test_a_secure_address_comes_back_as_it_was() -> None:
    one = message("INVITE sips:x@y;p=1 SIP/2.0", Contact="<sips:peer@192.0.2.1:5061>")
    hiding.plain(one)
    assert one.uri.startswith("sip:x@y;p=1")
    contact = (one.get("contact") or "").strip("<>")
    assert contact.startswith("sip:peer@192.0.2.1:5061;")
    assert hiding.secured(contact) == "sips:peer@192.0.2.1:5061"
    assert hiding.secured(one.uri) == "sips:x@y;p=1"
    assert hiding.secured("sip:x@y") == "sip:x@y"


def test_our_headers_stay_inside() -> None:
    one = message(**{"X-Receptionist-Line": "1", "x-receptionist-other": "2", "X-Theirs": "3"})
    hiding.without_ours(one)
    assert [name for name, _ in one.headers if name.lower().startswith("x-")] == ["X-Theirs"]


@pytest.mark.parametrize(("before", "after", "passes"), [("70", "69", True), ("0", "0", False)])
def test_hops_are_counted(before: str, after: str, passes: bool) -> None:
    one = message(**{"Max-Forwards": before})
    assert hiding.hopped(one) is passes
    assert one.get("max-forwards") == after


def test_what_is_too_long_for_a_worker_loses_what_nobody_needs() -> None:
    kept = {"Diversion": "<sip:+493023125100@example.org>", "X-Receptionist-Line": "1"}
    one = message(**kept, **{f"X-Long-{n}": "y" * 300 for n in range(20)}, Allow="INVITE")
    left = parse(hiding.trimmed(one))
    assert len(left.to_bytes()) <= hiding.LONGEST
    assert {name: left.get(name) for name in kept} == kept
    assert left.get("to") == "<sip:+493023125100@example.org>"


def test_what_is_short_enough_loses_nothing() -> None:
    one = message(Allow="INVITE", **{"User-Agent": "theirs"})
    assert parse(hiding.trimmed(one)).get("user-agent") == "theirs"

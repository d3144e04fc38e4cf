"""Calls by command: what is asked of the desk, what is waited for, and what is said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from receptionist.events import PhoneTrace
from receptionist.model.call import CallState
from receptionist.model.dialled import Called
from receptionist.model.route import Route, Way, Why
from tests.unit.cli.conftest import Terminal
from tests.unit.desk.conftest import LAWYER_NUMBER, PAINTER_NUMBER
from tests.unit.desk.test_transfers import OWNER, asking, connected, state, talking


def test_calls_are_answered_parked_and_recalled(terminal: Terminal) -> None:
    bench = terminal.bench
    assert terminal.says("call", "list") == "There are no calls."
    caller = bench.rings()
    assert "rings" in terminal.says("call", "list")
    assert "speaks" in terminal.says("call", "answer")
    answer = terminal.type("call", "park", "für Frau Muster")
    assert (answer["payload"]["calls"][0]["parked"], answer["code"]) == (1, 0)
    assert "parked as 1" in terminal.says("call", "list")
    assert "für Frau Muster" in terminal.says("call", "list")
    assert "There are: 1" in terminal.says("call", "recall", "x")
    assert "speaks" in terminal.says("call", "recall")
    assert state(bench, caller) is CallState.ACTIVE
    assert "There are: –" in terminal.says("call", "recall")


def test_a_caller_is_held_and_toggled(terminal: Terminal) -> None:
    bench = terminal.bench
    first = talking(bench)
    second = talking(bench, LAWYER_NUMBER)
    bench.pump.until(lambda: state(bench, first) is CallState.HELD)
    assert str(first)[:8] in terminal.says("call", "toggle")
    bench.pump.until(lambda: state(bench, second) is CallState.HELD)
    assert "on hold" in terminal.says("call", "hold")
    known = terminal.says("call", "hang-up")
    assert known.startswith("Which call?")
    assert str(second)[:8] in known
    assert "over" in terminal.says("call", "hang-up", "--call", str(second)[:8])
    assert "speaks" in terminal.says("call", "resume")
    assert "no call with which" in terminal.says("call", "resume")
    assert "No single call" in terminal.says("call", "hold", "--call", "zzz")


def test_ringing_callers_are_declined_and_sent_on(terminal: Terminal) -> None:
    bench = terminal.bench
    saw = bench.phone.outside.saw(bench.rings())
    assert "wrong-number" in terminal.says("call", "decline", "sleepy")
    assert "over" in terminal.says("call", "decline", "unwanted")
    assert saw[-1] == "refused 603 Decline"
    bench.rings()
    assert terminal.says("call", "redirect") == "Which number?"
    answer = terminal.type("call", "redirect", "0221 4710177")
    assert answer["payload"]["calls"][0]["connected_to"] == OWNER


def test_somebody_is_asked_joined_and_connected(terminal: Terminal) -> None:
    bench = terminal.bench
    caller = talking(bench)
    asked = terminal.type("call", "consult", OWNER)["payload"]["calls"][0]
    assert asked["consults_for"] == str(caller)
    owner = UUID(asked["id"])
    bench.phone.outside.answers(owner)
    bench.pump.until(lambda: state(bench, owner) is CallState.ACTIVE)
    assert "speaks" in terminal.says("call", "join")
    assert bench.desk.conference.members == (caller, owner)
    terminal.says("call", "part", "--call", str(owner))
    bench.pump.until(lambda: state(bench, caller) is CallState.HELD)

    def taken() -> bool:
        if caller not in bench.phone.outside.referred:
            return False
        bench.phone.outside.takes_the_transfer(caller)
        return True

    assert "over" in terminal.says("call", "connect", meanwhile=taken)
    connected(bench, caller, owner)


def test_what_goes_wrong_is_said_and_has_a_code(terminal: Terminal) -> None:
    bench = terminal.bench
    caller = talking(bench)
    asking(bench, caller)

    def refused() -> bool:
        if caller not in bench.phone.outside.referred:
            return False
        bench.phone.outside.refuses_the_transfer(caller, 486)
        return True

    answer = terminal.type("call", "connect", meanwhile=refused)
    assert answer["code"] == 1
    assert "is busy" in answer["error"]["error"]
    assert "still here" in answer["error"]["error"]


def test_a_number_is_called_and_called_again(terminal: Terminal) -> None:
    bench = terminal.bench
    first = terminal.type("call", "dial", "030 23125-177", "--client", "painter")
    call = first["payload"]["calls"][0]
    assert (call["dialled"], call["client"]) == ("+493023125177", "painter")
    bench.phone.outside.fails(UUID(call["id"]), 486)
    connected(bench, UUID(call["id"]))
    assert terminal.says("call", "redial", "list", "--client", "painter") == "+49 30 23125177"
    again = terminal.type("call", "redial", "--client", "painter")["payload"]["calls"][0]
    assert again["dialled"] == "+493023125177"
    assert "Nobody has been called" in terminal.says("call", "redial", "--client", "lawyer")
    assert "main" in terminal.says("call", "dial", OWNER, "--line", "none")
    assert "letters" in terminal.says("call", "dial", "Muster", "--line", "main")


def test_way_and_price_are_told_before(terminal: Terminal) -> None:
    bench = terminal.bench
    (line,) = bench.directory.lines
    route = Route(prefix="+49", line_id=line.id, cents=Decimal("1.9"))
    way = Way(line_id=line.id, why=Why.PRICE, route=route)
    bench.desk.switchboard.dialling.ways_to = lambda number, client_id: (
        way,
        replace(way, why=Why.FLAT),
    )
    said = terminal.says("call", "offer", OWNER, "--client", "painter")
    assert "main  1.9 hundredths of EUR" in said
    assert "main  flat rate" in said
    bench.desk.switchboard.dialling.ways_to = lambda number, client_id: ()
    assert "main  price not known" in terminal.says("call", "offer", OWNER)


def test_the_messages_of_a_call_go_into_a_file(terminal: Terminal, tmp_path: Path) -> None:
    bench = terminal.bench
    caller = talking(bench)
    trace = PhoneTrace(call_id=caller, text="INVITE sip:desk@192.0.2.1 SIP/2.0")

    def told() -> bool:
        if caller not in bench.phone.service.traced:
            return False
        bench.phone.service.traced.clear()
        bench.phone.tell(trace)
        return True

    path = tmp_path / "trace.txt"
    assert str(path) in terminal.says("call", "trace", "--to", str(path), meanwhile=told)
    assert path.read_text("utf-8") == trace.text
    assert terminal.says("call", "trace", meanwhile=told) == trace.text


def test_without_a_desk_that_runs_there_are_no_calls(terminal: Terminal) -> None:
    terminal.running = False
    assert "No desk runs" in terminal.says("call", "list")


# ---- forwarding


def test_the_codes_of_a_provider_are_told(terminal: Terminal) -> None:
    listed = terminal.says("forwarding", "painter")
    assert "telekom" in listed
    assert "sipgate" in listed
    ours = ("--provider", "telekom", "--to", "030 23125010", "--seconds", "20")
    said = terminal.says("forwarding", "painter", *ours)
    assert "all calls: *21*03023125010#   off: #21#   ask: *#21#" in said
    assert "*61*03023125010*20#" in said
    assert "public guides" in said
    assert "--to" in terminal.says("forwarding", "painter", "--provider", "mobile")
    assert "customer portal" in terminal.says("forwarding", "painter", "--provider", "easybell")
    assert "telekom" in terminal.says("forwarding", "painter", "--provider", "nobody")


@pytest.mark.parametrize(("number", "code"), [(PAINTER_NUMBER, 0), (LAWYER_NUMBER, 1)])
def test_a_forwarding_is_tested(terminal: Terminal, number: str, code: int) -> None:
    bench = terminal.bench
    called = Called(to=f"sip:{number}@sip.example", diversion=("sip:+492214710001@sip.example",))

    def arrives() -> bool:
        if not bench.phone.outside.dialled:
            return False
        bench.phone.outside.rings(caller="", called=called)
        bench.phone.outside.answers(next(iter(bench.phone.outside.dialled)))
        return True

    answer = terminal.type("forwarding", "painter", "--test", meanwhile=arrives)
    assert answer["code"] == code
    assert "    Diversion: sip:+492214710001@sip.example" in answer["lines"]
    assert "reaches us" in answer["lines"][0]

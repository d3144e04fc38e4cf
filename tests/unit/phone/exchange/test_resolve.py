"""From names to servers: SRV, addresses, and what is done when nothing is found."""

from __future__ import annotations

from dataclasses import replace

from receptionist.events import LineState
from receptionist.model.secret import Secret
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.resolve import Resolver, Target, in_order
from receptionist.reasons import Reason
from tests.doubles.sip.registrar import PASSWORD
from tests.unit.phone.exchange.at_registrar import a_line, office, registrar, run


def test_srv_names_the_servers_and_the_next_is_tried() -> None:
    async def test() -> None:
        async with registrar("tcp") as there:
            asked = []

            def srv(name: str) -> list[Target]:
                asked.append(name)
                return [Target("b.example", there.port, 20), Target("a.example", 9, 10)]

            resolver = Resolver(srv, lambda name: ["127.0.0.1"])
            async with office(resolver) as ours:
                line = a_line("phone.example", transport="tcp")
                first, second = Hop("tcp", "127.0.0.1", 9), Hop("tcp", "127.0.0.1", there.port)
                assert await resolver.hops(line) == (first, second)
                assert asked == ["_sip._tcp.phone.example"]
                ours.lines.register(line, Secret(PASSWORD))
                await ours.until(LineState.READY)
                assert ours.lines.server(line.id) == second
                secure = await resolver.hops(replace(line, transport="tls"))
                assert {hop.name for hop in secure} == {"phone.example"}
                assert asked[1:] == ["_sips._tcp.phone.example"]

    run(test)


def test_a_name_that_is_not_found_is_said() -> None:
    async def test() -> None:
        async with office(Resolver(lambda name: [], lambda name: [])) as ours:
            ours.lines.register(a_line("nobody.example"), Secret(PASSWORD))
            assert (await ours.until(LineState.UNREACHABLE)).reason is Reason.LINE_NOT_FOUND

    run(test)


def test_a_name_server_that_is_gone_takes_no_line_away() -> None:
    async def test() -> None:
        async with registrar() as there:
            found = [["127.0.0.1"]]
            resolver = Resolver(lambda name: [], lambda name: found[0])
            async with office(resolver) as ours:
                line = a_line(f"phone.example:{there.port}")
                ours.lines.register(line, Secret(PASSWORD))
                await ours.until(LineState.READY)
                found[0] = []
                resolver.forget()
                many = len(there.registers())
                ours.hurry()
                await there.until(lambda: len(there.registers()) > many)
                assert ours.told[-1].state is LineState.READY

    run(test)


def test_srv_records_are_ordered_by_priority_and_chosen_by_weight() -> None:
    heavy, light = Target("heavy", 1, 1, 90), Target("light", 1, 1, 10)
    last = Target("last", 1, 2, 1000)
    first = [in_order([last, light, heavy])[0].host for _ in range(500)]
    assert 350 < first.count("heavy") < 500
    assert in_order([last, light, heavy])[-1] is last
    assert in_order([Target("", 0)]) == []

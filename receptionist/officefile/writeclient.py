"""The tables of one client in the text of an office file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from receptionist.model.client import (
    COLOURS,
    HORIZON_DAYS,
    NO_ALARM,
    AppointmentKind,
    BookableHours,
    Cancellation,
    Client,
    HoursException,
    OwnerCalendar,
)
from receptionist.model.greeting import Greeting
from receptionist.model.office import Directory
from receptionist.model.plain import quoted
from receptionist.model.voice import KEEP_DAYS
from receptionist.officefile.agreed import RULES
from receptionist.officefile.clients import ALL_DAY, USES
from receptionist.officefile.scripts import script_row
from receptionist.officefile.writepeople import people_blocks
from receptionist.officefile.writerules import route_blocks, rule_blocks, week_block
from receptionist.tomlfile.write import Block, in_lines, listed


def client_blocks(client: Client, directory: Directory) -> Iterator[Block]:
    """The client and all that hangs on him, without what is default."""
    head = _client(client, directory.office.zone)
    yield [*head, *script_row(client.id, directory.scripts)]
    if client.words:
        yield ["[client.words]", *_words(client)]
    for service in client.services:
        title = [f"title = {quoted(service.title)}"] if service.title else []
        yield ["[[client.service]]", f"kind = {quoted(service.kind)}", *title]
    yield from rule_blocks("client", client.rules)
    yield from route_blocks("client", client.routes, {one.id: one.key for one in directory.lines})
    yield from _hours("[client.hours]", client.hours, None)
    yield from _exceptions(client.exceptions)
    for member in client.staff:
        rows = [f"key = {quoted(member.key)}", f"name = {quoted(member.name)}"]
        yield ["[[client.staff]]", *rows]
        yield from _hours("[client.staff.hours]", client.hours, member.id)
    contacts = [one for one in directory.contacts if one.client_id == client.id]
    yield from people_blocks(contacts, [o for o in directory.rotas if o.client_id == client.id])
    for zone in client.travel_zones:
        rows = [f"postcode = {quoted(zone.postcode)}", f"minutes = {zone.minutes}"]
        yield ["[[client.travel]]", *rows]
    yield from _calendars(client, directory)
    for kind in client.kinds:
        yield list(_kind(kind))


def greeting_rows(greeting: Greeting) -> Block:
    """A greeting and its language."""
    return [f"greeting = {in_lines(greeting.text)}", f"language = {quoted(greeting.language)}"]


def _client(client: Client, office_zone: str) -> Iterator[str]:
    yield "[[client]]"
    yield f"key = {quoted(client.key)}"
    yield f"name = {quoted(client.name)}"
    yield f"numbers = {listed(client.dialled)}"
    yield from greeting_rows(client.greeting)
    yield f"colour = {quoted(COLOURS[client.colour % len(COLOURS)])}"
    if client.zone != office_zone:
        yield f"zone = {quoted(client.zone)}"
    if not client.all_day_blocks:
        yield f"all_day_events = {quoted(ALL_DAY[1])}"
    if client.cancellation is not Cancellation.DELETE:
        yield f"cancellation = {quoted(client.cancellation)}"
    yield from _numbers(
        ("minimum_notice_minutes", client.minimum_notice_min, 0),
        ("horizon_days", client.horizon_days, HORIZON_DAYS),
        ("daily_limit", client.daily_limit, 0),
        ("travel_minutes", client.travel_min, 0),
        ("alarm_minutes", client.alarm_min, NO_ALARM),
        ("keep_days", client.keep_days, KEEP_DAYS),
    )
    yield from _flags(
        bookable_only=client.bookable_only,
        tells_callers=client.tells_callers,
        records=client.records,
    )
    yield from _texts(
        holidays=client.holidays,
        address=client.address,
        title=client.title,
        shown_as=client.shown_as,
        ring_tone=client.ring_tone,
        hold_music=client.hold_music,
    )
    if client.notes:
        yield f"notes = {in_lines(client.notes)}"


def _words(client: Client) -> Iterator[str]:
    for key, rule in RULES.items():
        if words := [one.word for one in client.words if one.rule is rule]:
            yield f"{key} = {listed(words)}"


def _hours(head: str, hours: Iterable[BookableHours], staff_id: UUID | None) -> Iterator[Block]:
    yield from week_block(head, [one for one in hours if one.staff_id == staff_id])


def _exceptions(exceptions: Iterable[HoursException]) -> Iterator[Block]:
    """A table for each, but one for all hours of the same days that follow each other."""
    tables: list[list[HoursException]] = []
    for one in exceptions:
        if tables and _goes_on(tables[-1][-1], one):
            tables[-1].append(one)
        else:
            tables.append([one])
    for same in tables:
        rows = [f"first = {same[0].first}"]
        if same[0].last != same[0].first:
            rows.append(f"last = {same[0].last}")
        rows += _texts(name=same[0].name)
        if spans := [f"{one.start:%H:%M}-{one.end:%H:%M}" for one in same if one.start]:
            rows.append(f"hours = {listed(spans)}")
        yield ["[[client.exception]]", *rows]


def _goes_on(before: HoursException, one: HoursException) -> bool:
    if before.end is None or one.start is None or one.start < before.end:
        return False
    return (one.first, one.last, one.name) == (before.first, before.last, before.name)


def _calendars(client: Client, directory: Directory) -> Iterator[Block]:
    accounts = {account.id: account.key for account in directory.accounts}
    members = {member.id: member.key for member in client.staff}
    for calendar in directory.calendars:
        if calendar.client_id == client.id and calendar.account_id in accounts:
            yield list(_calendar(calendar, accounts, members))


def _calendar(
    calendar: OwnerCalendar, accounts: dict[UUID, str], members: dict[UUID, str]
) -> Iterator[str]:
    yield "[[client.calendar]]"
    account = accounts[calendar.account_id]
    yield from _texts(account=account, name=calendar.name, url=calendar.href)
    if calendar.staff_id in members:
        yield f"staff = {quoted(members[calendar.staff_id])}"
    if calendar.tasks:
        yield f"use = {quoted(USES[1])}"


def _kind(kind: AppointmentKind) -> Iterator[str]:
    yield "[[client.kind]]"
    yield f"key = {quoted(kind.key)}"
    yield f"name = {quoted(kind.name)}"
    yield f"minutes = {kind.minutes}"
    yield from _numbers(
        ("buffer_before", kind.buffer_before, 0),
        ("buffer_after", kind.buffer_after, 0),
        ("daily_limit", kind.daily_limit, 0),
    )
    yield from _flags(at_caller=kind.at_caller)


def _numbers(*found: tuple[str, int, int]) -> Iterator[str]:
    """Keys with their values, unless these are the usual ones, which come third."""
    return (f"{key} = {value}" for key, value, usual in found if value != usual)


def _flags(**found: bool) -> Iterator[str]:
    return (f"{key} = true" for key, value in found.items() if value)


def _texts(**found: str) -> Iterator[str]:
    return (f"{key} = {quoted(value)}" for key, value in found.items() if value)

"""Hours, rules and routes of the office, and how its lines are: read as they were written."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, select

from receptionist.errors import StaleRow
from receptionist.model.editing import Part
from receptionist.model.office import Directory, Identity, OfficeHours, Srtp
from receptionist.ports import Store
from receptionist.store import tables
from tests.contract.store.by_hand import saved
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import BREAK, NOW, QUIET, WHO, firm, routes

HOURS = (
    OfficeHours(weekday=0, start=time(8), end=time(18)),
    OfficeHours(weekday=1, start=time(8), end=time(12)),
)


@pytest.fixture
def known(store: Store, directory: Directory) -> Directory:
    """The office of which everything is known."""
    office = replace(
        directory.office,
        hours=HOURS,
        holidays="DE-BE",
        rules=(QUIET, BREAK),
        routes=routes(directory.lines[0].id),
    )
    found = store.editing.save_office(directory, office, directory.receptionist, WHO, NOW)
    assert found.office == office
    return found


def test_it_is_there_after_a_restart(known: Directory, opens: Opens) -> None:
    assert opens().directory() == known


def test_rules_of_the_office_are_nobody_elses(known: Directory, store: Store) -> None:
    found = saved(store, None, firm(), (), ())
    assert found.office == known.office
    assert found.clients[-1].rules == firm().rules
    assert all(client.rules == () for client in found.clients[:-1])
    assert store.editing.remove(Part.CLIENT, found.clients[-1].id, WHO, NOW).office == known.office


@pytest.mark.parametrize(
    ("field", "value", "other"),
    [
        ("hours", HOURS[:1], HOURS[1:]),
        ("rules", (BREAK, QUIET), (QUIET,)),
        ("routes", (), routes(UUID(int=1))[:1]),
        ("holidays", "", "AT"),
    ],
)
def test_only_what_was_seen_is_written_over(
    store: Store, known: Directory, field: str, value: Any, other: Any
) -> None:
    changed = replace(known.office, **{field: value})
    after = store.editing.save_office(known, changed, known.receptionist, WHO, NOW)
    assert after.office == changed
    another = replace(known.office, **{field: other})
    with pytest.raises(StaleRow):
        store.editing.save_office(known, another, known.receptionist, WHO, NOW)
    assert store.directory().office == changed


def test_they_are_imported_as_sets(store: Store, known: Directory) -> None:
    line = replace(known.lines[0], id=uuid4(), srtp=Srtp.REQUIRED, identity=Identity.FROM)
    incoming = replace(
        known,
        office=replace(known.office, rules=(BREAK,), routes=routes(line.id)[:1], hours=()),
        lines=(line,),
        clients=(replace(known.clients[0], routes=routes(line.id)),),
        calendars=(),
    )
    found = store.save_directory(incoming, WHO, NOW)
    kept = known.lines[0].id
    assert found.lines == (replace(line, id=kept),)
    assert (found.office.rules, found.office.hours) == ((BREAK,), ())
    assert found.office.routes == routes(kept)[:1]
    assert found.clients[0].routes == routes(kept)


def test_who_changed_a_rule_is_written(store: Store, known: Directory, sql: Connection) -> None:
    """As it stands in the table, not in the words of the program's insides."""
    changed = replace(known.office, rules=(replace(QUIET, weekdays=(6,), steps=()), BREAK))
    store.editing.save_office(known, changed, known.receptionist, WHO, NOW)
    log = tables.change_log
    mine = (log.c.table == "unattended_rule", log.c.who == WHO, log.c.column != "")
    found = sql.execute(select(log.c.column, log.c.old, log.c.new).where(*mine)).all()
    assert ("weekdays", "56", "6") in found
    (steps,) = (one for one in found if one.column == "steps")
    assert steps.new == "[]"
    assert '"kind": "announcement", "sound": "zu.wav"' in steps.old


def test_routes_go_with_their_line(store: Store, known: Directory) -> None:
    line = known.lines[0].id
    before = known.clients[0]
    saved(store, before, replace(before, routes=routes(line)))
    found = store.editing.remove(Part.LINE, line, WHO, NOW)
    assert found.office.routes == ()
    assert found.clients[0].routes == ()


def test_a_line_keeps_encryption_and_identity(store: Store, directory: Directory) -> None:
    line = directory.lines[0]
    for srtp, identity in zip((*Srtp, Srtp.OFF), Identity, strict=True):
        changed = replace(line, transport="tls", srtp=srtp, identity=identity)
        store.editing.save_line(line, changed, WHO, NOW)
        line = changed
        assert store.directory().lines == (line,)

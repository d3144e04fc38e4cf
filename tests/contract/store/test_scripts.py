"""Versions of scripts and answers in calls: each is kept, and one of the versions counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, select

from receptionist.errors import NotFound, StaleRow
from receptionist.model.editing import Part
from receptionist.model.office import Directory
from receptionist.model.script import Answer, ClientScript, ScriptVersion
from receptionist.ports import Store
from receptionist.store import tables
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import NOW, WHO, call, ended, minutes

NAME = Answer(prompt="name", label="Name", typed="Erika Mus", value="Erika Mus", shown="Erika Mus")
PHONE = Answer(prompt="phone", label="Rückruf", typed="030 2")


def version(directory: Directory, **more: Any) -> ScriptVersion:
    made = ScriptVersion(
        id=uuid4(),
        client_id=directory.clients[0].id,
        number=0,
        text='format = 1\n# „So“\n"',
        who=directory.receptionist.id,
        at=NOW,
        why="Urlaub",
        counts_from=NOW,
    )
    return replace(made, **more)


def test_every_version_is_kept_and_the_last_one_counts(
    store: Store, directory: Directory, opens: Opens
) -> None:
    first = store.scripts.save(version(directory), 0)
    second = version(directory, text="zwei", counts_from=NOW + minutes(5), based_on=first.id)
    second = store.scripts.save(second, 1)
    assert (first.number, second.number) == (1, 2)
    other = directory.clients[1].id
    assert store.scripts.save(version(directory, client_id=other), 0).number == 1
    again = opens()
    assert again.scripts.versions(first.client_id) == (second, first)
    assert again.scripts.get(first.id) == first
    mine = [one for one in again.directory().scripts if one.client_id == first.client_id]
    assert mine == [ClientScript(client_id=first.client_id, text="zwei")]
    assert (mine[0].version_id, mine[0].number) == (second.id, 2)
    with pytest.raises(NotFound):
        again.scripts.get(uuid4())


def test_what_counted_at_an_instant(store: Store, directory: Directory) -> None:
    client_id = directory.clients[0].id
    first = store.scripts.save(version(directory), 0)
    later = NOW + minutes(10)
    second = store.scripts.save(version(directory, at=later, counts_from=later), 1)
    assert store.scripts.counting(client_id, NOW - minutes(1)) is None
    assert store.scripts.counting(client_id, NOW) == first
    assert store.scripts.counting(client_id, later - minutes(1)) == first
    assert store.scripts.counting(client_id, later) == second
    assert store.scripts.counting(directory.clients[1].id, later) is None


def test_who_did_not_know_the_newest_does_not_overwrite_it(
    store: Store, directory: Directory
) -> None:
    store.scripts.save(version(directory), 0)
    with pytest.raises(StaleRow):
        store.scripts.save(version(directory), 0)
    assert len(store.scripts.versions(directory.clients[0].id)) == 1


def test_a_draft_counts_from_when_it_is_said(store: Store, directory: Directory) -> None:
    draft = store.scripts.save(version(directory, counts_from=None), 0)
    assert store.directory().scripts == ()
    later = NOW + minutes(3)
    counting = store.scripts.count(draft.id, WHO, later)
    assert counting == replace(draft, counts_from=later)
    assert store.scripts.count(draft.id, WHO, later + minutes(1)) == counting
    assert [one.version_id for one in store.directory().scripts] == [draft.id]


def test_sending_and_approving_are_written_with_who_did_it(
    store: Store, directory: Directory, sql: Connection
) -> None:
    one = store.scripts.save(version(directory), 0)
    sent = store.scripts.sent(one.id, WHO, NOW)
    agreed = store.scripts.approve(one.id, "Herr Beispiel", "am Telefon", WHO, NOW + minutes(1))
    wanted = replace(sent, approved=NOW + minutes(1))
    assert agreed == replace(wanted, approved_by="Herr Beispiel", approved_how="am Telefon")
    assert store.scripts.approve(one.id, "Jemand", "Brief", WHO, NOW + minutes(2)) == agreed
    log = tables.change_log
    rows = sql.execute(select(log.c.column, log.c.who).where(log.c.row == one.id)).all()
    columns = ["", "sent", "approved", "approved_by", "approved_how"]
    assert [row.column for row in rows] == columns
    assert {row.who for row in rows[1:]} == {WHO}


def test_an_office_file_brings_a_script_as_a_version(store: Store, directory: Directory) -> None:
    client_id = directory.clients[0].id
    script = ClientScript(client_id=client_id, text="format = 1")
    incoming = replace(directory, scripts=(script,))
    assert store.save_directory(incoming, WHO, NOW).scripts == (script,)
    assert store.save_directory(incoming, WHO, NOW + minutes(1)).scripts == (script,)
    assert len(store.scripts.versions(client_id)) == 1
    other = replace(script, text="format = 1\n")
    store.save_directory(replace(directory, scripts=(other,)), WHO, NOW + minutes(2))
    assert [one.number for one in store.scripts.versions(client_id)] == [2, 1]
    assert store.save_directory(directory, WHO, NOW + minutes(3)).scripts == (other,)


def test_a_removed_client_takes_his_script_with_him(store: Store, directory: Directory) -> None:
    store.scripts.save(version(directory), 0)
    left = store.editing.remove(Part.CLIENT, directory.clients[0].id, WHO, NOW)
    assert left.scripts == ()


def test_answers_are_kept_with_their_call(store: Store, directory: Directory, opens: Opens) -> None:
    ringing = call(directory)
    store.record_call(ringing)
    script_id = uuid4()
    one = replace(ringing, script_id=script_id, reason="notfall", language="en", answers=(NAME,))
    store.change_call(ringing.id, ringing, one, WHO, NOW)
    said = replace(NAME, typed="Erika Muster", value="Erika Muster", verified=True)
    two = replace(one, answers=(PHONE, said))
    store.change_call(ringing.id, one, two, WHO, NOW)
    assert opens().calls(NOW) == (two,)
    three = replace(two, answers=(said,), reason="")
    store.change_call(ringing.id, two, three, WHO, NOW)
    assert opens().calls(NOW) == (three,)


def test_answers_that_came_before_the_call_was_written_come_with_it(
    store: Store, directory: Directory
) -> None:
    ringing = call(directory, answers=(NAME, PHONE), reason="notfall")
    store.record_call(ringing)
    assert store.calls(NOW) == (ringing,)
    over = ended(ringing, directory.receptionist.id)
    store.record_call(over)
    assert store.calls(NOW) == (over,)


def test_answers_follow_their_call_to_another_client(
    store: Store, directory: Directory, sql: Connection
) -> None:
    ringing = call(directory, answers=(NAME,))
    store.record_call(ringing)
    other = replace(ringing, client_id=directory.clients[1].id)
    store.change_call(ringing.id, ringing, other, WHO, NOW)
    found = sql.execute(select(tables.answer.c.client_id)).scalars().all()
    assert found == [directory.clients[1].id]


def test_when_somebody_last_answered_for_a_client(store: Store, directory: Directory) -> None:
    who, client_id = directory.receptionist.id, directory.clients[0].id
    assert store.scripts.last_answered(client_id, who, NOW) is None
    ringing = call(directory)
    store.record_call(ended(ringing, who))
    missed = call(directory)
    store.record_call(replace(missed, segments=(replace(missed.segments[0], start=NOW),)))
    assert store.scripts.last_answered(client_id, who, NOW) is None
    assert store.scripts.last_answered(client_id, who, NOW + timedelta(seconds=1)) == NOW
    assert store.scripts.last_answered(client_id, uuid4(), NOW + minutes(9)) is None
    assert store.scripts.last_answered(directory.clients[1].id, who, NOW + minutes(9)) is None

"""Messages, recordings, consents, how calls sounded, and what the phone did for callers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, select

from receptionist.errors import NotFound
from receptionist.model.office import Directory
from receptionist.model.quality import Quality
from receptionist.model.unattended import StepKind
from receptionist.model.voice import Consent, Voice, VoiceKind
from receptionist.model.worklist import WorkItem, WorkKind
from receptionist.ports import Store
from receptionist.reasons import Reason
from receptionist.store import tables
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import NOW, call, ended

GOOD = Quality(codec="G722", encrypted=True, loss_permille=1, jitter_ms=4, mos_tenths=43)
BAD = replace(GOOD, loss_permille=80, round_trip_ms=300, mos_tenths=25)


def voice(directory: Directory, **more: Any) -> Voice:
    made = Voice(
        id=uuid4(),
        kind=VoiceKind.MESSAGE,
        call_id=uuid4(),
        client_id=directory.clients[0].id,
        file="a.sealed",
        at=NOW,
        expires=NOW + timedelta(days=30),
        seconds=12,
    )
    return replace(made, **more)


def log_of(sql: Connection, row: UUID) -> list[tuple[str, UUID | None]]:
    log = tables.change_log
    found = sql.execute(select(log.c.column, log.c.who).where(log.c.row == row).order_by(log.c.seq))
    return [(one.column, one.who) for one in found]


def test_a_message_is_kept_once(store: Store, directory: Directory, opens: Opens) -> None:
    left = voice(directory)
    assert store.voices.begin(left, None)
    assert not store.voices.begin(replace(left, seconds=99), None)
    assert opens().voices.kept(VoiceKind.MESSAGE) == (left,)
    assert store.voices.kept(VoiceKind.RECORDING) == ()
    assert store.voices.get(left.id) == left
    assert store.voices.get(uuid4()) is None
    assert store.voices.of_call(left.call_id) == (left,)


def test_a_recording_rests_on_a_consent_and_is_completed(
    store: Store, directory: Directory, sql: Connection
) -> None:
    who = directory.receptionist.id
    consent = Consent(
        id=uuid4(),
        call_id=uuid4(),
        client_id=directory.clients[0].id,
        who="Max Beispiel",
        wording="Ja, nehmen Sie auf.",
        at=NOW,
        heard_by=who,
    )
    store.voices.consent(consent, who)
    assert store.voices.consents(consent.call_id) == (consent,)
    begun = voice(
        directory,
        kind=VoiceKind.RECORDING,
        call_id=consent.call_id,
        consent_id=consent.id,
        seconds=None,
    )
    assert store.voices.begin(begun, who)
    assert store.voices.complete(begun.id, 61, NOW) == replace(begun, seconds=61)
    with pytest.raises(NotFound):
        store.voices.complete(uuid4(), 1, NOW)
    assert log_of(sql, consent.id) == [("", who)]
    assert log_of(sql, begun.id) == [("", who), ("seconds", None)]


def test_hearing_letting_out_and_deleting_are_written(
    store: Store, directory: Directory, sql: Connection
) -> None:
    who, left = directory.receptionist.id, voice(directory)
    store.voices.begin(left, None)
    heard = store.voices.hear(left.id, who, NOW)
    assert heard == replace(left, heard=NOW, heard_by=who)
    store.voices.export(left.id, who, NOW)
    later = NOW + timedelta(days=30)
    assert store.voices.expired(later - timedelta(seconds=1)) == ()
    assert store.voices.expired(later) == (heard,)
    store.voices.delete(left.id, None, later)
    gone = replace(heard, deleted=later)
    assert store.voices.expired(later) == ()
    assert store.voices.kept(VoiceKind.MESSAGE) == ()
    assert store.voices.of_call(left.call_id) == (gone,)
    columns = [column for column, _who in log_of(sql, left.id)]
    assert columns == ["", "heard", "heard_by", "exported", "deleted"]
    with pytest.raises(NotFound):
        store.voices.export(uuid4(), who, NOW)


def test_the_newest_comes_first(store: Store, directory: Directory) -> None:
    left = [voice(directory, at=NOW + timedelta(hours=hour)) for hour in (1, 3, 2)]
    for one in left:
        store.voices.begin(one, None)
    assert store.voices.kept(VoiceKind.MESSAGE, 2) == (left[1], left[2])


def test_how_a_call_sounded_stands_in_the_journal(
    store: Store, directory: Directory, opens: Opens
) -> None:
    over = ended(call(directory), directory.receptionist.id)
    store.record_call(over)
    assert store.calls(NOW) == (over,)
    store.voices.sounded(over.id, GOOD, GOOD)
    store.voices.sounded(over.id, GOOD, BAD)
    assert opens().calls(NOW) == (replace(over, quality=GOOD, worst=BAD),)
    with pytest.raises(NotFound):
        store.voices.sounded(uuid4(), GOOD, BAD)


def test_what_the_phone_did_stands_in_the_journal(
    store: Store, directory: Directory, opens: Opens
) -> None:
    ringing = call(directory)
    store.record_call(ringing)
    queued = replace(ringing, step=StepKind.QUEUE, place=2)
    store.change_call(ringing.id, ringing, queued, directory.receptionist.id, NOW)
    (found,) = opens().calls(NOW)
    assert (found.step, found.place) == (StepKind.QUEUE, 0)
    over = replace(ended(queued, directory.receptionist.id), step=StepKind.VOICEMAIL)
    store.record_call(over)
    assert store.calls(NOW)[0].step is StepKind.VOICEMAIL


def test_all_of_a_call_follows_it_to_another_client(
    store: Store, directory: Directory, sql: Connection
) -> None:
    over, other = ended(call(directory), directory.receptionist.id), directory.clients[1].id
    store.record_call(over)
    store.voices.sounded(over.id, GOOD, BAD)
    left = voice(directory, call_id=over.id)
    store.voices.begin(left, None)
    moved = replace(over, client_id=other)
    store.change_call(over.id, over, moved, directory.receptionist.id, NOW)
    assert store.voices.get(left.id) == replace(left, client_id=other)
    whose = sql.execute(select(tables.call_quality.c.client_id)).scalars().all()
    assert whose == [other, other]


def test_who_was_missed_and_left_a_message_is_on_the_list_for_that(
    store: Store, directory: Directory
) -> None:
    missed = WorkItem(
        id=uuid4(),
        client_id=directory.clients[0].id,
        number="",
        name="",
        reason=Reason.MISSED,
        created=NOW,
        due=NOW,
        kind=WorkKind.MISSED,
    )
    left = replace(missed, reason=Reason.MESSAGE_LEFT)
    assert store.work.add(missed)
    assert store.work.add(left)
    assert not store.work.add(missed)
    assert not store.work.add(left)
    assert store.work.open() == (left,)

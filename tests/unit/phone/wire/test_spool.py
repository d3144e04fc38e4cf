"""What no desk heard: on the disk at once, read in order, damaged lines left out."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from receptionist.events import (
    LineChanged,
    LineState,
    PhoneEnded,
    PhoneIncoming,
    PhoneLevels,
    PhoneMessage,
)
from receptionist.model.call import Cause
from receptionist.model.dialled import Called
from receptionist.phone.supervisor.receipts import Receipts
from receptionist.phone.wire.spool import Spool, kept, told

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def spool(data: Path, at: datetime = NOW) -> Spool:
    return Spool(str(data), lambda: at)


def incoming() -> PhoneIncoming:
    return PhoneIncoming(
        call_id=uuid4(),
        line_id=UUID(int=1),
        called=Called(to="sip:+493023125010@office.example"),
        caller_uri="sip:+491713920010@office.example",
        caller_name="Jürgen ”Muster\n",
        at=NOW,
    )


def ended(call_id: UUID) -> PhoneEnded:
    return PhoneEnded(call_id=call_id, cause=Cause.MISSED, status=487)


def test_what_was_kept_is_told_in_order_with_its_time(tmp_path: Path) -> None:
    rang = incoming()
    over, later = ended(rang.call_id), NOW + timedelta(seconds=20)
    spool(tmp_path).add(rang)
    spool(tmp_path, later).add(over)
    assert kept(str(tmp_path)) == ((NOW, rang), (later, over))


def test_it_stays_until_it_was_told(tmp_path: Path) -> None:
    first, second = incoming(), incoming()
    spool(tmp_path).add(first)
    assert kept(str(tmp_path)) == kept(str(tmp_path)) == ((NOW, first),)
    spool(tmp_path).add(second)
    assert [report for _, report in kept(str(tmp_path))] == [first, second]
    told(str(tmp_path), 1)
    assert len(kept(str(tmp_path))) == 2, "more was taken since"
    told(str(tmp_path), 2)
    assert kept(str(tmp_path)) == ()
    assert list(tmp_path.iterdir()) == []


def test_what_a_desk_did_not_write_down_is_for_the_next(tmp_path: Path) -> None:
    reports = [incoming() for _ in range(5)]
    now = NOW
    one = Spool(str(tmp_path), lambda: now)
    for report in reports:
        one.told(report)
    one.heard(2)
    one.heard(1)
    assert kept(str(tmp_path)) == (), "the desk may still say that it has them"
    now = NOW + timedelta(minutes=5)
    one.heard(3)
    one.desk_gone()
    assert kept(str(tmp_path)) == ((NOW, reports[3]), (NOW, reports[4]))
    one.told(reports[0])
    one.heard(1)
    one.desk_gone()
    assert len(kept(str(tmp_path))) == 2, "each desk counts from its own beginning"


def test_who_has_heard_too_much_has_heard_nothing_of_what_comes(tmp_path: Path) -> None:
    one, later = spool(tmp_path), incoming()
    one.told(incoming())
    one.heard(1)
    one.heard(9)
    one.told(later)
    one.desk_gone()
    assert [report for _, report in kept(str(tmp_path))] == [later]


def test_only_what_the_journal_needs_is_kept(tmp_path: Path) -> None:
    message = PhoneMessage(call_id=uuid4(), path="/v/1", seconds=3)
    state = LineChanged(line_id=uuid4(), state=LineState.READY)
    one = spool(tmp_path)
    for report in (PhoneLevels(microphone=1, headset=2), message, state):
        one.add(report)
        one.told(report)
    one.desk_gone()
    assert kept(str(tmp_path)) == ((NOW, message),) * 2


@pytest.mark.parametrize("cut", [1, 2, 40, 90])
def test_a_line_that_broke_off_hides_nothing_else(tmp_path: Path, cut: int) -> None:
    first, last = incoming(), incoming()
    spool(tmp_path).add(first)
    file = tmp_path / "unheard.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:-cut])
    spool(tmp_path).add(last)
    found = [report for _, report in kept(str(tmp_path))]
    assert found == ([first, first, last] if cut == 1 else [first, last])


def test_a_report_of_another_version_is_left_out(tmp_path: Path) -> None:
    rang = incoming()
    one = spool(tmp_path)
    one.add(rang)
    one.add(ended(rang.call_id))
    file = tmp_path / "unheard.jsonl"
    file.write_text(file.read_text("utf-8").replace("caller_uri", "caller_url"), "utf-8")
    assert kept(str(tmp_path)) == ((NOW, ended(rang.call_id)),)


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    spool(tmp_path).add(incoming())
    assert (tmp_path / "unheard.jsonl").stat().st_mode & 0o077 == 0


def test_it_is_on_the_disk_before_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_size))
    spool(tmp_path).add(incoming())
    assert synced == [(tmp_path / "unheard.jsonl").stat().st_size]


def test_a_file_that_is_gone_holds_nothing_back(tmp_path: Path) -> None:
    """It was read a second time while it was let go: else what comes next would be passed over."""
    receipts = Receipts(str(tmp_path), lambda command: None)
    spool(tmp_path).add(incoming())
    read = kept(str(tmp_path))
    receipts.begin(read)
    receipts.receipt()()
    receipts.begin(read)
    receipts.receipt()()
    spool(tmp_path).add(incoming())
    read = kept(str(tmp_path))
    assert receipts.begin(read) == read


def test_with_a_full_disk_it_is_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, errors_expected: None
) -> None:
    first, second, third = incoming(), incoming(), incoming()
    one = spool(tmp_path)
    with monkeypatch.context() as full:

        def no_room(file: int, data: bytes) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        full.setattr(os, "write", no_room)
        one.add(first)
        assert one.rest() == (first,)
        assert one.rest() == ()
        one.add(second)
    one.add(third)
    assert one.rest() == ()
    assert [report for _, report in kept(str(tmp_path))] == [second, third]


def test_without_a_data_directory_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Spool("").add(incoming())
    assert kept("") == ()
    told("", 0)
    assert list(tmp_path.iterdir()) == []

"""Call-backs in the owner's task list: there once, ticked off on either side, nobody else's."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from receptionist.errors import CalendarUnreachable
from receptionist.events import AppointmentConfirmed, WorkAdded, WorkDone
from receptionist.model.client import OwnerCalendar
from receptionist.model.task import TaskPlace
from receptionist.model.worklist import Disposition, WorkItem
from tests.unit.desk.conftest import LAWYER_NUMBER, PAINTER_NUMBER, Bench
from tests.unit.desk.test_booking import TUESDAY, imported
from tests.unit.desk.test_scripts import save, talks

SCRIPT = """\
format = 1

[[reason]]
key = "nachricht"
title = "Nachricht"
"""


@pytest.fixture
def listed(bench: Bench) -> Bench:
    """The painter has a task list."""
    href = f"{bench.server.home}tasks/"
    bench.server.make_calendar(href, "Aufgaben", "VTODO")
    calendar = OwnerCalendar(
        id=uuid4(),
        client_id=bench.painter.id,
        account_id=bench.directory.calendars[0].account_id,
        name="Aufgaben",
        href=href,
        tasks=True,
    )
    office = bench.directory
    imported(bench, replace(office, calendars=(*office.calendars, calendar)))
    return bench


@pytest.fixture
def both_listed(listed: Bench) -> Bench:
    """The lawyer has one too."""
    office = listed.directory
    href = f"{listed.server.home}fristen/"
    listed.server.make_calendar(href, "Fristen", "VTODO")
    painters = next(one for one in office.calendars if one.tasks)
    calendar = replace(painters, id=uuid4(), client_id=listed.lawyer.id, name="Fristen", href=href)
    imported(listed, replace(office, calendars=(*office.calendars, calendar)))
    return listed


def missed(bench: Bench, number: str = PAINTER_NUMBER) -> WorkItem:
    before = len(bench.seen(WorkAdded))
    bench.phone.outside.hangs_up(bench.rings(number))
    bench.wait_for(WorkAdded, before + 1)
    return bench.seen(WorkAdded)[-1].item


def texts(bench: Bench, name: str = "tasks") -> list[str]:
    found = bench.server.objects.items()
    return [one.text for href, one in found if href.startswith(f"{bench.server.home}{name}/")]


def given_to(bench: Bench, item: WorkItem, client_id: UUID) -> None:
    """The call out of which it came belongs to another client now."""
    assert item.call_id is not None
    bench.desk.switchboard.assign(item.call_id, client_id, keep_number=False)


def places(bench: Bench, call_back_id: UUID) -> list[TaskPlace]:
    """How the store has it."""
    found: list[list[TaskPlace]] = []
    calendar = next(one for one in bench.directory.calendars if one.tasks)
    bench.desk.tasks._memory.submit(
        lambda store: store.tasks.places(calendar.id), then=lambda some: found.append(list(some))
    )
    bench.pump.until(lambda: found)
    return [one for one in found[0] if one.id == call_back_id]


def written(bench: Bench, call_back: WorkItem) -> None:
    bench.pump.until(lambda: [one for one in places(bench, call_back.id) if one.etag])


def owner_writes(bench: Bench, call_back: WorkItem, old: str, new: str) -> None:
    href = f"{bench.server.home}tasks/{call_back.id}.ics"
    text = bench.server.get(href)
    assert text is not None
    assert old in text
    bench.server.put(href, text.replace(old, new))


def test_a_missed_call_stands_in_the_owners_tasks(listed: Bench) -> None:
    call_back = missed(listed)
    for _ in range(3):
        listed.desk.tasks.kick()
    written(listed, call_back)
    (text,) = texts(listed)
    assert listed.server.asked.count("put_task") == 1
    assert "+49 221 4710134" in text
    assert "STATUS:NEEDS-ACTION" in text


def test_only_his_own(listed: Bench) -> None:
    missed(listed, LAWYER_NUMBER)
    written(listed, missed(listed))
    assert len(texts(listed)) == 1


def test_what_is_settled_here_is_ticked_off_there(listed: Bench) -> None:
    call_back = missed(listed)
    written(listed, call_back)
    listed.desk.work.dispose(call_back.id, Disposition.DONE)
    listed.pump.until(lambda: "STATUS:COMPLETED" in texts(listed)[0])


def test_what_the_owner_ticks_off_is_settled_here(listed: Bench) -> None:
    call_back = missed(listed)
    written(listed, call_back)
    owner_writes(listed, call_back, "STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
    listed.desk.tasks.read()
    listed.wait_for(WorkDone)
    left = listed.seen(WorkDone)[0].item
    assert left.id == call_back.id
    assert (left.disposition, left.disposed_by) == (Disposition.NOTED, None)
    found: list[tuple[WorkItem, ...]] = []
    listed.desk.work.read(found.append)
    listed.pump.until(lambda: found)
    assert found[0] == ()
    listed.desk.tasks.kick()
    assert places(listed, call_back.id) == []
    assert listed.server.asked.count("put_task") == 1


def test_a_task_the_owner_deleted_stays_deleted_and_the_promise_stays(listed: Bench) -> None:
    call_back = missed(listed)
    written(listed, call_back)
    listed.server.delete(f"{listed.server.home}tasks/{call_back.id}.ics")
    listed.desk.tasks.read()
    listed.pump.until(lambda: not places(listed, call_back.id))
    listed.desk.tasks.start()
    listed.desk.work.dispose(call_back.id, Disposition.DONE)
    listed.wait_for(WorkDone)
    listed.desk.tasks.kick()
    written(listed, missed(listed))
    assert len(texts(listed)) == 1


@pytest.mark.parametrize("acts", [True, False])
def test_a_lost_answer_leaves_one_task(listed: Bench, acts: bool) -> None:
    listed.server.fail_next("put_task", CalendarUnreachable("reset"), acts=acts)
    call_back = missed(listed)
    listed.pump.until(lambda: [one for one in places(listed, call_back.id) if one.attempts])
    listed.clock.move(60)
    listed.desk.tasks.kick()
    written(listed, call_back)
    assert len(texts(listed)) == 1


def test_what_was_ticked_off_meanwhile_is_no_conflict(listed: Bench) -> None:
    call_back = missed(listed)
    written(listed, call_back)
    owner_writes(listed, call_back, "SUMMARY:", "SUMMARY:Wichtig! ")
    listed.desk.work.dispose(call_back.id, Disposition.DONE)
    listed.pump.until(lambda: "STATUS:COMPLETED" in texts(listed)[0])


def test_a_task_that_is_gone_when_it_is_ticked_off_is_not_made_anew(listed: Bench) -> None:
    call_back = missed(listed)
    written(listed, call_back)
    listed.server.delete(f"{listed.server.home}tasks/{call_back.id}.ics")
    listed.desk.work.dispose(call_back.id, Disposition.DONE)
    listed.pump.until(lambda: not places(listed, call_back.id))
    assert texts(listed) == []


def test_call_backs_from_before_the_list_come_into_it(listed: Bench) -> None:
    call_back = missed(listed)
    written(listed, call_back)
    listed.desk.stop()
    listed.start()
    listed.desk.tasks.kick()
    assert len(texts(listed)) == 1
    owner_writes(listed, call_back, "STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
    listed.desk.tasks.read()
    listed.wait_for(WorkDone)


def test_a_task_says_which_appointment_is_meant(listed: Bench) -> None:
    listed.book(TUESDAY)
    listed.wait_for(AppointmentConfirmed)
    appointment = listed.seen(AppointmentConfirmed)[-1].appointment
    listed.server.delete(appointment.href)
    listed.desk.calendars.refresh(listed.painter.id)
    listed.wait_for(WorkAdded)
    written(listed, listed.seen(WorkAdded)[-1].item)
    (text,) = texts(listed)
    local = appointment.start.astimezone(ZoneInfo(appointment.zone))
    unfolded = text.replace("\r\n ", "").replace("\\,", ",")
    assert f"{appointment.summary}, Tuesday, {local.day} " in unfolded
    assert f"{local:%Y, %H:%M}" in unfolded


def test_a_note_from_a_script_stands_in_the_owners_tasks(listed: Bench) -> None:
    save(listed, SCRIPT)
    call_id = talks(listed)
    listed.desk.courses.choose(call_id, "nachricht")
    listed.desk.carriers.carry_out(call_id)
    listed.wait_for(WorkAdded)
    note = listed.seen(WorkAdded)[-1].item
    written(listed, note)
    (text,) = texts(listed)
    assert "SUMMARY:Note about a call: +49 221 4710134" in text
    assert "DESCRIPTION:Nachricht" in text
    owner_writes(listed, note, "STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
    listed.desk.tasks.read()
    listed.wait_for(WorkDone)


def test_what_is_taken_back_is_open_for_the_owner_again(listed: Bench) -> None:
    call_back = missed(listed)
    written(listed, call_back)
    listed.desk.work.dispose(call_back.id, Disposition.DONE)
    listed.pump.until(lambda: "STATUS:COMPLETED" in texts(listed)[0])
    listed.desk.work.reopen(call_back.id)
    listed.pump.until(lambda: "STATUS:NEEDS-ACTION" in texts(listed)[0])


def test_a_task_follows_its_call_into_the_list_of_its_client(both_listed: Bench) -> None:
    call_back = missed(both_listed)
    written(both_listed, call_back)
    given_to(both_listed, call_back, both_listed.lawyer.id)
    both_listed.pump.until(lambda: texts(both_listed, "fristen"))
    (text,) = texts(both_listed, "fristen")
    assert "+49 221 4710134" in text
    assert texts(both_listed) == []
    both_listed.desk.work.dispose(call_back.id, Disposition.DONE)
    both_listed.pump.until(lambda: "STATUS:COMPLETED" in texts(both_listed, "fristen")[0])


def test_what_is_settled_is_taken_away_too(both_listed: Bench) -> None:
    call_back = missed(both_listed)
    written(both_listed, call_back)
    both_listed.desk.work.dispose(call_back.id, Disposition.DONE)
    both_listed.pump.until(lambda: "STATUS:COMPLETED" in texts(both_listed)[0])
    given_to(both_listed, call_back, both_listed.lawyer.id)
    both_listed.desk.work.read(lambda _items: both_listed.desk.tasks.kick())
    both_listed.pump.until(lambda: texts(both_listed) == [])
    assert texts(both_listed, "fristen") == []


def test_a_task_leaves_for_a_client_without_a_list_and_comes_back(listed: Bench) -> None:
    call_back = missed(listed)
    written(listed, call_back)
    given_to(listed, call_back, listed.lawyer.id)
    listed.pump.until(lambda: texts(listed) == [])
    given_to(listed, call_back, listed.painter.id)
    listed.pump.until(lambda: texts(listed))


def test_a_task_that_nobody_saw_yet_comes_into_the_right_list(listed: Bench) -> None:
    call_back = missed(listed, LAWYER_NUMBER)
    assert texts(listed) == []
    given_to(listed, call_back, listed.painter.id)
    written(listed, call_back)
    assert len(texts(listed)) == 1


def test_whose_it_is_no_longer_settles_nothing(both_listed: Bench) -> None:
    call_back = missed(both_listed)
    written(both_listed, call_back)
    both_listed.server.fail_next("withdraw", CalendarUnreachable("reset"))
    given_to(both_listed, call_back, both_listed.lawyer.id)
    both_listed.pump.until(
        lambda: [one for one in places(both_listed, call_back.id) if one.attempts]
    )
    owner_writes(both_listed, call_back, "STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
    asked = both_listed.server.asked.count("tasks")
    both_listed.desk.tasks.read()
    both_listed.pump.until(lambda: both_listed.server.asked.count("tasks") > asked)
    both_listed.clock.move(60)
    both_listed.desk.tasks.kick()
    both_listed.pump.until(lambda: texts(both_listed, "fristen"))
    assert [one.id for one in both_listed.desk.work.items] == [call_back.id]
    assert texts(both_listed) == []


def test_what_is_written_while_its_call_is_given_away_is_taken_away(both_listed: Bench) -> None:
    before = len(both_listed.seen(WorkAdded))
    both_listed.phone.outside.hangs_up(both_listed.rings(PAINTER_NUMBER))
    both_listed.wait_for(WorkAdded, before + 1)
    call_back = both_listed.seen(WorkAdded)[-1].item
    given_to(both_listed, call_back, both_listed.lawyer.id)
    both_listed.pump.until(lambda: texts(both_listed, "fristen"))
    both_listed.pump.until(lambda: texts(both_listed) == [])


def test_what_is_owed_about_an_appointment_stays_with_its_owner(both_listed: Bench) -> None:
    call_id = both_listed.rings()
    both_listed.desk.switchboard.answer(call_id)
    painter = both_listed.painter
    both_listed.desk.booking.book(
        client_id=painter.id,
        kind_id=painter.kinds[0].id,
        start=TUESDAY,
        caller_name="Erika Muster",
        call_id=call_id,
    )
    both_listed.wait_for(AppointmentConfirmed)
    appointment = both_listed.seen(AppointmentConfirmed)[-1].appointment
    assert appointment.call_id == call_id
    both_listed.server.delete(appointment.href)
    both_listed.desk.calendars.refresh(both_listed.painter.id)
    both_listed.wait_for(WorkAdded)
    owed = both_listed.seen(WorkAdded)[-1].item
    written(both_listed, owed)
    both_listed.desk.switchboard.assign(call_id, both_listed.lawyer.id, keep_number=False)
    found: list[tuple[WorkItem, ...]] = []
    both_listed.desk.work.read(found.append)
    both_listed.pump.until(lambda: found)
    assert [one.client_id for one in found[0]] == [both_listed.painter.id]
    assert texts(both_listed, "fristen") == []


def test_the_owner_sees_the_number_that_was_told_late(listed: Bench) -> None:
    call_back = missed(listed)
    written(listed, call_back)
    assert call_back.call_id is not None
    listed.desk.journal.type(call_back.call_id, caller_number="0171 3920021")
    listed.pump.advance(2)
    listed.pump.until(lambda: "+49 171 3920021" in texts(listed)[0])

"""Looking closer at the owner's week, moving appointments in it, and taking it out on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from receptionist.errors import BadInput, ReceptionistError
from receptionist.files import file_name, write
from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.period import Period
from receptionist.model.week import WEEKS_AHEAD
from ui.dialogs.paper import choose_file, print_out
from ui.printing.content import Source, sheet
from ui.printing.pages import pdf
from ui.verbs.hand import Hand, Verbs


class WeekVerbs:
    """Verbs of the owner's week. Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        week = hand.panels.week
        week.looked.connect(self._look_at)
        week.moved.connect(self._move)
        week.resized.connect(self._resize)

    def table(self) -> Verbs:
        """What each key does."""
        return {
            "day": self._hand.panels.week.turn_view,
            "print": self._print,
            "pdf": self._save_pdf,
            "export": self._export,
            "export_all": self._export_all,
        }

    def _look_at(self, day: object) -> None:
        self._hand.board.planner.week.look_at(day)  # type: ignore[arg-type]
        self._hand.panels.show_board()

    def _move(self, appointment: Appointment, start: datetime, staff_id: UUID | None) -> None:
        changing = self._hand.desk.changing
        self._ask(appointment, lambda: changing.move(appointment, start, staff_id))

    def _resize(self, appointment: Appointment, end: datetime) -> None:
        self._ask(appointment, lambda: self._hand.desk.changing.resize(appointment, end))

    def _ask(self, appointment: Appointment, verb: Callable[[], object]) -> None:
        """Ask for a change; why it is not even begun is said where it was wanted."""
        week = self._hand.board.planner.week
        week.notice = ""
        try:
            verb()
        except ReceptionistError as error:
            week.stays(appointment, str(error))
        self._hand.panels.show_board()

    # ---- on paper

    def _print(self) -> None:
        source = self._source()
        if source is not None:
            print_out(self._hand.panels, sheet(source), self._hand.panels.notice.tell)

    def _save_pdf(self) -> None:
        source = self._source()
        if source is not None:
            on_paper = sheet(source)
            name = _name(source, source.first.isoformat(), ".pdf")
            self._save(name, _("PDF (*.pdf)"), lambda then: then(pdf(on_paper)))

    def _export(self) -> None:
        """The appointments of what is shown, as other calendars read them."""
        source = self._source()
        if source is not None:
            self._save_calendar(source, source.first.isoformat(), source.period)

    def _export_all(self) -> None:
        """Every appointment from now on."""
        source = self._source()
        if source is not None:
            far = source.now + timedelta(weeks=WEEKS_AHEAD + 1)
            self._save_calendar(source, _("coming"), Period(source.now, far))

    def _save_calendar(self, source: Source, words: str, period: Period) -> None:
        exporting, client_id = self._hand.desk.exporting, source.client.id
        failed = self._hand.panels.notice.tell
        self._save(
            _name(source, words, ".ics"),
            _("Calendar file (*.ics)"),
            lambda then: exporting.export(client_id, period, then, lambda e: failed(str(e))),
        )

    def _source(self) -> Source | None:
        """What is shown now, for paper; None where nothing is, which `Hindrances` has said."""
        board = self._hand.board
        week = board.planner.week
        if week.client is None or week.outlook is None or not week.shows(week.day):
            return None
        health = self._hand.desk.calendars.health(week.client.id)
        return Source(
            week=week.outlook.week,
            client=week.client,
            office=self._hand.desk.directory.office.name,
            now=week.now,
            day=week.day,
            checked=health.checked if health else None,
        )

    def _save(
        self, name: str, kind: str, make: Callable[[Callable[[bytes], object]], object]
    ) -> None:
        """Ask for a file and write what `make` makes into it."""

        def chosen(path: Path) -> None:
            make(lambda content: self._write(path, content))

        choose_file(self._hand.panels, _("Save the owner's sheet"), name, kind, chosen)

    def _write(self, path: Path, content: bytes) -> None:
        try:
            write(path, content)
        except BadInput as error:
            self._hand.panels.notice.tell(str(error))
        else:
            week = self._hand.board.planner.week
            week.notice = _("Saved: {name}").format(name=path.name)
            self._hand.panels.show_board()


def _name(source: Source, words: str, ending: str) -> str:
    return file_name(source.client.name, words, ending=ending)

"""What is asked in a bar above the panels: when a call-back is promised, what a report covers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.errors import BadInput, ReceptionistError
from receptionist.files import file_name, write
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.report import Report
from receptionist.reportpage import Letterhead, page
from ui.dialogs.paper import choose_file
from ui.models.days import days, shown
from ui.models.followup import due_words, follow_up
from ui.models.words import one_line, who
from ui.post import while_there
from ui.verbs.hand import Hand, Verbs


class AskingVerbs:
    """Main thread. What is answered goes to the desk; why it is not taken is said in the bar."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._bar = hand, hand.panels.asking
        hand.panels.middle.sheet.report.connect(self._ask_period)
        self._bar.left.connect(hand.panels.calls.resting_place.setFocus)

    def table(self) -> Verbs:
        """What each key does."""
        return {"promise": self._ask_when, "report": self._ask_period}

    # ---- a call-back is promised

    def _ask_when(self) -> None:
        seen = self._hand.shown
        if seen is not None:
            call_id = seen.call.id
            self._bar.ask(
                _("Promise {who} to call back. When?").format(who=who(seen.call)),
                _("Promise"),
                _("When? E.g. tomorrow 10 am"),
                lambda text: self._promise(call_id, text),
                about=("promise", call_id),
            )

    def _promise(self, call_id: UUID, text: str) -> str:
        board, desk = self._hand.board, self._hand.desk
        due = follow_up(text, board.now, board.zone)
        if isinstance(due, str):
            return due
        try:
            call = desk.switchboard.call(call_id)
            desk.owing.promise(call_id, due, one_line(call.note, 80))
        except ReceptionistError as error:
            return str(error)
        words = _("On the work list: call {who} back, {when}.")
        when = due_words(due, board.zone, board.now)
        self._hand.tell(words.format(who=who(call), when=when))
        return ""

    # ---- what was handled for a client

    def _ask_period(self) -> None:
        client = self._hand.board.at_hand
        if client is not None:
            first, last = _last_month(self._today(client))
            self._bar.ask(
                _("Report for {client}. From when until when?").format(
                    client=one_line(client.name)
                ),
                _("Save …"),
                _("E.g. {days}").format(days=shown(first, last)),
                lambda text: self._draw_up(client, text),
                shown(first, last),
                about=("report", client.id),
            )

    def _draw_up(self, client: Client, text: str) -> str:
        period = days(text, self._today(client))
        if isinstance(period, str):
            return period
        first, last = period
        whole = self._hand.panels
        try:
            self._hand.desk.services.report(
                client.id,
                first,
                last,
                while_there(whole, lambda report: self._choose(client, report, first)),
                while_there(whole, lambda error: whole.notice.tell(str(error))),
            )
        except ReceptionistError as error:
            return str(error)
        return ""

    def _choose(self, client: Client, report: Report, first: date) -> None:
        head = Letterhead(client=client.name, office=self._hand.desk.directory.office.name)
        text = page(report, head)
        name = file_name(client.name, _("report"), first.isoformat(), ending=".html")
        choose_file(
            self._hand.panels,
            _("Save the report"),
            name,
            _("Web page (*.html)"),
            lambda path: self._write(path, text),
        )

    def _write(self, path: Path, text: str) -> None:
        notice = self._hand.panels.notice
        try:
            write(path, text.encode())
        except BadInput as error:
            notice.tell(str(error))
        else:
            notice.tell(_("Saved: {path}").format(path=path))

    def _today(self, client: Client) -> date:
        return self._hand.board.now.astimezone(ZoneInfo(client.zone)).date()


def _last_month(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last

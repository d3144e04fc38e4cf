"""What is known of who calls: written down, told him, put together with what is known already."""

from __future__ import annotations

from uuid import UUID

from receptionist.model.callers import CallerNotice, KnownCaller
from ui.models.callers import KnownNow
from ui.models.callerwriting import CallerTexts, CallerWriting
from ui.models.knowing import whose
from ui.post import while_there
from ui.verbs.hand import Hand, Verbs


class KnownCallerVerbs:
    """Main thread. Everything is for the client of the shown call."""

    def __init__(self, hand: Hand) -> None:
        self._hand, panels = hand, hand.panels
        self._writing = CallerWriting(hand.desk, lambda: hand.board.now)
        self._drafts: dict[tuple[UUID, UUID], CallerTexts] = {}
        panels.known.told.connect(self._tell)
        panels.known.not_told.connect(self._not_told)
        panels.known.merge.connect(self._merge)
        panels.known.edit.connect(self._edit)
        panels.known.left.connect(panels.calls.resting_place.setFocus)
        panels.caller_card.kept.connect(self._keep)
        panels.caller_card.parted.connect(self._part)
        panels.caller_card.withdrawn.connect(self._withdraw)
        panels.caller_card.away.connect(panels.aside.leave)
        panels.aside.interrupted.connect(self._interrupted)

    def table(self) -> Verbs:
        """What each key does."""
        return {"caller_card": self._edit, "told": self._tell_first}

    @property
    def _known(self) -> KnownNow | None:
        board = self._hand.board
        return board.callers.known(board.shown)

    # ---- telling

    def _tell_first(self) -> None:
        known = self._known
        if known is not None and known.waiting:
            self._tell(known.waiting[0])

    def _tell(self, notice: CallerNotice) -> None:
        shown = self._hand.shown
        if shown is not None and shown.call.answered:
            books = self._hand.desk.people.notebooks
            books.told(notice, shown.call.id, self._done, self._failed)

    def _not_told(self, notice: CallerNotice) -> None:
        self._hand.desk.people.notebooks.not_told(notice, self._done, self._failed)

    # ---- writing

    def _edit(self) -> None:
        known, panels = self._known, self._hand.panels
        if known is None or not (known.number or known.name):
            return
        if panels.aside.page is not panels.caller_card:
            draft = self._drafts.pop(known.key, None)
            panels.caller_card.show_known(known, draft)
            panels.show_caller_card(known)
        panels.aside.open(
            panels.caller_card, whose(self._hand.board.in_view), panels.caller_card.note
        )

    def _keep(self, known: KnownNow, wanted: CallerTexts) -> None:
        panels = self._hand.panels
        there = while_there(panels, lambda: self._kept(known))
        wrong = while_there(panels, lambda error: panels.caller_card.fail(str(error)))
        self._writing.save(known, wanted, there, wrong)

    def _kept(self, known: KnownNow) -> None:
        panels = self._hand.panels
        self._drafts.pop(known.key, None)
        if panels.aside.page is panels.caller_card:
            panels.aside.leave()
        self._hand.panels.show_board()

    def _withdraw(self, notice: CallerNotice) -> None:
        wrong = while_there(self._hand.panels, self._card_failed)
        self._hand.desk.people.notebooks.remove(notice, self._done, wrong)

    def _part(self, row: KnownCaller) -> None:
        wrong = while_there(self._hand.panels, self._card_failed)
        self._hand.desk.people.notebooks.part(row, self._done, wrong)

    def _merge(self) -> None:
        known = self._known
        if known is not None:
            self._writing.merge(known, self._done, self._failed)

    def _interrupted(self, page: object) -> None:
        """Another call is shown now: what was typed waits until this one is shown again."""
        card = self._hand.panels.caller_card
        if page is card and card.draft is not None and card.key is not None:
            self._drafts[card.key] = card.draft

    def _done(self, *_told: object) -> None:
        """The event that came tells it."""

    def _card_failed(self, error: Exception) -> None:
        self._hand.panels.caller_card.fail(str(error))

    def _failed(self, error: Exception) -> None:
        shown = self._hand.shown
        self._hand.board.fail(shown.call.id if shown else None, str(error))
        self._hand.panels.show_board()

"""What is known of who calls: written down, told him, put together with what is known already."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from receptionist.model.callers import CallerNotice, KnownCaller
from ui.models.callers import KnownNow
from ui.models.callerwriting import CallerTexts, CallerWriting
from ui.models.knowing import whose
from ui.post import while_there
from ui.verbs.hand import Hand, Verbs
from ui.verbs.hindrances_knowing import KnowingHindrances

Key = tuple[UUID, UUID]
"""Call and client."""
Failed = Callable[[Exception], object]


class KnownCallerVerbs:
    """Main thread. Everything is for the client of the shown call, and so is what the store answers
    when another one is shown by then."""

    def __init__(self, hand: Hand) -> None:
        self._hand, panels = hand, hand.panels
        self._writing = CallerWriting(hand.desk, lambda: hand.board.now)
        self._not_yet = KnowingHindrances(hand).table()["told"]
        self._drafts: dict[Key, CallerTexts] = {}
        panels.known.told.connect(self._tell)
        panels.known.not_told.connect(self._not_told)
        panels.known.merge.connect(self._merge)
        panels.known.apart.connect(self._keep_apart)
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
        """What stands there first, whoever it may be by what is typed meanwhile."""
        for notice in self._hand.panels.known.waiting[:1]:
            self._tell(notice)

    def _tell(self, notice: CallerNotice) -> None:
        shown, why = self._hand.shown, self._not_yet()
        self._hand.tell(why)
        if shown is not None and not why:
            books = self._hand.desk.people.notebooks
            books.told(notice, shown.call.id, self._done, self._failure(shown.call.id))

    def _not_told(self, notice: CallerNotice) -> None:
        shown = self._hand.shown
        if shown is not None:
            books = self._hand.desk.people.notebooks
            books.not_told(notice, self._done, self._failure(shown.call.id))

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
        there = while_there(self._hand.panels, partial(self._kept, known.key))
        self._writing.save(known, wanted, there, self._card_failure(known.key))

    def _kept(self, key: Key) -> None:
        panels = self._hand.panels
        self._drafts.pop(key, None)
        if self._shows(key):
            panels.aside.leave()
        panels.show_board()

    def _withdraw(self, notice: CallerNotice) -> None:
        wrong = self._card_failure(self._hand.panels.caller_card.key)
        self._hand.desk.people.notebooks.remove(notice, self._done, wrong)

    def _part(self, row: KnownCaller) -> None:
        wrong = self._card_failure(self._hand.panels.caller_card.key)
        self._hand.desk.people.notebooks.part(row, self._done, wrong)

    def _merge(self) -> None:
        known = self._known
        if known is not None:
            self._writing.merge(known, self._done, self._failure(known.call.id))

    def _keep_apart(self) -> None:
        known = self._known
        if known is not None:
            self._writing.keep_apart(known, self._done, self._failure(known.call.id))

    def _interrupted(self, page: object) -> None:
        """Something else is in its place: what was typed waits until it is opened again."""
        card = self._hand.panels.caller_card
        if page is card and card.draft is not None and card.key is not None:
            self._drafts[card.key] = card.draft

    def _done(self, *_told: object) -> None:
        """The event that came tells it."""

    def _shows(self, key: Key | None) -> bool:
        """Whether the card is open, and that of this call and client."""
        panels = self._hand.panels
        return panels.aside.page is panels.caller_card and panels.caller_card.key == key

    def _card_failure(self, key: Key | None) -> Failed:
        return while_there(self._hand.panels, partial(self._card_failed, key))

    def _card_failed(self, key: Key | None, error: Exception) -> None:
        if self._shows(key):
            self._hand.panels.caller_card.fail(str(error))
        elif key is not None:
            self._failed(key[0], error)

    def _failure(self, call_id: UUID) -> Failed:
        return while_there(self._hand.panels, partial(self._failed, call_id))

    def _failed(self, call_id: UUID, error: Exception) -> None:
        """Said beside its call; where another one is shown, in the window."""
        shown, panels = self._hand.shown, self._hand.panels
        if shown is not None and shown.call.id == call_id:
            self._hand.board.fail(call_id, str(error))
        else:
            panels.notice.tell(str(error))
        panels.show_board()

"""Looking up what is known of the client, and spelling out what was typed."""

from __future__ import annotations

from receptionist.model.client import Client
from receptionist.model.spelling import SpellingTable
from ui.models.knowing import whose
from ui.models.spellout import after, table_for
from ui.verbs.hand import Hand, Verbs
from ui.verbs.hindrances_knowing import KnowingHindrances


class KnowingVerbs:
    """Main thread. Nothing of another client is ever looked up."""

    def __init__(self, hand: Hand) -> None:
        self._hand, panels = hand, hand.panels
        self._table: SpellingTable | None = None
        self._nobody = KnowingHindrances(hand).table()["knowledge"]
        panels.aside.left.connect(panels.calls.resting_place.setFocus)
        panels.aside.closed.connect(self._closed)
        panels.knowledge.taken.connect(panels.aside.give_back)
        panels.caller.look_up.connect(self._look_up)
        panels.middle.sheet.look_up.connect(self._look_up)
        panels.spelling.tabled.connect(self._take_table)

    def table(self) -> Verbs:
        """What each key does."""
        return {"knowledge": self._look_up, "spell": self._spell}

    def _look_up(self) -> None:
        """Of the shown client; what the note speaks of comes first."""
        board, panels = self._hand.board, self._hand.panels
        client = board.at_hand
        if client is None:
            self._hand.tell(self._nobody())
            return
        if panels.aside.page is panels.knowledge and panels.aside.has_keyboard:
            panels.knowledge.field.clear()
            panels.knowledge.refresh()
            return
        panels.aside.open(panels.knowledge, whose(board.in_view), panels.knowledge.field)
        self._ask(client)

    def _closed(self, page: object) -> None:
        if page is self._hand.panels.knowledge:
            self._hand.panels.knowledge.forget()

    def _ask(self, client: Client) -> None:
        known, first = self._hand.desk.people.notebooks.known, self._hand.board.suggestions.found
        self._hand.panels.knowledge.ask(client, lambda typed: known(client.id, typed), first)

    def _spell(self) -> None:
        """Spell out; once more takes the next table."""
        board, panels = self._hand.board, self._hand.panels
        if panels.aside.page is panels.spelling:
            self._take_table(after(panels.spelling.table))
            return
        client = board.at_hand
        tongue = client.greeting.language if client else "de"
        panels.aside.open(panels.spelling, whose(board.in_view))
        region = self._hand.desk.directory.office.region
        panels.spelling.spell(self._table or table_for(tongue), region)

    def _take_table(self, table: SpellingTable) -> None:
        """What was chosen by hand is chosen from now on."""
        self._table = table
        panel = self._hand.panels.spelling
        panel.spell(table, panel.region)

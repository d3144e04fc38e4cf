"""Recordings, each after a consent."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from receptionist.errors import ReceptionistError
from receptionist.i18n import _, language, speaking
from receptionist.model.voice import Consent
from ui.models.words import client_words, one_line, said
from ui.post import while_there
from ui.verbs.hand import Hand, Verbs


class VoiceVerbs:
    """Main thread. There is no recording without a consent that was written down before."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._consent = hand.panels.verbs.consent
        self._consent.agreed.connect(self._agreed)

    def table(self) -> Verbs:
        """What each key does."""
        return {"record": self._record}

    def _record(self) -> None:
        """Ask for the consent first; with one begin, and then stop."""
        shown, recordings = self._hand.shown, self._hand.desk.recordings
        if shown is None:
            return
        call = shown.call
        self._hand.board.forget_failure()
        if recordings.recording(call.id):
            self._try(call.id, lambda: recordings.stop(call.id))
        elif wrong := recordings.hindrance(call.id):
            self._hand.board.fail(call.id, wrong)
        elif recordings.consent_of(call.id) is not None:
            self._start(call.id)
        else:
            who = one_line(call.caller_name or call.caller.name)
            tongue = shown.client.greeting.language if shown.client is not None else language()
            with speaking(tongue):
                words = _wording(client_words(shown.client, call))
            self._consent.ask(call.id, who, said(words, tongue), words)
        self._hand.panels.show_board()

    def _agreed(self, call_id: UUID, who: str, wording: str) -> None:
        def written(_consent: Consent) -> None:
            self._start(call_id)

        self._consent.close_down()
        self._hand.panels.calls.resting_place.setFocus()
        recordings, failed = self._hand.desk.recordings, self._failed(call_id)
        panels = self._hand.panels
        self._try(
            call_id,
            lambda: recordings.consent(call_id, who, wording, while_there(panels, written), failed),
        )

    def _start(self, call_id: UUID) -> None:
        recordings = self._hand.desk.recordings
        self._try(call_id, lambda: recordings.start(call_id, lambda: None, self._failed(call_id)))

    def _try(self, call_id: UUID, do: Callable[[], object]) -> None:
        try:
            do()
        except ReceptionistError as error:
            self._hand.board.fail(call_id, str(error))
        self._hand.panels.show_board()

    def _failed(self, call_id: UUID) -> Callable[[Exception], object]:
        def failed(error: Exception) -> None:
            self._hand.board.fail(call_id, str(error))
            self._hand.panels.show_board()

        return while_there(self._hand.panels, failed)


def _wording(client: str) -> str:
    words = _(
        "I would like to record our conversation for {client}, so that nothing is lost. It is"
        " deleted later. Do you agree?"
    )
    return words.format(client=client)

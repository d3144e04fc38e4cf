"""Recordings of calls: none without a consent that was written down before."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.seals import Seals
from receptionist.desk.switchboard import Switchboard
from receptionist.errors import BadInput, NotFound, StoreError
from receptionist.events import (
    CallChanged,
    CallEnded,
    ConferenceChanged,
    DeskEvent,
    EngineChanged,
    PhoneCommandFailed,
    PhoneRecorded,
    RecordingChanged,
    RecordingKept,
)
from receptionist.i18n import _
from receptionist.model.call import UP, Call
from receptionist.model.voice import Consent, Voice, VoiceKind
from receptionist.paths import private_directory
from receptionist.ports import PhoneService
from receptionist.threads import assert_main

log = logging.getLogger(__name__)

ENDING = ".sealed"
RETRY_AFTER_S = 5.0
Failed = Callable[[Exception], object]


class Recordings:
    """Records calls whose client allows it and whose caller has consented. Main thread.

    The files lie encrypted in `directory`; without it, or without a key, nothing is recorded.
    """

    def __init__(
        self,
        ground: Ground,
        calls: Calls,
        service: PhoneService,
        seals: Seals,
        switchboard: Switchboard,
        directory: Path | None,
    ) -> None:
        self._ground, self._calls, self._service = ground, calls, service
        self._seals, self._files = seals, directory
        self._consents: dict[UUID, Consent] = {}
        """Those that are written, by their calls."""
        self._running: dict[UUID, Voice] = {}
        self._in_conference: set[UUID] = set()
        ground.listeners.add(self._on_event)
        switchboard.follow(PhoneRecorded, self._recorded)
        switchboard.follow(PhoneCommandFailed, self._not_done)

    def hindrance(self, call_id: UUID) -> str:
        """Why a call may not be recorded even with a consent, in a sentence; "" when it may."""
        call = self._calls.get(call_id)
        client = self._ground.directory.client(call.client_id) if call else None
        if call is None or call.state not in UP:
            return _("Only a call that is answered can be recorded.")
        if client is None or not client.records:
            return _("Calls for this client are not recorded. The office's settings say so.")
        if call_id in self._in_conference:
            return _("In a conference nothing is recorded: not everybody in it has agreed.")
        if self._files is None:
            return _("There is no place for recordings here.")
        return self._seals.trouble

    def consent_of(self, call_id: UUID) -> Consent | None:
        """The consent to record a call, once it is written."""
        return self._consents.get(call_id)

    def recording(self, call_id: UUID) -> bool:
        """Whether a call is being recorded."""
        return call_id in self._running

    def consent(
        self,
        call_id: UUID,
        who: str,
        wording: str,
        then: Callable[[Consent], object],
        failed: Failed,
    ) -> None:
        """Write down that `who` has agreed, and to which words. Only then `start` is possible.

        Raises `BadInput` while the call may not be recorded at all, or something is not said.
        """
        call = self._possible(call_id)
        who, wording = " ".join(who.split()), " ".join(wording.split())
        if not who or not wording:
            raise BadInput(_("Say who has agreed, and in which words."))
        by = self._ground.directory.receptionist.id
        consent = Consent(
            id=uuid4(),
            call_id=call.id,
            client_id=call.client_id,
            who=who,
            wording=wording,
            at=self._ground.clock.now(),
            heard_by=by,
        )

        def written(_none: None) -> None:
            self._consents[call_id] = consent
            then(consent)

        self._ground.memory.submit(
            lambda store: store.voices.consent(consent, by), then=written, failed=failed
        )

    def start(self, call_id: UUID, then: Callable[[], object], failed: Failed) -> None:
        """Record a call from now on; `RecordingChanged` is told. `BadInput` without a consent."""
        call = self._possible(call_id)
        consent = self._consents.get(call_id)
        if consent is None:
            raise BadInput(_("Write down first who has agreed to the recording."))
        if self.recording(call_id):
            raise BadInput(_("This call is being recorded already."))

        def ready() -> None:
            if not self._seals.public:
                failed(BadInput(self._seals.trouble))
                return
            self._begin(call, consent, then, failed)

        self._seals.need(ready)

    def stop(self, call_id: UUID) -> None:
        """Record a call no more; `RecordingChanged` follows when the file is complete."""
        if not self.recording(call_id):
            raise NotFound(_("This call is not being recorded."))
        self._service.stop_recording(call_id)

    # ---- inside

    def _possible(self, call_id: UUID) -> Call:
        assert_main()
        if wrong := self.hindrance(call_id):
            raise BadInput(wrong)
        call = self._calls.get(call_id)
        assert call is not None
        return call

    def _begin(
        self, call: Call, consent: Consent, then: Callable[[], object], failed: Failed
    ) -> None:
        """The row is there before the file, so no file is ever forgotten."""
        assert self._files is not None
        client = self._ground.directory.client(call.client_id)
        days, at = client.keep_days if client else 0, self._ground.clock.now()
        voice_id, by = uuid4(), self._ground.directory.receptionist.id
        voice = Voice(
            id=voice_id,
            kind=VoiceKind.RECORDING,
            call_id=call.id,
            client_id=call.client_id,
            file=f"{voice_id}{ENDING}",
            at=at,
            expires=at + timedelta(days=days),
            consent_id=consent.id,
        )
        path = private_directory(self._files) / voice.file

        def written(_new: bool) -> None:
            now = self._calls.get(call.id)
            other = now is None or now.client_id != call.client_id
            if now is None or other or now.state not in UP or self.recording(call.id):
                failed(BadInput(_("Only a call that is answered can be recorded.")))
                return
            self._running[call.id] = voice
            self._service.record(call.id, str(path), self._seals.public)
            self._ground.listeners.tell(RecordingChanged(call_id=call.id, on=True))
            then()

        self._ground.memory.submit(
            lambda store: store.voices.begin(voice, by), then=written, failed=failed
        )

    # ---- what happens

    def _recorded(self, event: PhoneRecorded) -> None:
        """Also of a recording that another life of the program has begun."""
        at = self._ground.clock.now()
        self._over(event.call_id)
        try:
            voice_id = UUID(Path(event.path).stem)
        except ValueError:
            log.error("a recording has a name that is not ours")
            return
        self._complete(voice_id, event.seconds, at)

    def _complete(self, voice_id: UUID, seconds: int, at: datetime) -> None:
        """Write it until the store has it."""

        def failed(error: Exception) -> None:
            log.error("a recording is not completed: %s", type(error).__name__)
            if isinstance(error, StoreError):
                self._ground.later(RETRY_AFTER_S, lambda: self._complete(voice_id, seconds, at))

        self._ground.memory.submit(
            lambda store: store.voices.complete(voice_id, seconds, at),
            then=lambda voice: self._ground.listeners.tell(RecordingKept(recording=voice)),
            failed=failed,
        )

    def _not_done(self, event: PhoneCommandFailed) -> None:
        if event.command == "record" and event.call_id is not None:
            self._over(event.call_id)

    def _on_event(self, event: DeskEvent) -> None:
        match event:
            case CallChanged(call=call):
                self._belongs_to(call)
            case ConferenceChanged(caller_id=caller_id, asked_id=asked_id, joined=joined):
                pair = {caller_id, asked_id}
                self._in_conference = self._in_conference | pair if joined else set()
            case CallEnded():
                self._over(event.call.id)
                self._consents.pop(event.call.id, None)
            case EngineChanged():
                lost = [one for one in self._running if not self._lives(one)]
                for call_id in lost:
                    self._over(call_id)

    def _lives(self, call_id: UUID) -> bool:
        call = self._calls.get(call_id)
        return call is not None and not call.ended

    def _belongs_to(self, call: Call) -> None:
        """Whoever has agreed has agreed for one client; for another he is asked anew."""
        consent, running = self._consents.get(call.id), self._running.get(call.id)
        if consent is not None and consent.client_id != call.client_id:
            del self._consents[call.id]
        if running is not None and running.client_id != call.client_id:
            self._service.stop_recording(call.id)

    def _over(self, call_id: UUID) -> None:
        if self._running.pop(call_id, None) is not None:
            self._ground.listeners.tell(RecordingChanged(call_id=call_id, on=False))

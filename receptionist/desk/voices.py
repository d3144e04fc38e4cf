"""What was recorded, for ears: opened, let out of the program, deleted when its time is over."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from receptionist import files
from receptionist.desk.ground import Ground
from receptionist.desk.seals import Seals
from receptionist.errors import BadInput, NotFound
from receptionist.events import MessageHeard, VoiceDeleted
from receptionist.i18n import _
from receptionist.model.voice import Voice, VoiceKind
from receptionist.ports import Store

log = logging.getLogger(__name__)

SWEEP_EVERY_S = 3600.0
"""Deletion is due by days; computers sleep, and timers with them."""
_LANE = "voices"
Failed = Callable[[Exception], object]


class Voices:
    """Messages and recordings as files. Main thread; opening and deleting happen on workers.

    `places` are the directories of both kinds; without them there is nothing. Each opening, each
    copy and each deletion stands in the change log.
    """

    def __init__(self, ground: Ground, seals: Seals, places: Mapping[VoiceKind, Path]) -> None:
        self._ground, self._seals, self._places = ground, seals, places
        self._closed = False

    def start(self) -> None:
        """Delete what has expired, now and from now on."""
        if self._closed:
            return
        self.sweep()
        self._ground.later(SWEEP_EVERY_S, self.start)

    def close(self) -> None:
        """Delete nothing more."""
        self._closed = True

    def kept(
        self, kind: VoiceKind, then: Callable[[tuple[Voice, ...]], object], failed: Failed
    ) -> None:
        """What was not deleted yet, the newest first, to `then`."""
        self._ground.memory.submit(lambda store: store.voices.kept(kind), then=then, failed=failed)

    def of_call(
        self, call_id: UUID, then: Callable[[tuple[Voice, ...]], object], failed: Failed
    ) -> None:
        """What there is of a call, also what was deleted, to `then`."""
        self._ground.memory.submit(
            lambda store: store.voices.of_call(call_id), then=then, failed=failed
        )

    def hear(self, voice_id: UUID, then: Callable[[bytes], object], failed: Failed) -> None:
        """Its sound as a WAV file, in memory alone, to `then`; who listened when is written."""
        who, at = self._who(), self._ground.clock.now()

        def opened(wav: bytes) -> None:
            self._ground.memory.submit(
                lambda store: store.voices.hear(voice_id, who, at),
                then=lambda voice: self._heard(voice, wav, then),
                failed=failed,
            )

        self._open(voice_id, opened, failed)

    def export(
        self, voice_id: UUID, file: Path, then: Callable[[], object], failed: Failed
    ) -> None:
        """Write its sound to a WAV file outside of the program; first it is logged who wants it."""
        who, at = self._who(), self._ground.clock.now()

        def opened(wav: bytes) -> None:
            self._ground.memory.submit(
                lambda store: store.voices.export(voice_id, who, at),
                then=lambda _none: self._ground.lanes.submit(
                    _LANE, files.write, file, wav, then=lambda _none: then(), failed=failed
                ),
                failed=failed,
            )

        self._open(voice_id, opened, failed)

    def delete(self, voice_id: UUID, then: Callable[[], object], failed: Failed) -> None:
        """Delete it before its time."""
        who = self._who()

        def gone(store: Store) -> Voice:
            voice = _living(store, voice_id)
            self._remove(store, voice, who)
            return voice

        def told(voice: Voice) -> None:
            self._ground.listeners.tell(VoiceDeleted(voice=voice))
            then()

        self._ground.memory.submit(gone, then=told, failed=failed)

    def sweep(self) -> None:
        """Delete what has expired."""
        at = self._ground.clock.now()

        def sweep(store: Store) -> list[Voice]:
            return [one for one in store.voices.expired(at) if self._removed(store, one)]

        self._ground.memory.submit(
            sweep,
            then=self._swept,
            failed=lambda error: log.error("nothing was deleted: %s", type(error).__name__),
        )

    # ---- on workers

    def _removed(self, store: Store, voice: Voice) -> bool:
        """One that cannot be deleted hinders no other; it is tried again."""
        try:
            self._remove(store, voice, None)
        except OSError as error:
            log.error("%s cannot be deleted: %s", voice.file, error.strerror)
            return False
        return True

    def _remove(self, store: Store, voice: Voice, who: UUID | None) -> None:
        file = self._file(voice)
        if file is not None:
            file.unlink(missing_ok=True)
        store.voices.delete(voice.id, who, self._ground.clock.now())

    def _unsealed(self, voice: Voice) -> bytes:
        from receptionist.sealing import open_sealed  # imports a library that few starts need

        file = self._file(voice)
        if file is None or not file.is_file():
            raise NotFound(_("Its file is no longer there."))
        try:
            return open_sealed(file, self._seals.private())
        except OSError as error:
            message = _("“{name}” cannot be read: {why}.")
            why = error.strerror or type(error).__name__
            raise BadInput(message.format(name=file.name, why=why)) from None

    def _file(self, voice: Voice) -> Path | None:
        place = self._places.get(voice.kind)
        return place / Path(voice.file).name if place else None

    # ---- inside

    def _swept(self, deleted: Sequence[Voice]) -> None:
        if deleted:
            log.info("%s voices deleted, their time is over", len(deleted))
        for voice in deleted:
            self._ground.listeners.tell(VoiceDeleted(voice=voice))

    def _who(self) -> UUID:
        return self._ground.directory.receptionist.id

    def _open(self, voice_id: UUID, then: Callable[[bytes], object], failed: Failed) -> None:
        def found(voice: Voice) -> None:
            self._ground.lanes.submit(_LANE, self._unsealed, voice, then=then, failed=failed)

        self._ground.memory.submit(partial(_living, voice_id=voice_id), then=found, failed=failed)

    def _heard(self, voice: Voice, wav: bytes, then: Callable[[bytes], object]) -> None:
        then(wav)
        if voice.kind is VoiceKind.MESSAGE:
            self._ground.listeners.tell(MessageHeard(message=voice))


def _living(store: Store, voice_id: UUID) -> Voice:
    voice = store.voices.get(voice_id)
    if voice is None:
        raise NotFound(_("There is no such message or recording."))
    if voice.deleted is not None:
        raise NotFound(_("It was deleted already."))
    return voice

"""What is asked of the headset beside talking: which devices, ringing, how loud it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from receptionist.events import EngineChanged, EngineState
from receptionist.model.sound import Sound
from receptionist.phone import wire
from receptionist.phone.engine.voice import Voice


class Sounding:
    """Takes the commands, tells what changes. Loop thread only.

    An engine of its own rings while one of its calls does; one behind an exchange when it is told.
    """

    def __init__(
        self, voice: Voice, report: Callable[[wire.Report], None], *, behind_edge: bool
    ) -> None:
        self._voice, self._report = voice, report
        self._behind_edge = behind_edge
        self._rings = wire.Ring(on=False)
        self._tones: dict[UUID, str] = {}
        self._audio = (voice.description, voice.silent)

    def use(self, wanted: Sound) -> None:
        """Use other devices and gains from now on, also in a call."""
        if self._voice.headset is not None:
            self._voice.headset.use(wanted)

    def listen(self, wanted: wire.Listen) -> None:
        """Tell how loud it is, or stop that."""
        if self._voice.headset is not None:
            self._voice.headset.listen(wanted)

    def ring(self, wanted: wire.Ring) -> None:
        """Ring, or stop it."""
        if wanted != self._rings:
            self._rings = wanted
            if self._voice.headset is not None:
                self._voice.headset.ring(wanted.on, wanted.tone, wanted.quiet)

    def ring_tone(self, wanted: wire.RingTone) -> None:
        """Ring for this call with a tone of its own."""
        self._tones[wanted.call_id] = wanted.tone

    def poll(self, ringing: Sequence[UUID]) -> None:
        """Every turn of the loop, with the calls that ring, the longest waiting first."""
        if not self._behind_edge:
            self._tones = {one: tone for one, tone in self._tones.items() if one in ringing}
            tone = self._tones.get(ringing[0], "") if ringing else ""
            self.ring(wire.Ring(on=bool(ringing), tone=tone))
        headset = self._voice.headset
        if headset is not None:
            headset.poll()
            levels = headset.levels()
            if levels is not None:
                self._report(levels)
        self._tell_devices()

    def _tell_devices(self) -> None:
        audio = (self._voice.description, self._voice.silent)
        if audio != self._audio:
            self._audio = audio
            description, silent = audio
            self._report(EngineChanged(state=EngineState.READY, audio=description, silent=silent))

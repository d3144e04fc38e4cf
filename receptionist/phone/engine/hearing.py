"""Who hears whom: headset, files, partners and recordings of every call. Loop thread only."""

from __future__ import annotations

from receptionist.phone.engine.bridge import media_of
from receptionist.phone.engine.conference import Conference
from receptionist.phone.engine.leg import Leg
from receptionist.phone.engine.recording import Recordings
from receptionist.phone.engine.sounds import Sounds
from receptionist.phone.engine.voice import Voice


class Hearing:
    """Keeps the bridge as the calls' state says."""

    def __init__(
        self, voice: Voice, sounds: Sounds, conference: Conference, recordings: Recordings
    ) -> None:
        self.voice = voice
        self.sounds = sounds
        self.conference = conference
        self.recordings = recordings

    def join(self, leg: Leg) -> None:
        """Connect a call as its state says. Again after every change of that, or of its media."""
        for one in (leg, *self.conference.partners(leg)):
            self.voice.join(one)
            self.sounds.join(one)
            self.conference.wire(one)
            partners = () if one.aside else self.conference.partners(one)
            others = [media_of(other) for other in partners if not other.aside]
            self.recordings.wire(one, (*others, *self.voice.spoken(one)))

    def leave(self, leg: Leg) -> None:
        """Let go of what belongs to a call that is over."""
        partners = self.conference.partners(leg)
        self.recordings.leave(leg)
        self.conference.leave(leg)
        self.sounds.leave(leg)
        for other in partners:
            self.join(other)

    def close(self) -> None:
        """Complete files, let the devices go. The clock must stand."""
        self.recordings.close()
        self.sounds.close()
        self.voice.close()

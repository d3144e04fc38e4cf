"""An office that speaks a tone to a real softphone, and writes down what it hears."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

from receptionist.events import PhoneAnswered, PhoneEnded, PhoneQuality
from receptionist.model.office import Line
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from tests.contract.phone.world import Desk
from tests.doubles.sip.baresip import Baresip, loudest, write_tone

LOUD = 1000


class SpeakingOffice:
    """A desk that speaks a tone, and writes down what it hears."""

    def __init__(self, home: Path, **settings: object) -> None:
        write_tone(home / "microphone.wav", 5.0)
        self.heard = home / "heard.wav"
        chosen = EngineSettings(
            audio=AudioMode.FILES,
            microphone=str(home / "microphone.wav"),
            headset=str(self.heard),
            **settings,  # type: ignore[arg-type]
        )
        self.desk = Desk(lambda pump: Supervisor(pump.post, chosen))

    @property
    def sip_port(self) -> int:
        """Where it takes calls."""
        assert isinstance(self.desk.phone, Supervisor)
        return self.desk.phone.sip_port

    def calls(self, line: Line, peer: Baresip) -> UUID:
        """We call, and are answered."""
        call_id = uuid4()
        self.desk.phone.dial(call_id, line.id, "peer")
        peer.wait("CALL_INCOMING")
        peer.accept()
        self.desk.wait(PhoneAnswered, call_id=call_id)
        return call_id

    def until_both_hear(self, peer: Baresip) -> None:
        """The voices of the first call have found their ways."""
        self.desk.until(lambda: loudest(self.heard) > LOUD and peer.loudest() > LOUD)

    def both_hear(self, peer: Baresip, call_id: UUID, count: int = 1) -> PhoneQuality:
        """The peer hangs up when sound has had its time; then how it was."""
        peer.wait("CALL_ESTABLISHED", count=count)
        peer.passes(1.5)
        peer.hang_up()
        self.desk.wait(PhoneEnded, call_id=call_id)
        peer.wait("CALL_CLOSED", count=count)
        assert max(peer.heard()) > LOUD
        assert loudest(self.heard) > LOUD
        return self.desk.wait(PhoneQuality, call_id=call_id)


Opened = Callable[..., SpeakingOffice]

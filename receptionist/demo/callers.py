"""The people who call: a second phone engine that dials the desk and speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from receptionist.bootstrap import AudioMode, EngineSettings, new_phone
from receptionist.events import (
    EngineChanged,
    EngineState,
    LineChanged,
    LineState,
    PhoneAnswered,
    PhoneEnded,
    PhoneEvent,
    PhoneIncoming,
)
from receptionist.model.office import Line
from receptionist.paths import resources
from receptionist.threads import Later, Post

LOOPBACK = "127.0.0.1"
_ANSWERS_AFTER_S = 2.0
_SPEAKS_AFTER_S = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who calls: what the network tells about him, whom he calls, what he says.

    `forwarded_by` is the number he dialled when that one forwards its calls to `dials`.
    """

    name: str
    number: str
    dials: str
    voice: str
    kind: str = ""
    forwarded_by: str = ""


ERIKA = Person(
    name="Erika Muster",
    number="+491713920011",
    dials="+493023125101",
    voice="erika-muster",
    kind="kontrolle",
)
PEOPLE = (
    ERIKA,
    Person(
        name="Otto Beispiel",
        number="+492214710177",
        dials="+492214710134",
        voice="otto-beispiel",
        kind="notdienst",
    ),
    Person(
        name="Lina Probe",
        number="+491713920033",
        dials="+498999998440",
        voice="lina-probe",
        kind="sprechstunde",
        forwarded_by="+491713920003",
    ),
    Person(
        name="",
        number="+493023125188",
        dials="+493023125999",
        voice="verwaehlt",
    ),
    Person(
        name="Max Mustermann",
        number="+494066969155",
        dials="+494066969320",
        voice="max-mustermann",
        kind="reifen",
    ),
    Person(
        name="Greta Vorlage",
        number="+496990009144",
        dials="+496990009210",
        voice="greta-vorlage",
        kind="erstgespraech",
    ),
    Person(
        name="Paul Modell",
        number="+493023125166",
        dials="+493023125505",
        voice="paul-modell",
        kind="krankengymnastik",
    ),
)


class Callers:
    """All callers at one engine. Main thread.

    `answered` and `ended` are told with the person's call. Whom the desk calls, answers.
    """

    def __init__(self, post: Post, later: Later) -> None:
        settings = EngineSettings(bind=LOOPBACK, audio=AudioMode.NULL)
        self._phone = new_phone(post, settings)
        self._later = later
        self._line = Line(
            id=uuid4(),
            key="callers",
            name="",
            registrar=LOOPBACK,
            user="caller",
            register=False,
        )
        self._ready: Callable[[], object] | None = None
        self._calls: dict[UUID, Person] = {}
        self.answered: Callable[[UUID, Person], object] = lambda call_id, person: None
        self.ended: Callable[[UUID, Person], object] = lambda call_id, person: None

    @property
    def place(self) -> str:
        """Where the desk can call them: `host:port`, once they are ready."""
        return f"{LOOPBACK}:{self._phone.sip_port}"

    @property
    def calling(self) -> tuple[Person, ...]:
        """Who is at the telephone, ringing or speaking."""
        return tuple(self._calls.values())

    def start(self, ready: Callable[[], object]) -> None:
        """Bring the engine up; `ready` is called once."""
        self._ready = ready
        self._phone.start(self._heard)
        self._phone.register(self._line, None)

    def call(self, person: Person, port: int) -> UUID:
        """Let somebody dial the desk, whose phone listens on loopback at `port`."""
        call_id = uuid4()
        self._calls[call_id] = person
        name = f'"{person.name}" ' if person.name else ""
        self._phone.dial(
            call_id,
            self._line.id,
            f"sip:{person.dials}@{LOOPBACK}:{port}",
            asserted=f"{name}<sip:{person.number}@{LOOPBACK}>",
            diversion=f"<sip:{person.forwarded_by}@{LOOPBACK}>" if person.forwarded_by else "",
        )
        return call_id

    def hang_up(self, call_id: UUID) -> None:
        """The person has heard enough."""
        if call_id in self._calls:
            self._phone.hang_up(call_id)

    def stop(self) -> None:
        """Everybody hangs up."""
        self._phone.stop()

    def _heard(self, event: PhoneEvent) -> None:
        match event:
            case LineChanged(state=LineState.READY):
                ready, self._ready = self._ready, None
                if ready is not None:
                    ready()
            case PhoneAnswered(call_id=call_id) if call_id in self._calls:
                person = self._calls[call_id]
                self._later(_SPEAKS_AFTER_S, lambda: self._speak(call_id))
                self.answered(call_id, person)
            case PhoneIncoming(call_id=call_id):
                self._later(_ANSWERS_AFTER_S, lambda: self._phone.answer(call_id))
            case PhoneEnded(call_id=call_id) if call_id in self._calls:
                self.ended(call_id, self._calls.pop(call_id))
            case EngineChanged(state=EngineState.LOST):
                self._calls.clear()
            case _:
                pass

    def _speak(self, call_id: UUID) -> None:
        person = self._calls.get(call_id)
        if person is not None:
            self._phone.service.play(call_id, resources("sounds", "callers", f"{person.voice}.wav"))

"""The desk: puts its parts together and is what faces talk to."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from receptionist.clock import Clock
from receptionist.desk.adopting import Adopting
from receptionist.desk.agent import Agent
from receptionist.desk.agreements import Agreements
from receptionist.desk.booking import Booking
from receptionist.desk.calendars import OwnerCalendars
from receptionist.desk.calls import Calls
from receptionist.desk.carriers import Carriers
from receptionist.desk.changing import Changing
from receptionist.desk.conference import Conference
from receptionist.desk.courses import Courses
from receptionist.desk.directory import DirectoryBook
from receptionist.desk.editing import Editing
from receptionist.desk.errands import Errands
from receptionist.desk.exporting import Exporting
from receptionist.desk.finding import Finding
from receptionist.desk.forwarding import Forwarding
from receptionist.desk.ground import Ground
from receptionist.desk.health import Accounts
from receptionist.desk.jotter import FILE, Jotter
from receptionist.desk.journal import Journal
from receptionist.desk.letters import Letters
from receptionist.desk.lines import Lines
from receptionist.desk.listeners import Listeners
from receptionist.desk.lookout import Lookout
from receptionist.desk.memory import Memory
from receptionist.desk.messages import Messages
from receptionist.desk.outbox import Outbox
from receptionist.desk.outcome import Outcomes
from receptionist.desk.owing import Owing
from receptionist.desk.parking import Parking
from receptionist.desk.passwords import Passwords
from receptionist.desk.people import People
from receptionist.desk.push import Push
from receptionist.desk.quality import Qualities
from receptionist.desk.recordings import Recordings
from receptionist.desk.redial import Redial
from receptionist.desk.refresh import Refresh
from receptionist.desk.reminders import HoldReminders
from receptionist.desk.routes import Routes
from receptionist.desk.scripts import Scripts
from receptionist.desk.scriptversions import ScriptVersions
from receptionist.desk.seals import Seals
from receptionist.desk.services import Services
from receptionist.desk.sound_check import SoundCheck
from receptionist.desk.sounds import Sounds
from receptionist.desk.switchboard import Switchboard
from receptionist.desk.tasks import OwnerTasks
from receptionist.desk.tongues import Tongues
from receptionist.desk.traces import Traces
from receptionist.desk.transfers import Transfers
from receptionist.desk.unattended import Unattended
from receptionist.desk.voices import Voices
from receptionist.desk.worklist import WorkList
from receptionist.events import (
    CallIncoming,
    DeskEvent,
    DirectoryChanged,
)
from receptionist.model.agent import WRAP_UP_S
from receptionist.model.letter import MailServer
from receptionist.model.office import Directory
from receptionist.model.secret import RELAY_SECRET, Secret
from receptionist.model.voice import VoiceKind
from receptionist.ports import Calendars, Credentials, Mail, Phone, Store
from receptionist.threads import Lanes, Later, Post, assert_main

log = logging.getLogger(__name__)


class Desk:
    """Directory, switchboard, journal, booking, calendars and passwords of one workstation.

    Main thread. Nothing happens before `start`; after `stop` it is not used again.
    """

    def __init__(
        self,
        *,
        phone: Phone,
        calendars: Calendars,
        credentials: Credentials,
        mail: Mail,
        open_store: Callable[[], Store],
        post: Post,
        later: Later,
        clock: Clock,
        chance: random.Random | None = None,
        wrap_up_s: int = WRAP_UP_S,
        mail_server: MailServer | None = None,
        relayed: bool = False,
        data: Path | None = None,
    ) -> None:
        """`relayed` says that there is a TURN server. Sounds and recordings lie in `data`."""
        self._phone, self._calendars_started = phone, False
        self.directory, self.passwords = DirectoryBook(clock), Passwords(credentials, post)
        memory, lanes = Memory(open_store, post), Lanes("calendar", post, threads=16)
        ground = Ground(memory, self.directory, Listeners(), lanes, clock, later, post)
        chance = chance or random.Random()
        self._ground = ground
        self.jotter = Jotter(data / FILE if data else None, post, clock)
        self._calls = Calls(ground, self.jotter)
        self._set_up_work(ground, wrap_up_s)
        self._set_up_scripts(ground)
        self.switchboard = Switchboard(ground, phone, self._calls, self.journal, self.owing)
        self._set_up_calls(ground, phone)
        self._set_up_voices(ground, phone, data)
        heard = self.switchboard.heard
        self._adopting = Adopting(ground, self._calls, self.owing, heard, phone.service)
        self._lines = Lines(self.directory, phone, self.passwords, heard, relayed=relayed)
        self._set_up_calendars(ground, calendars, Accounts(chance))
        self.letters = Letters(ground, calendars, mail, self.passwords, chance)
        self.letters.server = mail_server
        self._join()

    def _set_up_work(self, ground: Ground, wrap_up_s: int) -> None:
        """What was done and is to be done, and who does it."""
        self.journal = Journal(ground, self._calls)
        self.work = WorkList(ground, self._calls)
        self.owing = Owing(ground, self._calls, self.work)
        self.finding = Finding(ground, self._calls)
        self.agent = Agent(ground, self._calls, wrap_up_s)
        self.errands = Errands(ground, self._calls, self.agent)

    def _set_up_calendars(self, ground: Ground, calendars: Calendars, accounts: Accounts) -> None:
        """Owners' calendars: reading, booking, what is on its way, editing."""
        self._refresh = Refresh(ground, calendars, self.passwords)
        push, outcomes = Push(ground, self._refresh), Outcomes(ground, self.owing)
        self.outbox = Outbox(ground, push, self._refresh, accounts, outcomes)
        self.calendars = OwnerCalendars(ground, self._refresh, accounts, outcomes)
        self.booking = Booking(ground, self._calls, self.outbox)
        self.changing = Changing(ground, self.booking, self.outbox)
        self.editing = Editing(ground, self._calls, self.passwords, calendars, self._use)
        self.exporting = Exporting(ground, calendars)
        self.tasks = OwnerTasks(ground, self._refresh, accounts, self.work)

    def _set_up_scripts(self, ground: Ground) -> None:
        """What is said, asked and done for clients, and who their people are."""
        self.people = People(ground, self._use)
        self.scripts = Scripts(ground, self.people)
        self.services = Services(ground, self.scripts)
        self.script_versions = ScriptVersions(ground, self.scripts)
        self.courses = Courses(ground, self._calls, self.scripts)
        self.tongues = Tongues(ground, self._calls, self.scripts, self.people.notebooks)
        self.lookout = Lookout(ground, self.work, self.scripts)
        self.owing.about = self.courses.title

    def _set_up_calls(self, ground: Ground, phone: Phone) -> None:
        """What can be done with calls beside answering and dialling."""
        calls, board = self._calls, self.switchboard
        self.transfers = Transfers(ground, phone, calls, board)
        self.parking = Parking(ground, calls, board, self.transfers)
        parts = (self.courses, self.people, self.transfers)
        self.carriers = Carriers(ground, board, *parts)
        self.conference = Conference(ground, phone, calls, board, self.transfers)
        self.redial = Redial(ground, self.journal, board)
        self.reminders = HoldReminders(ground, calls)
        self.traces = Traces(ground, phone, board)
        self.sound_check = SoundCheck(phone.service, board)
        self.forwarding = Forwarding(ground, phone, board, self.owing)

    def _set_up_voices(self, ground: Ground, phone: Phone, data: Path | None) -> None:
        """Sounds, the ways out, who is not answered, what is recorded, and how it sounds."""
        calls, board, service = self._calls, self.switchboard, phone.service
        places = {kind: data / "voices" / kind for kind in VoiceKind} if data else {}
        callers = self.people.notebooks
        self.sounds = Sounds(ground, service, data / "sounds" if data else None, callers)
        board.focus.music_of = self.sounds.music_of
        self.routes = Routes(ground, lambda: board.line_states)
        board.dialling.ways_to = self.routes.ways_for
        self._qualities = Qualities(ground, calls, board)
        seals = Seals(self.passwords)
        messages, recordings = places.get(VoiceKind.MESSAGE), places.get(VoiceKind.RECORDING)
        self.unattended = Unattended(
            ground, calls, service, self.agent, self.sounds, seals, messages
        )
        self.unattended.follow(board)
        self._messages = Messages(ground, calls, self.owing, board)
        self.recordings = Recordings(ground, calls, service, seals, board, recordings)
        self.conference.recorded = self.recordings.recording
        self.voices = Voices(ground, seals, places)

    def subscribe(self, listener: Callable[[DeskEvent], None]) -> Callable[[], None]:
        """Call `listener` with every event on the main thread; the result takes it off again."""
        return self._ground.listeners.add(listener)

    def open(self, ready: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Open the store and read the directory, without phone or calendars."""
        assert_main()

        def read(store: Store) -> Directory:
            self.jotter.open()
            return store.directory()

        def use(directory: Directory) -> None:
            self._use(directory)
            self._calls.recover()
            ready()

        self._ground.memory.submit(read, then=use, failed=failed)

    def start(self, ready: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Open the store, then bring up phone, calendars and outbox; `ready` once it is usable."""

        def go() -> None:
            self.agent.start()
            self.errands.open()
            self.start_phone()
            self.start_calendars()
            self.lookout.start()
            ready()

        self.open(go, failed)

    def start_phone(self) -> None:
        """Bring the engine up and register every line."""
        self._phone.start(self._adopting.heard)
        self._lines.start()
        self.unattended.start()
        self.voices.start()

    def start_calendars(self) -> None:
        """Refresh the calendars and push what waits, now and from now on."""
        self._calendars_started = True
        self.booking.holds.start()
        self.calendars.start()
        self.outbox.start()
        self.letters.start()
        self.tasks.start()

    def import_directory(
        self,
        directory: Directory,
        then: Callable[[], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Bring what an office file says into the store and use it."""
        self.import_from(lambda _known: directory, then, failed)

    def import_from(
        self,
        read: Callable[[Directory], Directory],
        then: Callable[[], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """The same with what `read` makes of the present directory, which may take its time."""
        who, at = self.directory.receptionist.id, self._ground.clock.now()
        known = self.directory.current

        def use(stored: Directory) -> None:
            self._use(stored)
            then()

        self._ground.memory.submit(
            lambda store: store.save_directory(read(known), who, at), then=use, failed=failed
        )

    def stop(self) -> None:
        """Write what is typed, hang up, and end every worker."""
        self._end(self._phone.stop, self.switchboard.close)

    def leave(self) -> None:
        """The same without hanging up: the next start takes over the calls there are."""
        self._end(self._phone.leave, self._calls.flush)

    @property
    def took_over(self) -> bool:
        """Whether calls go on that were there before this start."""
        return any(self._adopting.took_over(call.id) for call in self.switchboard.calls)

    def _end(self, phone: Callable[[], None], calls: Callable[[], None]) -> None:
        assert_main()
        self.errands.close()
        self.agent.close()
        self.lookout.close()
        self.calendars.close()
        self.outbox.close()
        self.letters.close()
        self.tasks.close()
        self.unattended.close()
        self.voices.close()
        phone()
        calls()
        self.booking.holds.close()
        self._ground.lanes.close()
        self._ground.memory.close()
        self.jotter.close()
        self.passwords.close()

    def _join(self) -> None:
        """Let the parts hear of each other."""
        self.outbox.on_answer(self.calendars.answered)
        self.passwords.on_kept(self._password_kept)
        agreements = Agreements(self._ground, self.scripts, self.errands, self.work)
        self.editing.in_use = agreements.in_use
        self._ground.listeners.add(self._on_event)

    def _use(self, directory: Directory, kept: UUID | None = None) -> None:
        """Work with `directory` from now on; the password of line or account `kept` is coming."""
        before = self.directory.replace(directory)
        self.scripts.use(directory)
        self._ground.listeners.tell(DirectoryChanged())
        if before is not None:
            self._lines.follow(before.lines, kept)
            self._follow_calendars(before, kept)

    def _follow_calendars(self, before: Directory, kept: UUID | None) -> None:
        """Log in anew to accounts that changed; read what lies elsewhere or in another zone now."""
        changed = {one.id for one in self.directory.accounts if one not in before.accounts}
        for account_id in changed:
            self._refresh.forget(account_id)
        zones = {one.id: one.zone for one in before.clients}
        zoned = {one.id for one in self.directory.clients if zones.get(one.id) != one.zone}
        known = set(before.calendars)
        for calendar in self.directory.calendars:
            there = calendar in known and calendar.client_id not in zoned
            moved = not there or calendar.account_id in changed
            if moved and calendar.account_id != kept and self._calendars_started:
                self.calendars.refresh(calendar.client_id, insist=True)

    def _password_kept(self, secret_id: UUID, secret: Secret) -> None:
        if self.directory.line(secret_id) is not None:
            self._lines.register_with(secret_id, secret)
        elif secret_id == RELAY_SECRET:
            self._lines.relay_with(secret)
        else:
            self._refresh.forget(secret_id)
            for calendar in self.directory.calendars:
                if calendar.account_id == secret_id:
                    self.calendars.refresh(calendar.client_id, insist=True)
            self.outbox.release(secret_id)

    def _on_event(self, event: DeskEvent) -> None:
        if isinstance(event, CallIncoming) and event.client is not None:
            self.calendars.refresh(event.client.id)

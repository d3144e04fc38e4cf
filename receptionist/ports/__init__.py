"""The five narrow ports of the desk: phone, calendar, store, credentials, mail.

`Phone` answers at once and reports by events on the main thread. The others wait, and are
called on workers only. Adapters translate foreign exceptions into `receptionist.errors`.
"""

from __future__ import annotations

from receptionist.ports.book import BookStore, LetterStore, TaskStore
from receptionist.ports.calendars import Calendar, Calendars
from receptionist.ports.contacts import PeopleStore
from receptionist.ports.directory import AgentStore, EditingStore, FindingStore
from receptionist.ports.people import Credentials, Mail
from receptionist.ports.phone import Phone, PhoneService
from receptionist.ports.scripts import ScriptStore
from receptionist.ports.store import Store
from receptionist.ports.voices import VoiceStore
from receptionist.ports.work import WorkStore

__all__ = [
    "AgentStore",
    "BookStore",
    "Calendar",
    "Calendars",
    "Credentials",
    "EditingStore",
    "FindingStore",
    "LetterStore",
    "Mail",
    "PeopleStore",
    "Phone",
    "PhoneService",
    "ScriptStore",
    "Store",
    "TaskStore",
    "VoiceStore",
    "WorkStore",
]

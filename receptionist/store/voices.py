"""Messages, recordings and consents: every change is in the change log."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.quality import Quality
from receptionist.model.voice import Consent, Voice, VoiceKind
from receptionist.store import calls, tables
from receptionist.store.engine import Database
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Row, value_of, values_of

_voice, _consent = tables.voice, tables.consent


class SqlVoices:
    """The port `VoiceStore`, which says what each method does. Store worker."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def consent(self, consent: Consent, who: UUID) -> None:
        with self._database.writing() as connection:
            Ledger(connection, who, consent.at).insert(_consent, values_of(consent, _consent))

    def consents(self, call_id: UUID) -> tuple[Consent, ...]:
        of_call = select(_consent).where(_consent.c.call_id == call_id)
        with self._database.reading() as connection:
            rows = connection.execute(of_call.order_by(_consent.c.at, _consent.c.id)).mappings()
            return tuple(value_of(Consent, row) for row in rows)

    def begin(self, voice: Voice, who: UUID | None) -> bool:
        with self._database.writing() as connection:
            known = select(_voice.c.id).where(_voice.c.id == voice.id)
            if connection.execute(known).first() is not None:
                return False
            Ledger(connection, who, voice.at).insert(_voice, values_of(voice, _voice))
            return True

    def complete(self, voice_id: UUID, seconds: int, at: datetime) -> Voice:
        return self._change(voice_id, None, at, seconds=seconds)

    def get(self, voice_id: UUID) -> Voice | None:
        return next(iter(self._read(select(_voice).where(_voice.c.id == voice_id))), None)

    def kept(self, kind: VoiceKind, limit: int = 500) -> tuple[Voice, ...]:
        query = select(_voice).where(_voice.c.kind == kind, _voice.c.deleted.is_(None))
        return self._read(query.order_by(_voice.c.at.desc(), _voice.c.id).limit(limit))

    def of_call(self, call_id: UUID) -> tuple[Voice, ...]:
        query = select(_voice).where(_voice.c.call_id == call_id)
        return self._read(query.order_by(_voice.c.at, _voice.c.id))

    def hear(self, voice_id: UUID, who: UUID, at: datetime) -> Voice:
        return self._change(voice_id, who, at, heard=at, heard_by=who)

    def export(self, voice_id: UUID, who: UUID, at: datetime) -> None:
        with self._database.writing() as connection:
            row = _row(connection, voice_id)
            Ledger(connection, who, at).note(_voice, row, "exported")

    def expired(self, at: datetime) -> tuple[Voice, ...]:
        query = select(_voice).where(_voice.c.deleted.is_(None), _voice.c.expires <= at)
        return self._read(query.order_by(_voice.c.expires, _voice.c.id))

    def delete(self, voice_id: UUID, who: UUID | None, at: datetime) -> None:
        self._change(voice_id, who, at, deleted=at)

    def sounded(self, call_id: UUID, last: Quality, worst: Quality) -> None:
        with self._database.writing() as connection:
            calls.sounded(connection, call_id, last, worst)

    def _read(self, query: Select[Any]) -> tuple[Voice, ...]:
        with self._database.reading() as connection:
            return tuple(value_of(Voice, row) for row in connection.execute(query).mappings())

    def _change(self, voice_id: UUID, who: UUID | None, at: datetime, **values: Any) -> Voice:
        with self._database.writing() as connection:
            row = _row(connection, voice_id)
            Ledger(connection, who, at).update(_voice, row, values)
            return value_of(Voice, {**row, **values})


def _row(connection: Connection, voice_id: UUID) -> Row:
    row = connection.execute(select(_voice).where(_voice.c.id == voice_id)).mappings().first()
    if row is None:
        raise NotFound(_("There is no such message or recording."))
    return row

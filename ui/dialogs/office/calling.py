"""How a client's calls ring and sound, as whom we call for him, and whether they are recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from receptionist.desk.sounds import Sounds
from receptionist.i18n import _, ngettext
from receptionist.model import callchecks, checks
from receptionist.model.client import Client
from receptionist.model.number import normalised, shown
from ui.dialogs.office.section import Section
from ui.dialogs.office.soundchoice import SoundChoice
from ui.widgets.field import Field
from ui.widgets.inputs import Count, Line


class CallingSection(Section):
    """Number, ring tone and music. Main thread."""

    names = ("shown_as", "ring_tone", "hold_music")

    def __init__(self, old: Client, sounds: Sounds, region: str) -> None:
        self._sounds, self._region = sounds, region
        super().__init__(_("Calls and sounds"), old)

    def make(self) -> Sequence[Field]:
        example = _("for example {number}").format(number="030 23125101")
        self._number = Line(shown(self.old.shown_as), 60, example)
        silence = ((callchecks.SILENCE, _("none: it does not ring")),)
        self._tone = SoundChoice(
            self._sounds, self.old.ring_tone, _("the usual ring tone"), silence
        )
        self._music = SoundChoice(self._sounds, self.old.hold_music, _("the music that ships"))
        self._number.textChanged.connect(self.changed)
        for choice in (self._tone, self._music):
            choice.changed.connect(self.changed)
        return (
            Field(
                "shown_as",
                _("Number shown"),
                self._number,
                _("Whom we call for this client sees it, if the line allows it."),
            ),
            Field("ring_tone", _("Ring tone"), self._tone.choice, shown=self._tone),
            Field("hold_music", _("Music on hold"), self._music.choice, shown=self._music),
        )

    def put_into(self, client: Client) -> Client:
        return replace(
            client,
            shown_as=normalised(self._number.text(), self._region),
            ring_tone=self._tone.name,
            hold_music=self._music.name,
        )

    def raw(self) -> object:
        return self._number.text()

    def faults(self) -> Mapping[str, str]:
        text = self._number.text().strip()
        wrong = checks.dialled_fault(text, self._region) if text else ""
        return {"shown_as": wrong} if wrong else {}

    def summary(self, client: Client) -> str:
        parts = []
        if client.shown_as:
            parts.append(_("calls show {number}").format(number=shown(client.shown_as)))
        if client.ring_tone:
            silent = client.ring_tone == callchecks.SILENCE
            parts.append(_("does not ring") if silent else _("a ring tone of its own"))
        if client.hold_music:
            parts.append(_("music of its own"))
        return " · ".join(parts) or _("as usual")


class RecordingSection(Section):
    """Whether calls may be recorded, and how long voices are kept. Main thread."""

    names = ("records", "keep_days")

    def __init__(self, old: Client) -> None:
        super().__init__(_("Recordings and messages"), old)

    def make(self) -> Sequence[Field]:
        self._records = QCheckBox(_("Calls may be recorded, each with the caller's consent"))
        self._records.setChecked(self.old.records)
        self._days = Count(self.old.keep_days, "", _("{count} days"), callchecks.KEEP_MAX_DAYS)
        self._days.setMinimum(1)
        self._records.toggled.connect(self.changed)
        self._days.valueChanged.connect(self.changed)
        return (
            Field(
                "records",
                _("Recording"),
                self._records,
                _("Recording without everybody's consent is a crime in Germany (§ 201 StGB)."),
            ),
            Field(
                "keep_days",
                _("Kept for"),
                self._days,
                _("Recordings and callers' messages lie encrypted and are deleted then."),
            ),
        )

    def put_into(self, client: Client) -> Client:
        return replace(client, records=self._records.isChecked(), keep_days=self._days.value())

    def summary(self, client: Client) -> str:
        kept = ngettext("kept for {count} day", "kept for {count} days", client.keep_days)
        allowed = _("calls may be recorded") if client.records else _("calls are not recorded")
        return f"{allowed} · {kept.format(count=client.keep_days)}"

"""How long the owner is on his way to callers: as a rule, and by the beginning of postcodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from receptionist.i18n import _, ngettext
from receptionist.model.client import Client, TravelZone
from ui.dialogs.office.rows import EditorRow, RowsEditor
from ui.dialogs.office.section import Section
from ui.widgets.card import row
from ui.widgets.field import Field
from ui.widgets.inputs import Line, Minutes
from ui.widgets.label import Label

_LONGEST_MIN = 600
_POSTCODE_WIDTH = 110


class _ZoneRow(EditorRow):
    """One zone."""

    def __init__(self, zone: TravelZone) -> None:
        super().__init__()
        self.postcode = Line(zone.postcode, 5, _("e.g. {postcode}").format(postcode="101"))
        self.postcode.setAccessibleName(_("Beginning of the postcode"))
        self.postcode.setFixedWidth(_POSTCODE_WIDTH)
        self._minutes = Minutes(zone.minutes, 0, _LONGEST_MIN)
        self._minutes.setAccessibleName(_("Minutes one way"))
        line = row()
        line.addWidget(Label(_("Postcode begins with"), "label"))
        line.addWidget(self.postcode)
        line.addWidget(self._minutes)
        line.addWidget(self.removal(_("Remove this zone")))
        line.addStretch(1)
        self.setLayout(line)
        self.postcode.textChanged.connect(self.changed)
        self._minutes.valueChanged.connect(self.changed)

    @property
    def zone(self) -> TravelZone:
        """The zone as it stands here."""
        return TravelZone(postcode=self.postcode.text().strip(), minutes=self._minutes.value())

    @property
    def first(self) -> QWidget:
        return self.postcode

    @property
    def lacking(self) -> bool:
        return not self.zone.postcode.isdigit()


class ZonesEditor(RowsEditor[_ZoneRow]):
    """Every zone. Main thread."""

    def __init__(self, zones: tuple[TravelZone, ...], usual: Minutes) -> None:
        super().__init__(_("Add a postcode zone"))
        self._usual = usual
        self.start([_ZoneRow(zone) for zone in zones])

    @property
    def zones(self) -> tuple[TravelZone, ...]:
        """The zones as they stand here."""
        return tuple(one.zone for one in self.rows)

    def new_row(self) -> _ZoneRow:
        return _ZoneRow(TravelZone(postcode="", minutes=self._usual.value()))


class TravelSection(Section):
    """Main thread."""

    names = ("travel_min", "travel_zones")

    def __init__(self, old: Client) -> None:
        super().__init__(_("Travel to callers"), old)

    def make(self) -> Sequence[Field]:
        self._usual = Minutes(self.old.travel_min, 0, _LONGEST_MIN)
        self._zones = ZonesEditor(self.old.travel_zones, self._usual)
        self._usual.valueChanged.connect(self.changed)
        self._zones.changed.connect(self.changed)
        return (
            Field(
                "travel_min",
                _("One way, as a rule"),
                self._usual,
                _("Reserved before and after every appointment at the caller's."),
            ),
            Field(
                "travel_zones",
                _("By postcode"),
                self._zones,
                _(
                    "The longest beginning that fits the caller's postcode counts. Ask the owner"
                    " for these times: none come with the program."
                ),
            ),
        )

    def put_into(self, client: Client) -> Client:
        return replace(client, travel_min=self._usual.value(), travel_zones=self._zones.zones)

    def go_into(self, field: str) -> bool:
        if field == "travel_zones":
            self._zones.go()
        return field == "travel_zones"

    def summary(self, client: Client) -> str:
        if not any(kind.at_caller for kind in client.kinds):
            return _("not needed: no kind takes place at the caller's")
        parts = [_("{minutes} min one way").format(minutes=client.travel_min)]
        if client.travel_zones:
            count = len(client.travel_zones)
            words = ngettext("{count} postcode zone", "{count} postcode zones", count)
            parts.append(words.format(count=count))
        return " · ".join(parts)

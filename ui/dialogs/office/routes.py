"""What calls cost, line by line: the cheapest way out is taken from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from PySide6.QtWidgets import QWidget

from receptionist.i18n import _
from receptionist.model.office import Line as SipLine
from receptionist.model.route import Route
from ui.dialogs.office.rows import EditorRow, RowsEditor
from ui.models.unattended import price_shown, price_typed
from ui.models.words import one_line
from ui.widgets.card import row
from ui.widgets.inputs import Choice, Line
from ui.widgets.label import Label

_PREFIX_WIDTH, _PRICE_WIDTH = 120, 64
_PRICE, _FLAT, _ON_NET = "price", "flat", "on-net"


class _RouteRow(EditorRow):
    """One rule: numbers that begin so cost that over this line."""

    movable = True

    def __init__(self, route: Route, lines: Sequence[SipLine]) -> None:
        super().__init__()
        self._route = route
        self.prefix = Line(route.prefix, 16, _("all numbers"))
        self.prefix.setAccessibleName(_("Beginning of the number"))
        self.prefix.setFixedWidth(_PREFIX_WIDTH)
        named = [(line.id, one_line(line.name, 40)) for line in lines]
        self._line = Choice(named, route.line_id)
        self._line.setAccessibleName(_("Line"))
        manner = _ON_NET if route.on_net else _FLAT if route.flat else _PRICE
        self._manner = Choice(
            [
                (_PRICE, _("costs")),
                (_FLAT, _("is in a flat rate")),
                (_ON_NET, _("is free, the same network")),
            ],
            manner,
        )
        self._manner.setAccessibleName(_("What it costs"))
        self._price = Line(price_shown(route), 10)
        self._price.setAccessibleName(_("Cents a minute"))
        self._price.setFixedWidth(_PRICE_WIDTH)
        self._unit = Label(_("ct/min"), "label")
        line = row()
        line.addWidget(self.prefix)
        line.addWidget(self._line, 3)
        line.addWidget(self._manner, 3)
        line.addWidget(self._price)
        line.addWidget(self._unit)
        line.addWidget(self.removal(_("Remove this rule")))
        self.setLayout(line)
        self.prefix.textChanged.connect(self.changed)
        self._price.textChanged.connect(self.changed)
        self._line.currentIndexChanged.connect(self.changed)
        self._manner.currentIndexChanged.connect(self._chosen)
        self._follow()

    @property
    def route(self) -> Route:
        """The rule as it stands here; what is no price costs nothing."""
        line_id, manner = self._line.value, self._manner.value
        return replace(
            self._route,
            prefix="".join(self.prefix.text().split()),
            line_id=line_id if isinstance(line_id, UUID) else self._route.line_id,
            cents=price_typed(self._price.text()) or Decimal(0),
            flat=manner == _FLAT,
            on_net=manner == _ON_NET,
        )

    @property
    def raw(self) -> object:
        """What stands here."""
        return self.route, self._price.text()

    @property
    def fault(self) -> str:
        """What is wrong."""
        number = self.route.prefix
        if number and not number.removeprefix("+").isdigit():
            return _("A number begins with its country, such as +4917, or is a special number.")
        if self._manner.value == _PRICE and price_typed(self._price.text()) is None:
            return _("Write the price of a minute in cents, for example 2.9.")
        return ""

    @property
    def first(self) -> QWidget:
        return self.prefix

    @property
    def lacking(self) -> bool:
        return bool(self.fault)

    def _chosen(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        for widget in (self._price, self._unit):
            widget.setVisible(self._manner.value == _PRICE)


class RoutesEditor(RowsEditor[_RouteRow]):
    """Every rule. Main thread. Without a line there is nothing to add."""

    def __init__(self, routes: tuple[Route, ...], lines: Sequence[SipLine]) -> None:
        super().__init__(_("Add a price"))
        self._lines = lines
        self.add_button.setEnabled(bool(lines))
        self.start([_RouteRow(route, lines) for route in routes])

    @property
    def routes(self) -> tuple[Route, ...]:
        """The rules as they stand here."""
        return tuple(one.route for one in self.rows)

    @property
    def raw(self) -> object:
        """What stands in every row."""
        return tuple(one.raw for one in self.rows)

    @property
    def fault(self) -> str:
        """The first sentence about what is wrong."""
        return next((one.fault for one in self.rows if one.fault), "")

    def new_row(self) -> _RouteRow:
        return _RouteRow(Route(prefix="", line_id=self._lines[0].id), self._lines)

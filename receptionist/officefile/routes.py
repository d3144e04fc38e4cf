"""What calls cost over which line: the tables `[[office.route]]` and `[[client.route]]`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from receptionist.i18n import _
from receptionist.model import callchecks
from receptionist.model.checks import brief, did_you_mean
from receptionist.model.route import Route
from receptionist.tomlfile.table import Table

CURRENCY = "EUR"


def routes(tables: Iterable[Table], lines: Mapping[str, UUID]) -> tuple[Route, ...]:
    """One a table, in their order; `lines` are those that can be named, by their keys."""
    found: dict[tuple[str, UUID], Route] = {}
    for table in tables:
        route = _route(table, lines)
        if route is None:
            continue
        if (route.prefix, route.line_id) in found:
            table.fault("prefix", _("This prefix stands here twice for the same line."))
        found[route.prefix, route.line_id] = route
    return tuple(found.values())


def _route(table: Table, lines: Mapping[str, UUID]) -> Route | None:
    key = table.text("line", required=True)
    if key and key not in lines:
        message = _("There is no [[line]] with the key “{key}”.")
        table.fault("line", message.format(key=brief(key)) + did_you_mean(key, lines))
    prefix = table.text("prefix").replace(" ", "")
    if wrong := callchecks.prefix_fault(prefix):
        table.fault("prefix", wrong)
    currency = table.text("currency", CURRENCY)
    if wrong := callchecks.currency_fault(currency):
        table.fault("currency", wrong)
    cents = table.decimal("cents")
    if wrong := callchecks.cents_fault(cents):
        table.fault("cents", wrong)
    flat, on_net = table.flag("flat", False), table.flag("on_net", False)
    if table.raw("cents") is None and not (flat or on_net):
        table.fault("cents", _("Say what a minute costs: “cents”, “flat” or “on_net”."))
    table.close()
    if key not in lines:
        return None
    return Route(
        prefix=prefix,
        line_id=lines[key],
        cents=cents,
        currency=currency,
        flat=flat,
        on_net=on_net,
    )


def price(cents: Decimal) -> str:
    """A price as it is written in the file."""
    return f"{cents:f}"

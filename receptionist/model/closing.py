"""When a client is closed: public holidays of where he is, and the days he says himself. Pure."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from receptionist.i18n import _, language
from receptionist.model.client import Client, HoursException

log = logging.getLogger(__name__)
_LANGUAGES = {"de": ("de", "de_AT", "de_CH"), "en": ("en_US", "en_GB", "en")}


def exceptions_on(client: Client, day: date) -> tuple[HoursException, ...]:
    """What the client says of a local day."""
    return tuple(one for one in client.exceptions if one.first <= day <= one.last)


def has_hours(exception: HoursException) -> bool:
    """Whether something is bookable then, at other hours than usual."""
    return exception.start is not None and exception.end is not None


def closed_on(client: Client, day: date) -> str:
    """Why nothing is bookable on a local day, "" if something may be.

    Hours that the client names for a day count more than that it is closed, or a holiday.
    """
    said = exceptions_on(client, day)
    if any(map(has_hours, said)):
        return ""
    if said:
        return said[0].name or _("closed")
    return holiday(client.holidays, day)


def holiday(place: str, day: date) -> str:
    """The name of the public holiday that a place (`DE-BY`, `AT`) keeps on this day, or ""."""
    return _holidays(place, day.year, language()).get(day, "") if place else ""


@lru_cache(maxsize=1)
def places() -> tuple[str, ...]:
    """Every place whose public holidays are known: `AT`, `AT-1`, …, `DE`, `DE-BB`, …"""
    import holidays  # takes a third of a second, and not every office needs it

    known = holidays.list_supported_countries(include_aliases=False)
    return tuple(
        sorted(
            place
            for country, parts in known.items()
            for place in (country, *(f"{country}-{part}" for part in parts))
        )
    )


def is_place(place: str) -> bool:
    """Whether public holidays are known there."""
    return place in places()


@lru_cache(maxsize=256)
def _holidays(place: str, year: int, spoken: str) -> Mapping[date, str]:
    import holidays  # as above

    country, _dash, part = place.partition("-")
    try:
        known = holidays.list_localized_countries().get(country, [])
        fitting = next((one for one in _LANGUAGES[spoken] if one in known), None)
        return dict(
            holidays.country_holidays(
                country, subdiv=part or None, years=year, language=fitting
            ).items()
        )
    except NotImplementedError:
        log.warning("no public holidays are known of %s", place)
        return {}

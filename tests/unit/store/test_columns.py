"""Instants are exact, text is what every database can store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from receptionist.reasons import Reason
from receptionist.store.columns import Instant, Plain, Word

DIALECT = sqlite.dialect()
zones = st.sampled_from([UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")])


@given(st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=zones))
def test_an_instant_survives_to_the_microsecond(at: datetime) -> None:
    kept = Instant().process_bind_param(at, DIALECT)
    back = Instant().process_result_value(kept, DIALECT)
    assert back is not None
    assert back - at.astimezone(UTC) == timedelta(0)
    assert back.tzinfo is UTC


def test_instants_sort_and_naive_ones_are_refused() -> None:
    early = Instant().process_bind_param(datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC), DIALECT)
    assert early == -1_000_000
    with pytest.raises(TypeError):
        Instant().process_bind_param(datetime(2027, 1, 1), DIALECT)


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_can_be_stored(text: str) -> None:
    kept = Plain().process_bind_param(text, DIALECT)
    assert kept is not None
    assert "\0" not in kept.encode().decode()
    assert Plain().process_bind_param(kept, DIALECT) == kept


def test_harmless_text_is_untouched() -> None:
    text = "Zoë Müller-Ærø\n„Küche“ 🪣 \u05d0"
    assert Plain().process_bind_param(text, DIALECT) == text


def test_a_word_is_one_of_its_list() -> None:
    word = Word(Reason)
    assert word.process_bind_param(Reason.SERVER_BUSY, DIALECT) == "server-busy"
    assert word.process_result_value("server-busy", DIALECT) is Reason.SERVER_BUSY
    with pytest.raises(ValueError, match="nonsense"):
        word.process_result_value("nonsense", DIALECT)

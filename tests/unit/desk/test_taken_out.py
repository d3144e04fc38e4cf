"""Clients that were taken out: nobody new gets what was theirs."""

from __future__ import annotations

from receptionist.model.client import Client
from receptionist.model.editing import Part
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_editing import ask, new_client


def test_who_comes_new_is_nobody_who_was_taken_out(bench: Bench) -> None:
    gone = ask(bench, "save_client", None, new_client(key="", name="Иванов"), ())
    assert isinstance(gone, Client)
    removed: list[bool] = []
    bench.desk.editing.remove(Part.CLIENT, gone.id, lambda: removed.append(True), bench.fail)
    bench.pump.until(lambda: removed)
    new = ask(bench, "save_client", None, new_client(key="", name="Петров"), ())
    assert isinstance(new, Client)
    assert new.id != gone.id
    assert bench.desk.editing.found_new_key("Иванов") == gone.key, "he may come back himself"

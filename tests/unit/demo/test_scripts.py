"""Two of the demonstration's clients have scripts, and who writes over one keeps his own."""

from __future__ import annotations

from dataclasses import replace

from receptionist.demo.office import sample_office
from receptionist.model.script import ClientScript
from receptionist.scriptfile import Surroundings, parse


def test_two_clients_have_scripts_that_are_right() -> None:
    office = sample_office()
    named = {one.id: one for one in office.clients}
    scripted = {named[one.client_id].key: one for one in office.scripts}
    assert set(scripted) == {"haustechnik", "tierarzt"}
    for one in scripted.values():
        assert parse(one.text, Surroundings.of(named[one.client_id], office)).reasons


def test_a_script_that_was_written_over_stays() -> None:
    first = sample_office()
    own = tuple(ClientScript(client_id=one.client_id, text="x") for one in first.scripts[:1])
    again = sample_office(replace(first, scripts=own))
    assert [one.client_id for one in again.scripts] == [first.scripts[1].client_id]

"""What is agreed to be done for a client, as an office file says it; faults name their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from receptionist.errors import WrongFile
from receptionist.model.service import Service, ServiceKind
from receptionist.officefile import load, parse, write
from receptionist.paths import resources

SMALL = (Path(__file__).parents[1] / "data" / "small-office.toml").read_text("utf-8")
AGREED = """
[[client.service]]
kind = "calls"

[[client.service]]
kind = "documents"
title = "Arztbriefe schreiben"

[[client.service]]
kind = "own"
title = "Rezepte vorbereiten"
"""


def test_what_it_means() -> None:
    directory = parse(SMALL + AGREED)
    assert directory.clients[0].services == (
        Service(kind=ServiceKind.CALLS),
        Service(kind=ServiceKind.DOCUMENTS, title="Arztbriefe schreiben"),
        Service(kind=ServiceKind.OWN, title="Rezepte vorbereiten"),
    )
    assert parse(write(directory)).clients == directory.clients


def test_without_a_list_nothing_is_written_of_it() -> None:
    directory = parse(SMALL)
    assert directory.clients[0].services == ()
    assert "client.service" not in write(directory)


def test_the_example_explains_it() -> None:
    (client,) = load(resources("templates", "office.toml")).clients
    kinds = [one.kind for one in client.services]
    assert kinds[:2] == [ServiceKind.CALLS, ServiceKind.APPOINTMENTS]
    text = resources("templates", "office.toml").read_text("utf-8")
    assert all(kind in text for kind in ServiceKind)


@pytest.mark.parametrize(
    ("rows", "key", "sentence"),
    [
        ('kind = "own"', "service[1].title", "may not be empty"),
        ('kind = "own"\ntitle = " "', "service[1].title", "may not be empty"),
        ('kind = "post"', "service[1].kind", "calls, appointments"),
        ('title = "x"', "service[1]", "“kind” is missing"),
        ('kind = "mail"\nname = "x"', "service[1].name", "not known here"),
        ('kind = "mail"\n[[client.service]]\nkind = "mail"', "service[2].title", "twice"),
        (
            'kind = "own"\ntitle = "Rezepte"\n[[client.service]]\nkind = "own"\ntitle = "REZEPTE "',
            "service[2].title",
            "twice",
        ),
    ],
)
def test_a_fault_names_its_place(rows: str, key: str, sentence: str) -> None:
    with pytest.raises(WrongFile) as caught:
        parse(f"{SMALL}\n[[client.service]]\n{rows}")
    (fault,) = caught.value.faults
    assert fault.key.endswith(key)
    assert sentence in str(fault)

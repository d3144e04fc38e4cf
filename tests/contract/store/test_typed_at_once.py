"""What two workstations type into the same errand at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from receptionist.model.office import Directory
from receptionist.ports import Store
from tests.contract.store.sample import NOW, WHO
from tests.contract.store.test_services import errand, kept


@pytest.mark.parametrize(
    ("seen", "theirs", "ours", "both"),
    [
        ("K", "Kunde ruft an", "Kopie schicken", "Kunde ruft an\nKopie schicken"),
        ("Adressen", "Adressen\nbis Freitag", "12 Adressen", "12 Adressen\nbis Freitag"),
        ("b", "ab\nb\nbc", "B", "ab\nB\nbc"),
        ("", "Kunde ruft an", "Kopie", "Kunde ruft an\nKopie"),
    ],
)
def test_what_two_typed_at_once_is_both_there(
    store: Store, directory: Directory, seen: str, theirs: str, ours: str, both: str
) -> None:
    one = kept(store, errand(directory, text=seen))
    kept(store, replace(one, text=theirs))
    store.services.record(replace(one, text=ours), WHO, NOW, one)
    (found,) = store.services.open_errands()
    assert found.text == both

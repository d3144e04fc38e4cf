"""Files of contacts: read and written beside the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from receptionist import contactfile, files
from receptionist.desk.contacts import Contacts, Failed
from receptionist.desk.ground import Ground
from receptionist.model.contactpreview import ReadContact

_LANE = "contact files"


class ContactFiles:
    """Main thread; `failed` gets a `BadInput` that says what is wrong with the file."""

    def __init__(self, ground: Ground, contacts: Contacts) -> None:
        self._ground, self._contacts = ground, contacts

    def read(
        self, path: Path, then: Callable[[tuple[ReadContact, ...]], object], failed: Failed
    ) -> None:
        """The contacts of a file to `then`, for `Contacts.preview`."""
        region = self._ground.directory.office.region

        def load() -> tuple[ReadContact, ...]:
            return contactfile.read(contactfile.content(path), region)

        self._ground.lanes.submit(_LANE, load, then=then, failed=failed)

    def write(
        self, client_id: UUID, path: Path, then: Callable[[int], object], failed: Failed
    ) -> None:
        """Write all contacts of a client: a table (.csv) or vCards, as the file is called.

        `then` gets how many there are.
        """
        every = self._contacts.of(client_id)

        def save() -> int:
            files.write(path, contactfile.written(every, path.name))
            return len(every)

        self._ground.lanes.submit(_LANE, save, then=then, failed=failed)

"""People of clients at the desk: contacts, who is on call, what is known, who calls."""

from __future__ import annotations

from collections.abc import Callable

from receptionist.desk.contactfiles import ContactFiles
from receptionist.desk.contacts import Contacts
from receptionist.desk.ground import Ground
from receptionist.desk.notebooks import Notebooks
from receptionist.desk.rotas import Rotas
from receptionist.model.office import Directory


class People:
    """The parts of the desk that know people, each on its own. Main thread.

    They read what they need by themselves when the directory is there, and after each change.
    """

    def __init__(self, ground: Ground, use: Callable[[Directory], object]) -> None:
        """`use` takes a stored directory over."""
        self.contacts = Contacts(ground, use)
        self.files = ContactFiles(ground, self.contacts)
        self.rotas = Rotas(ground, self.contacts, use)
        self.notebooks = Notebooks(ground)

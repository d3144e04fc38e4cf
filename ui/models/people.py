"""A client's people as editors list them: contacts, who is on call, what is known, who calls."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4, uuid5

from receptionist.desk.desk import Desk
from receptionist.i18n import _, ngettext
from receptionist.model.callers import CallerCard, KnownCaller
from receptionist.model.contact import Contact
from receptionist.model.knowledge import Knowledge, KnowledgeKind
from receptionist.model.number import shown
from receptionist.model.rota import OnCallRota, Shift
from ui.models.office import Entry, Group
from ui.models.words import one_line


def overview_id(client_id: UUID) -> UUID:
    """The id under which editors keep the overview of a client's people."""
    return uuid5(client_id, Group.OVERVIEW.value)


def import_id(client_id: UUID) -> UUID:
    """The id under which editors keep a file of contacts that is looked through."""
    return uuid5(client_id, "import")


def people_entries(desk: Desk, client_id: UUID) -> list[Entry]:
    """All people of a client, group by group."""
    return [
        Entry(group=Group.OVERVIEW, id=overview_id(client_id), name=_("How everybody is reached")),
        *_contacts(desk, client_id),
        *(
            Entry(group=Group.ROTAS, id=one.id, name=one_line(one.name))
            for one in desk.people.rotas.of(client_id)
        ),
        *(
            Entry(group=Group.KNOWLEDGE, id=one.id, name=one_line(one.title))
            for one in desk.people.notebooks.known(client_id)
        ),
        *(
            Entry(group=Group.CALLERS, id=one.caller.id, name=caller_title(one))
            for one in desk.people.notebooks.cards(client_id)
        ),
    ]


def _contacts(desk: Desk, client_id: UUID) -> Iterator[Entry]:
    for one in desk.people.contacts.of(client_id):
        role = f" – {one_line(one.role, 40)}" if one.role else ""
        yield Entry(group=Group.CONTACTS, id=one.id, name=one_line(one.name) + role)


def caller_title(card: CallerCard) -> str:
    """Somebody who calls, as he is listed: by name, else by number."""
    name = one_line(card.name) or ", ".join(map(shown, card.numbers[:1]))
    marks = [_("VIP")] * card.vip + [_("blocked")] * card.blocked
    return " – ".join([name, *marks])


def people_summary(desk: Desk, client_id: UUID) -> str:
    """How many of each there are, in one line; what there is none of is left out."""
    people = desk.people
    contacts, rotas = len(people.contacts.of(client_id)), len(people.rotas.of(client_id))
    entries = len(people.notebooks.known(client_id))
    callers = len(people.notebooks.cards(client_id))
    parts = (
        (contacts, ngettext("{count} contact", "{count} contacts", contacts)),
        (rotas, ngettext("{count} on-call rota", "{count} on-call rotas", rotas)),
        (entries, ngettext("{count} entry of knowledge", "{count} entries of knowledge", entries)),
        (callers, ngettext("{count} known caller", "{count} known callers", callers)),
    )
    there = [words.format(count=count) for count, words in parts if count]
    return " · ".join(there) or _(
        "Nothing is kept yet: whom to reach, who is on call, what callers ask."
    )


def knowledge_kinds() -> list[tuple[object, str]]:
    """What kinds of knowledge there are."""
    return [
        (KnowledgeKind.QUESTION, _("Question and answer")),
        (KnowledgeKind.DIRECTIONS, _("How to get there")),
        (KnowledgeKind.PERSON, _("Somebody, and what he is there for")),
    ]


def new_contact(client_id: UUID) -> Contact:
    """A contact to whom only a name is lacking."""
    return Contact(id=uuid4(), client_id=client_id, key="", name="")


def new_rota(client_id: UUID) -> OnCallRota:
    """A rota with one shift, every day round the clock, in which nobody stands yet."""
    name = _("On call")
    return OnCallRota(id=uuid4(), client_id=client_id, key="", name=name, shifts=(Shift(),))


def new_knowledge(client_id: UUID) -> Knowledge:
    """A question without an answer."""
    return Knowledge(id=uuid4(), client_id=client_id, title="")


def new_caller(client_id: UUID) -> KnownCaller:
    """A caller of whom nothing is known."""
    return KnownCaller(id=uuid4(), client_id=client_id)

"""What was agreed with an owner: services, words of his calendar, his ways to callers."""

from __future__ import annotations

from collections.abc import Iterable

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.checks import DAY_MIN, brief
from receptionist.model.client import Cancellation, OwnerRule, OwnerWord, TravelZone
from receptionist.model.service import Service, ServiceKind
from receptionist.model.servicechecks import service_fault
from receptionist.model.steering import folded
from receptionist.tomlfile.fields import checked, in_line
from receptionist.tomlfile.table import Table

RULES = {rule.value.replace("-", "_"): rule for rule in OwnerRule}
"""The keys of `[client.words]`."""


def words(table: Table) -> tuple[OwnerWord, ...]:
    """The table `[client.words]`: to each rule its words, and to each word one rule."""
    found: dict[str, OwnerWord] = {}
    for key, rule in RULES.items():
        for index, word in table.texts(key):
            wrong = checks.word_fault(word)
            if not wrong and folded(word) in found:
                message = _("The word “{word}” stands here twice. Delete it in one of the lists.")
                wrong = message.format(word=brief(word))
            if wrong:
                table.fault(key, wrong, index)
            else:
                found[folded(word)] = OwnerWord(word=word, rule=rule)
    table.close()
    return tuple(found.values())


def travel_zones(tables: Iterable[Table]) -> tuple[TravelZone, ...]:
    """The tables `[[client.travel]]`: minutes one way by how the caller's postcode begins."""
    found: dict[str, Table] = {}
    zones = []
    for table in tables:
        postcode = checked(table, "postcode", "", checks.postcode_fault, required=True)
        minutes = table.number("minutes", 0, 0, DAY_MIN, required=True)
        table.close()
        if postcode in found:
            message = _("“{postcode}” stands here already{line}. Delete one of them.")
            line = in_line(found[postcode])
            table.fault("postcode", message.format(postcode=postcode, line=line))
        elif postcode:
            found[postcode] = table
            zones.append(TravelZone(postcode=postcode, minutes=minutes))
    return tuple(zones)


def services(tables: Iterable[Table]) -> tuple[Service, ...]:
    """The tables `[[client.service]]`: what is done for him, a usual one or with a title."""
    found: list[Service] = []
    for table in tables:
        word = table.choice("kind", tuple(ServiceKind), ServiceKind.OWN, required=True)
        service = Service(kind=ServiceKind(word), title=table.text("title"))
        if wrong := service_fault(service, found) if table.raw("kind") == word else "":
            table.fault("title", wrong)
        table.close()
        found.append(service)
    return tuple(found)


def cancellation(table: Table) -> Cancellation:
    """The choice `cancellation`."""
    return Cancellation(table.choice("cancellation", tuple(Cancellation), Cancellation.DELETE))

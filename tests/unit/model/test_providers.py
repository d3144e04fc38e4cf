"""Well-known calendar providers."""

from __future__ import annotations

import pytest

from receptionist.model.checks import url_fault
from receptionist.model.providers import OWN_SERVERS, PROVIDERS, Login, provider_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("erika@icloud.com", "iCloud"),
        (" Erika.Muster@GMX.de ", "GMX"),
        ("web.de", "WEB.DE"),
        ("https://caldav.fastmail.com/dav/", "Fastmail"),
        ("https://p42-caldav.icloud.com:443/1/calendars/", "iCloud"),
        ("erika@posteo.de", "Posteo"),
        ("https://posteo.de:8443/", "Posteo"),
        ("erika@mailbox.org", "mailbox.org"),
        ("https://apidata.googleusercontent.com/caldav/v2/", "Google"),
        ("erika@googlemail.com", "Google"),
        ("https://outlook.office365.com/CalDAV", "Microsoft"),
    ],
)
def test_a_provider_is_known_by_address_or_server(text: str, name: str) -> None:
    found = provider_of(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text", ["", "erika", "erika@example.org", "https://[", "nicht-gmx.de", "gmx.de.example.org"]
)
def test_others_are_not(text: str) -> None:
    assert provider_of(text) is None


def test_every_provider_can_be_entered_or_says_what_to_do() -> None:
    for one in PROVIDERS:
        assert one.name in one.advice
        assert bool(one.url) is (one.login is not Login.NONE)
        if one.url:
            assert url_fault(one.url) == ""
            assert provider_of(one.url) is one


def test_the_patterns_of_own_servers_are_addresses() -> None:
    assert all(url_fault(url) == "" for _, url in OWN_SERVERS)

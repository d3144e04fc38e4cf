"""Finding calendars: the same on every server, and what only a real one can show."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from receptionist.errors import CalendarGone, CalendarUnreachable
from receptionist.reasons import Reason
from tests.doubles.recording_proxy import Fault, RecordingProxy

from .conftest import AT_THE_ROOT, Side


def test_calendars_have_names_and_rights(side: Side) -> None:
    found = {one.href: one for one in side.connect().discover()}
    assert found[side.calendar].name == "Praxis Dr. Muster"
    assert found[side.calendar].writable
    assert found[side.read_only].writable is not side.tells_rights


def test_names_and_addresses_with_everything_in_them(side: Side) -> None:
    calendar = f"{side.home}b%C3%BCro%20@1%2b2/".replace("%2b", "+")
    side.owner.make_calendar(calendar, "Büro, groß")
    try:
        found = {one.name: one for one in side.connect().discover()}
        assert found["Büro, groß"].href == calendar
    finally:
        side.owner.delete(calendar)


@pytest.mark.parametrize(
    "address", ["{side.url}", "{side.url}.well-known/caldav", "{side.principal}", "{side.home}"]
)
def test_every_usual_address_leads_to_the_calendars(real: Side, address: str) -> None:
    found = real.connect(url=address.format(side=real)).discover()
    assert real.calendar in {one.href for one in found}


def test_the_address_of_one_calendar_means_that_one(real: Side) -> None:
    found = real.connect(url=real.calendar).discover()
    assert [one.href for one in found] == [real.calendar]


def test_an_address_without_calendars_is_told(proxied: Side, proxy: RecordingProxy) -> None:
    proxy.break_next(Fault(method="PROPFIND", status=404, times=9))
    with pytest.raises(CalendarGone):
        proxied.connect().discover()


def test_log_in_is_never_anonymous(proxied: Side, proxy: RecordingProxy) -> None:
    proxied.connect().discover()
    assert proxy.seen
    assert all("authorization" in seen.headers for seen in proxy.seen)


def test_the_well_known_redirect_is_followed_on_the_same_server(
    proxied: Side, proxy: RecordingProxy
) -> None:
    target = {"Location": urlsplit(proxied.principal).path}
    proxy.break_next(Fault(path="/.well-known/caldav", status=301, headers=target))
    found = proxied.connect().discover()
    assert proxied.calendar in {one.href for one in found}


def test_credentials_never_follow_to_another_server(proxied: Side, proxy: RecordingProxy) -> None:
    with RecordingProxy(f"http://{proxy.upstream[0]}:{proxy.upstream[1]}/") as stranger:
        for target in (stranger.url, "https://calendar.invalid/", "http://localhost:1/"):
            away = Fault(method="PROPFIND", status=302, headers={"Location": target}, times=2)
            proxy.break_next(away)
            with pytest.raises(CalendarUnreachable) as caught:
                proxied.connect().discover()
            assert caught.value.reason is Reason.SERVER_CONFUSED
        assert stranger.seen == []


@pytest.mark.parametrize("real", AT_THE_ROOT, indirect=True)
def test_a_strange_well_known_address_does_not_hide_the_real_one(
    proxied: Side, proxy: RecordingProxy
) -> None:
    away = {"Location": "https://www.example/"}
    proxy.break_next(Fault(path="/.well-known/caldav", status=301, headers=away))
    assert proxied.calendar in {one.href for one in proxied.connect().discover()}


def test_homes_in_more_than_one_place(proxied: Side, proxy: RecordingProxy) -> None:
    other = proxied.read_only.rpartition("/nur")[0] + "/"
    body = (
        '<?xml version="1.0"?><multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
        "<response><href>/</href><propstat><prop><C:calendar-home-set>"
        f"<href>{proxied.calendar}</href><href>{other}</href>"
        "</C:calendar-home-set></prop><status>HTTP/1.1 200 OK</status></propstat></response>"
        "</multistatus>"
    )
    xml = {"Content-Type": "application/xml"}
    fault = Fault(method="PROPFIND", status=207, headers=xml, body=body.encode())
    proxy.break_next(fault)
    found = [one.name for one in proxied.connect().discover()]
    assert {"Praxis Dr. Muster", "Nur lesen"} <= set(found)

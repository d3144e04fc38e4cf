"""What a server's answer means."""

from __future__ import annotations

import pytest

from receptionist.calendars.answers import Answer, absolute, failure, multistatus, preconditions
from receptionist.errors import (
    CalendarForbidden,
    CalendarGone,
    CalendarUnreachable,
    ObjectRejected,
    PreconditionFailed,
)
from receptionist.reasons import Reason

HERE = "https://calendar.example/erika/praxis/"


def answer(body: str, status: int = 207) -> Answer:
    return Answer(status, HERE, {}, body.encode())


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/erika/praxis/a.ics", f"{HERE}a.ics"),
        ("a.ics", f"{HERE}a.ics"),
        ("https://calendar.example/erika/praxis/a.ics", f"{HERE}a.ics"),
        ("http://inside.invalid:8080/erika/praxis/a.ics", f"{HERE}a.ics"),
        ("/erika@example.org/b/", "https://calendar.example/erika@example.org/b/"),
        ("/erika%40example.org/b/", "https://calendar.example/erika@example.org/b/"),
        ("/b%c3%bcro%20a/", "https://calendar.example/b%C3%BCro%20a/"),
        ("/büro a/", "https://calendar.example/b%C3%BCro%20a/"),
        ("/a%2Fb/c", "https://calendar.example/a%2Fb/c"),
        ("/a%25b/c", "https://calendar.example/a%25b/c"),
        ("", HERE),
    ],
)
def test_one_resource_has_one_address(href: str, expected: str) -> None:
    assert absolute(HERE, href) == expected
    assert absolute(HERE, expected) == expected


def test_a_multistatus_is_taken_apart() -> None:
    found = multistatus(
        answer(
            '<d:multistatus xmlns:d="DAV:"><d:response><d:href>/erika/praxis/a.ics</d:href>'
            '<d:propstat><d:prop><d:getetag>"1"</d:getetag></d:prop>'
            "<d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
            "<d:propstat><d:prop><d:displayname/></d:prop>"
            "<d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>"
            "<d:response><d:href>/erika/praxis/b.ics</d:href>"
            "<d:status>HTTP/1.1 404 Not Found</d:status></d:response>"
            "<d:sync-token> http://t/2 </d:sync-token></d:multistatus>"
        )
    )
    first, second = found.entries
    assert (first.href, first.status, first.text("{DAV:}getetag")) == (f"{HERE}a.ics", 0, '"1"')
    assert "{DAV:}displayname" not in first.properties
    assert (second.href, second.status) == (f"{HERE}b.ics", 404)
    assert (found.token, found.truncated) == ("http://t/2", False)


def test_a_cut_listing_says_so() -> None:
    found = multistatus(
        answer(
            '<multistatus xmlns="DAV:"><response><href>/erika/praxis/</href>'
            "<status>HTTP/1.1 507 Insufficient Storage</status></response>"
            "<sync-token>http://t/2</sync-token></multistatus>"
        )
    )
    assert found.truncated


@pytest.mark.parametrize("href", ["/erika/praxis/", "http://inside.invalid/erika/praxis"])
@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_calendar_that_is_gone_is_no_empty_one(href: str, status: str) -> None:
    absent = f"<href>{href}</href><status>HTTP/1.1 {status}</status>"
    body = f'<multistatus xmlns="DAV:"><response>{absent}</response></multistatus>'
    with pytest.raises(CalendarGone):
        multistatus(answer(body))


@pytest.mark.parametrize("status", [403, 409, 412])
def test_an_appointment_of_this_name_elsewhere_is_no_failed_condition(status: int) -> None:
    body = (
        '<error xmlns="DAV:"><C:no-uid-conflict xmlns:C="urn:ietf:params:xml:ns:caldav"/></error>'
    )
    assert type(failure(answer(body, status))) is ObjectRejected
    assert type(failure(answer("", 412))) is PreconditionFailed


@pytest.mark.parametrize(("body", "page"), [(b"", False), (b"<html>Willkommen</html>", True)])
def test_an_empty_answer_is_no_page(body: bytes, page: bool) -> None:
    headers = {"content-type": "text/html; charset=UTF-8"}
    assert Answer(201, HERE, headers, body).html is page


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<multistatus xmlns="DAV:">&b;</multistatus>'
)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 207),
        ("<html/>", 207),
        ("{}", 207),
        ("<multistatus xmlns='DAV:'>", 207),
        ('<multistatus xmlns="DAV:"/>', 200),
        ('<?xml version="1.0" encoding="no-such"?><multistatus xmlns="DAV:"/>', 207),
        (BOMB, 207),
    ],
)
def test_what_is_no_multistatus(body: str, status: int) -> None:
    with pytest.raises(CalendarUnreachable) as caught:
        multistatus(answer(body, status))
    assert caught.value.reason is Reason.SERVER_CONFUSED


@pytest.mark.parametrize("body", ["", "Access denied", "<html/>", "<error/>", BOMB])
def test_a_refusal_without_reasons(body: str) -> None:
    assert preconditions(answer(body, 403)) == ()
    assert type(failure(answer(body, 403))) is CalendarForbidden


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("120", 120), ("-5", 0), ("1e9", 86_400), ("", None), ("never", None),
     ("Fri, 31 Dec 1999 23:59:59 GMT", 0), ("nan", None),
     ("Fri, 31 Dec 1999 23:59:59 +99999999999999", None)],
)  # fmt: skip
def test_when_to_come_back(text: str, seconds: float | None) -> None:
    error = failure(Answer(503, HERE, {"retry-after": text}))
    assert error.retry_after_s == seconds


def test_a_weak_etag_is_made_strong() -> None:
    assert Answer(200, HERE, {"etag": 'W/"1"'}).etag == '"1"'

"""The report as a page: well-formed, in both languages, and nothing of a caller is markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from uuid import UUID

import pytest

from receptionist import i18n
from receptionist.model.call import Cause
from receptionist.model.handled import Handled, HandledKind, Missed
from receptionist.model.period import Period
from receptionist.model.report import Report, drawn_up
from receptionist.model.service import USUAL, Service, ServiceKind
from receptionist.reportpage import Letterhead, busiest_words, length_words, missed_words, page

CLIENT = UUID(int=1)
MONDAY = datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
MARCH = Period(datetime(2027, 2, 28, 23, tzinfo=UTC), datetime(2027, 3, 31, 22, tzinfo=UTC))
HEAD = Letterhead(
    client="Praxis <Muster> & Söhne",
    office="Büro am Park",
    at=datetime(2027, 4, 1, 6, 15, tzinfo=UTC),
)


class Checked(HTMLParser):
    """Notes whether every tag is closed in its order, and the texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


def handled(kind: HandledKind, hours: float = 0, **more: object) -> Handled:
    fields = {"service": ServiceKind.CALLS, "id": UUID(int=9), "client_id": CLIENT} | more
    return Handled(kind=kind, at=MONDAY + timedelta(hours=hours), **fields)  # type: ignore[arg-type]


def missed(**more: object) -> Missed:
    fields = {"call_id": UUID(int=3), "client_id": CLIENT, "at": MONDAY} | more
    return Missed(**fields)  # type: ignore[arg-type]


@pytest.fixture
def report() -> Report:
    record = [
        handled(HandledKind.CALL, title="Rezept", talk_s=65.0, wrap_s=25.0),
        handled(HandledKind.CALL, title="Rezept", talk_s=30.0, hours=1),
        handled(HandledKind.CALL, title="<b>Termin</b>", talk_s=10.0, hours=26),
        handled(HandledKind.APPOINTMENT, title="Kontrolle"),
        handled(
            HandledKind.ERRAND, service=ServiceKind.RESEARCH, worked_s=3900.0, hours=5, title=""
        ),
    ]
    lost = [
        missed(number="+491713920011", name="Max <Beispiel>", cause=Cause.DECLINED),
        missed(left_message=True, called_back=MONDAY + timedelta(minutes=14)),
    ]
    return drawn_up(CLIENT, MARCH, "Europe/Berlin", record, lost)


def test_it_is_well_formed_and_says_everything(report: Report) -> None:
    read = Checked(page(report, HEAD))
    assert read.open == []
    assert "b" in read.tags  # of the sums alone
    texts = " ".join(read.texts)
    for words in (
        "Praxis <Muster> & Söhne",
        "Monday, 1 March 2027 – Wednesday, 31 March 2027",
        "Calls answered",
        "<b>Termin</b>",
        "Research",
        "1 h 05 min",
        "Monday, 9–10",
        "60 %",
        "of the callers answered",
        "+49 171 3920011",
        "Max <Beispiel>",
        "was declined",
        "left a message",
        "Mon 01/03/2027, 09:44",
        "Büro am Park · drawn up Thu 01/04/2027, 08:15",
        "Busiest: Monday, 9–10.",
        "Most often: Rezept, 2 times.",
        "Most of the time: Research, 1 h 05 min.",
        "Called back: 1 of 2. Usually 14 min 00 s later.",
        "everything else when it was done",
        "No list is agreed",
    ):
        assert words in texts, words


def test_it_speaks_german(report: Report) -> None:
    with i18n.speaking("de"):
        text = page(report, HEAD)
    assert '<html lang="de">' in text
    assert "Montag, 1. März 2027 – Mittwoch, 31. März 2027" in text
    assert "Mo 01.03.2027, 09:44" in text
    for words in ("Calls answered", "How often", "was declined", "Tasks", "median"):
        assert words not in text.replace("Median", ""), words


def test_calls_without_a_reason_are_told_beside_those_with_one(report: Report) -> None:
    plain = [handled(HandledKind.CALL, talk_s=8.0), handled(HandledKind.CALL, title="Rezept")]
    made = drawn_up(CLIENT, MARCH, "Europe/Berlin", plain, [])
    assert ">others</th>" in page(made, HEAD)
    assert ">others</th>" not in page(report, HEAD)
    alone = drawn_up(CLIENT, MARCH, "Europe/Berlin", plain[:1], [])
    assert ">others</th>" not in page(alone, HEAD)


def test_what_is_agreed_stands_beside_what_could_be(report: Report) -> None:
    calls, own = Service(kind=ServiceKind.CALLS), Service(kind=ServiceKind.OWN, title="<Rezepte>")
    text = page(report, replace(HEAD, agreed=(calls, own)))
    assert "<p>Answering calls, &lt;Rezepte&gt;</p>" in text
    assert "Not agreed: Appointments, Call-backs" in text
    everything = page(report, replace(HEAD, agreed=USUAL))
    assert "Not agreed" not in everything


def test_little_has_nothing_that_stands_out() -> None:
    one = drawn_up(CLIENT, MARCH, "Europe/Berlin", [handled(HandledKind.CALL)], [missed()])
    text = page(one, HEAD)
    assert "Busiest" not in text
    assert '<p class="told">Called back: 0 of 1.</p>' in text


def test_what_comes_often_has_hours_of_its_own() -> None:
    often = [handled(HandledKind.CALL, title="Rezept", hours=n) for n in range(10)]
    seldom = [handled(HandledKind.CALL, title="Termin"), handled(HandledKind.CALL_MADE)]
    text = page(drawn_up(CLIENT, MARCH, "Europe/Berlin", often + seldom, []), HEAD)
    assert "<h3>Calls answered: Rezept</h3>" in text
    assert "<h3>Calls answered: Termin</h3>" not in text


def test_a_weekend_stands_there_only_when_something_came() -> None:
    def days(*hours: float) -> str:
        found = [handled(HandledKind.CALL, hours=one) for one in hours]
        return page(drawn_up(CLIENT, MARCH, "Europe/Berlin", found, []), HEAD)

    assert "Friday" in days(0)
    assert "Saturday" not in days(0)
    assert "Sunday" in days(0, 6 * 24)


def test_where_nothing_was_there_is_a_page_too() -> None:
    empty = drawn_up(CLIENT, Period(MARCH.start, MARCH.start + timedelta(days=1)), "UTC", [], [])
    read = Checked(page(empty, HEAD))
    assert read.open == []
    assert {"Nothing was handled in this time.", "Nobody."} <= set(read.texts)


def test_the_most_is_the_darkest(report: Report) -> None:
    text = page(report, HEAD)
    assert '<td class="s5">2</td>' in text
    assert '<td class="s3">1</td>' in text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "–"),
        (0, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (270, "4 min 30 s"),
        (3599.7, "1 h 00 min"),
        (3900, "1 h 05 min"),
        (7199, "2 h 00 min"),
        (360_000, "100 h 00 min"),
    ],
)
def test_lengths_read_at_a_glance(seconds: float | None, words: str) -> None:
    assert length_words(seconds) == words


def test_every_end_of_a_call_has_words() -> None:
    for cause in Cause:
        assert missed_words(cause, False, "")
    assert missed_words(Cause.MISSED, False, "+491713920002") == (
        "was connected with +49 171 3920002"
    )


def test_without_anything_there_is_no_busiest_hour() -> None:
    assert busiest_words(((0,) * 24,) * 7) == "–"

"""A report as a page that the client reads and prints: HTML, complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from statistics import median
from zoneinfo import ZoneInfo

from receptionist.i18n import _, language, ngettext
from receptionist.model.call import Cause
from receptionist.model.client import Client
from receptionist.model.handled import Missed, kind_name
from receptionist.model.number import shown
from receptionist.model.office import Office
from receptionist.model.report import Grid, Report, Tally, busiest
from receptionist.model.service import Service, lacking
from receptionist.model.spoken import weekday_name, written

_SHADES, _WORKDAYS = 5, 5
_OPENS, _CLOSES = 8, 17
"""The hours that are shown at least, so that one sees when nothing came."""
_WORTH_A_GRID, _WORTH_WORDS = 10, 5
"""So often something with a name must come to have hours of its own, anything to stand out."""
_STYLE = """\
body { font: 11pt/1.5 system-ui, sans-serif; color: #1b1f24; margin: 2rem auto; max-width: 54rem;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #dfe3e8; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
.period { font-size: 1.1rem; margin: .2rem 0; }
.quiet { color: #5d6673; font-size: .9rem; margin: .2rem 0; }
table { border-collapse: collapse; width: 100%; }
.sums { margin: 1rem 0; table-layout: fixed; }
.sums td { border: 0; padding: .6rem .9rem; background: #f4f5f7; border-right: .6rem solid #fff; }
.sums td:last-child { border-right: 0; }
.sums b { font-size: 1.6rem; line-height: 1.2; }
.sums .bad { background: #fdecea; } .sums .bad b { color: #b3261e; }
th, td { border-bottom: 1px solid #dfe3e8; text-align: left; vertical-align: top;
  padding: .3rem .6rem .3rem 0; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
th.kind { font-weight: 600; }
th.part { font-weight: 400; padding-left: 1.2rem; }
.number + .mostly { padding-left: 1.2rem; }
.hours + table { margin-top: 1rem; }
.call { white-space: nowrap; }
.hours { table-layout: fixed; }
.hours th, .hours td { padding: .15rem .1rem; text-align: center; font-size: .8rem; border: 0;
  font-weight: 400; font-variant-numeric: tabular-nums; }
.hours th.day { width: 7rem; text-align: left; }
.hours td { border: 1px solid #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.s1 { background: #e8f1fb; } .s2 { background: #c5ddf6; } .s3 { background: #93c0ee; }
.s4 { background: #4c93dd; } .s5 { background: #0b4f9c; color: #fff; }
.sums td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
@media print { body { margin: 0; max-width: none; } h2, h3 { break-after: avoid; }
  tr, .hours, section { break-inside: avoid; } }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """For whom a report is, from which office, and when it was drawn up; `agreed` is what is done
    for him, nothing where there is no list."""

    client: str
    office: str
    at: datetime
    agreed: tuple[Service, ...] = ()


def letterhead(client: Client, office: Office, at: datetime) -> Letterhead:
    """Of a client's report that is drawn up at a moment."""
    return Letterhead(client=client.name, office=office.name, at=at, agreed=client.services)


def page(report: Report, head: Letterhead) -> str:
    """The page, in the language that is spoken."""
    title = title_words(head.client)
    drawn_up = _("drawn up {when}").format(when=_moment(head.at, report.zone))
    about = " · ".join((head.office, drawn_up))
    rows = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="period">{escape(period_words(report))}</p>',
        f'<p class="quiet">{escape(about)}</p>',
        *_sums(report),
        *_stands_out(report),
        *_handled(report),
        *_when(report),
        *_missed(report),
        *_each(report),
        *_agreed(head),
        *_notes(),
    ]
    content = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    body = "\n".join(rows)
    start = f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>{content}</head>'
    return f"{start}\n<body>\n{body}\n</body>\n</html>\n"


def title_words(client: str) -> str:
    """What the report of a client is called."""
    return _("What we did for {client}").format(client=client)


def period_words(report: Report) -> str:
    """From which day to which, both included, on the client's clock."""
    zone = ZoneInfo(report.zone)
    first = report.period.start.astimezone(zone).date()
    last = (report.period.end - timedelta(seconds=1)).astimezone(zone).date()
    days = (written(first, language()), written(last, language()))
    return days[0] if first == last else " – ".join(days)


def length_words(seconds: float | None) -> str:
    """How long, to read at a glance: `42 s`, `4 min 30 s`, `1 h 05 min`; a dash for no time."""
    if seconds is None:
        return "–"
    whole = round(seconds)
    if whole >= 3600:
        minutes = round(whole / 60)
        return f"{minutes // 60} h {minutes % 60:02d} min"
    return f"{whole // 60} min {whole % 60:02d} s" if whole >= 60 else f"{whole} s"


def busiest_words(counted: Grid) -> str:
    """When it comes most often: `Monday, 9–10`."""
    found = busiest(counted)
    if found is None:
        return "–"
    weekday, hour = found
    words = _("{weekday}, {hour}–{next}")
    return words.format(weekday=weekday_name(weekday, language()), hour=hour, next=hour + 1)


def missed_words(cause: Cause, left_message: bool, connected_to: str) -> str:
    """What became of a caller whom nobody answered."""
    if left_message:
        return _("left a message")
    if connected_to:
        return _("was connected with {number}").format(number=shown(connected_to))
    return {
        Cause.DECLINED: _("was declined"),
        Cause.BUSY: _("heard the busy tone"),
        Cause.REFUSED: _("could not be taken"),
        Cause.ENGINE_DIED: _("was cut off"),
        Cause.FAILED: _("was cut off"),
    }.get(cause, _("hung up"))


# ---- the parts of the page


def _sums(report: Report) -> Iterator[str]:
    missed, share = len(report.missed), report.answered_share
    sums = [
        ("", str(report.total.count), _("handled")),
        ("", length_words(report.total.total_s), _("in all")),
    ]
    if share is not None:
        sums.append(("", f"{int(100 * share)} %", _("of the callers answered")))
    bad = "bad" if missed else ""
    sums.append((bad, str(missed), ngettext("caller missed", "callers missed", missed)))
    cells = "".join(
        f'<td class="sum {bad}"><b>{escape(n)}</b><br>{escape(words)}</td>'
        for bad, n, words in sums
    )
    yield f'<table class="sums"><tr>{cells}</tr></table>'


def _stands_out(report: Report) -> Iterator[str]:
    """What an owner would look for, in sentences."""
    told = [*_most(report), *_most_missed(report)]
    if told:
        yield f'<p class="told">{"<br>".join(map(escape, told))}</p>'


def _most(report: Report) -> Iterator[str]:
    if report.total.count < _WORTH_WORDS:
        return
    yield _("Busiest: {when}.").format(when=busiest_words(report.total.grid))
    named = [one for one in report.lines if one.name]
    if not named:
        return
    often = max(named, key=lambda one: one.tally.count)
    words = _("Most often: {name}, {count} times.")
    yield words.format(name=often.name, count=often.tally.count)
    longest = max(named, key=lambda one: one.tally.total_s)
    if longest is not often and longest.tally.measured:
        words = _("Most of the time: {name}, {total}.")
        total = length_words(longest.tally.total_s)
        yield words.format(name=longest.name, total=total)


def _most_missed(report: Report) -> Iterator[str]:
    if not report.missed:
        return
    if len(report.missed) >= _WORTH_WORDS:
        words = _("Most callers missed: {when}.")
        yield words.format(when=busiest_words(report.missed_grid))
    waited = [
        (one.called_back - one.at).total_seconds() for one in report.missed if one.called_back
    ]
    words = _("Called back: {count} of {missed}.")
    told = words.format(count=len(waited), missed=len(report.missed))
    after = _("Usually {length} later.").format(length=length_words(median(waited or [0])))
    yield " ".join((told, after)) if waited else told


def _handled(report: Report) -> Iterator[str]:
    yield _section(_("What came how often, and how long it took"))
    if not report.kinds:
        yield _sentence(_("Nothing was handled in this time."))
        return
    heads = _cells("th", (_("How often"), _("In all"), _("Usually")))
    yield '<table class="rows">'
    mostly = escape(_("Mostly"))
    yield f'<thead><tr><th></th>{heads}<th class="mostly">{mostly}</th></tr></thead>'
    for kind in report.kinds:
        yield _line("kind", kind_name(kind.kind), kind.tally)
        named = report.named(kind.kind)
        yield from (_line("part", one.name, one.tally) for one in named)
        if named:
            yield from (
                _line("part", _("others"), one.tally)
                for one in report.lines
                if one.kind is kind.kind and not one.name
            )
    yield "</table>"


def _line(style: str, name: str, tally: Tally) -> str:
    total = length_words(tally.total_s if tally.measured else None)
    cells = _cells("td", (str(tally.count), total, length_words(tally.median_s)))
    mostly = f'<td class="mostly">{escape(busiest_words(tally.grid))}</td>'
    return f'<tr><th class="{style}">{escape(name)}</th>{cells}{mostly}</tr>'


def _cells(tag: str, texts: Iterable[str]) -> str:
    return "".join(f'<{tag} class="number">{escape(text)}</{tag}>' for text in texts)


def _when(report: Report) -> Iterator[str]:
    if report.kinds:
        yield _together(_section(_("When it came")), _grid(report.total.grid, report))


def _each(report: Report) -> Iterator[str]:
    """The hours of each kind, and of what has a name, that comes often."""
    if len(report.kinds) < 2:
        return
    title = _section(_("When each of it came"))
    for kind in report.kinds:
        for one in (kind, *report.named(kind.kind)):
            alone = one is not kind and one.tally.count == kind.tally.count
            if one.tally.count >= _WORTH_A_GRID and not alone:
                name = f"{kind_name(kind.kind)}: {one.name}" if one.name else kind_name(kind.kind)
                heading = f"<h3>{escape(name)}</h3>"
                yield _together(title, heading, _grid(one.tally.grid, report))
                title = ""


def _missed(report: Report) -> Iterator[str]:
    title = _section(_("Who was missed"))
    if not report.missed:
        yield title
        yield _sentence(_("Nobody."))
        return
    yield _together(title, _grid(report.missed_grid, report))
    heads = (_("When"), _("Number"), _("Name"), _("What happened"), _("Called back"))
    yield '<table class="rows">'
    cells = "".join(f"<th>{escape(one)}</th>" for one in heads)
    yield f"<thead><tr>{cells}</tr></thead>"
    yield from (_missed_row(one, report.zone) for one in report.missed)
    yield "</table>"


def _missed_row(one: Missed, zone: str) -> str:
    number = shown(one.number) or _("anonymous")
    back = "–" if one.called_back is None else _moment(one.called_back, zone)
    what = missed_words(one.cause, one.left_message, one.connected_to)
    told = (
        ("call", _moment(one.at, zone)),
        ("call", number),
        ("", one.name),
        ("", what),
        ("call", back),
    )
    cells = "".join(f'<td class="{style}">{escape(text)}</td>' for style, text in told)
    return f"<tr>{cells}</tr>"


def _moment(at: datetime, zone: str) -> str:
    """A moment in few letters: `Mi 03.03.2027, 10:36`."""
    local, german = at.astimezone(ZoneInfo(zone)), language() == "de"
    weekday = weekday_name(local.weekday(), language())[: 2 if german else 3]
    day = f"{local:%d.%m.%Y}" if german else f"{local:%d/%m/%Y}"
    return f"{weekday} {day}, {local:%H:%M}"


def _agreed(head: Letterhead) -> Iterator[str]:
    """What else could be handed over."""
    yield _section(_("What is agreed"))
    if not head.agreed:
        yield _sentence(_("No list is agreed: we do whatever is asked for."))
        return
    yield _sentence(", ".join(one.name for one in head.agreed))
    others = [one.name for one in lacking(head.agreed)]
    if others:
        words = _("Not agreed: {services}").format(services=", ".join(others))
        yield f'<p class="quiet">{escape(words)}</p>'


def _notes() -> Iterator[str]:
    notes = (
        _("A call counts when it came; everything else when it was done, with all of its time."),
        _("The time of a call is that of the conversation, with waiting, and of its wrap-up."),
        _("Appointments and call-backs are handled in calls and have no time of their own."),
        _("Times of day are those of your own place; “usually” is the median."),
    )
    yield _section(_("How it was counted"))
    yield f'<p class="quiet">{"<br>".join(map(escape, notes))}</p>'


def _grid(counted: Grid, report: Report) -> str:
    """The hours and weekdays on which anything came at all, so that grids can be compared."""
    both = [
        [one + other for one, other in zip(*rows, strict=True)]
        for rows in zip(report.total.grid, report.missed_grid, strict=True)
    ]
    used = [hour for row in both for hour, n in enumerate(row) if n]
    hours = range(min(*used, _OPENS), max(*used, _CLOSES) + 1)
    last = max(weekday for weekday, row in enumerate(both) if any(row))
    most = max(map(max, counted))
    heads = "".join(f"<th>{hour}</th>" for hour in hours)
    rows = [f'<table class="hours"><tr><th class="day"></th>{heads}</tr>']
    for weekday, row in enumerate(counted[: max(_WORKDAYS, last + 1)]):
        cells = "".join(_shaded(row[hour], most) for hour in hours)
        day = escape(weekday_name(weekday, language()))
        rows.append(f'<tr><th class="day">{day}</th>{cells}</tr>')
    return "\n".join((*rows, "</table>"))


def _shaded(count: int, most: int) -> str:
    if not count:
        return "<td></td>"
    return f'<td class="s{-(-_SHADES * count // most)}">{count}</td>'


def _together(*parts: str) -> str:
    """What stays on one page of paper."""
    return f"<section>{''.join(parts)}</section>"


def _sentence(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def _section(title: str) -> str:
    return f"<h2>{escape(title)}</h2>"

"""A report as a page that the client reads and prints: HTML, complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from receptionist.i18n import _, language, ngettext
from receptionist.model.call import Cause
from receptionist.model.handled import Missed, kind_name
from receptionist.model.number import shown
from receptionist.model.report import Grid, Report, Tally, busiest
from receptionist.model.spoken import weekday_name, written

_SHADES, _WORKDAYS = 5, 5
_WORTH_A_GRID = 10
"""So often something with a name must come to have hours of its own."""
_STYLE = """\
body { font: 11pt/1.5 system-ui, sans-serif; color: #1b1f24; margin: 2rem auto; max-width: 54rem;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #dfe3e8; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
.quiet { color: #5d6673; font-size: .9rem; }
.sums { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 1rem 0; padding: 0; }
.sums div { min-width: 8rem; }
.sums b { display: block; font-size: 1.6rem; line-height: 1.2; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #dfe3e8; text-align: left; vertical-align: top;
  padding: .3rem .6rem .3rem 0; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.kind th { font-weight: 600; }
.part th { font-weight: 400; padding-left: 1.2rem; }
.number + .mostly { padding-left: 1.2rem; }
.hours + table { margin-top: 1rem; }
.call td:first-child, .call td:nth-child(2), .call td:last-child { white-space: nowrap; }
.hours { table-layout: fixed; }
.hours th, .hours td { padding: .15rem .1rem; text-align: center; font-size: .8rem; border: 0;
  font-weight: 400; font-variant-numeric: tabular-nums; }
.hours th:first-child { width: 7rem; text-align: left; }
.hours td { border: 1px solid #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.s1 { background: #e8f1fb; } .s2 { background: #c5ddf6; } .s3 { background: #93c0ee; }
.s4 { background: #4c93dd; color: #fff; } .s5 { background: #0b4f9c; color: #fff; }
@media print { body { margin: 0; max-width: none; } h2, h3 { break-after: avoid; }
  tr, .hours { break-inside: avoid; } }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """For whom a report is, and from which office."""

    client: str
    office: str


def page(report: Report, head: Letterhead) -> str:
    """The page, in the language that is spoken."""
    title = _("What we did for {client}").format(client=head.client)
    rows = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="quiet">{escape(head.office)} · {escape(period_words(report))}</p>',
        *_sums(report),
        *_handled(report),
        *_when(report),
        *_missed(report),
        *_each(report),
        *_notes(),
    ]
    content = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    body = "\n".join(rows)
    start = f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>{content}</head>'
    return f"{start}\n<body>\n{body}\n</body>\n</html>\n"


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
        (str(report.total.count), _("handled")),
        (length_words(report.total.total_s), _("in all")),
        (str(missed), ngettext("caller missed", "callers missed", missed)),
    ]
    if share is not None:
        sums.append((f"{int(100 * share)} %", _("of the callers answered")))
    cells = "".join(f"<div><b>{escape(n)}</b>{escape(words)}</div>" for n, words in sums)
    yield f'<div class="sums">{cells}</div>'


def _handled(report: Report) -> Iterator[str]:
    yield _section(_("What came how often, and how long it took"))
    if not report.kinds:
        yield f"<p>{escape(_('Nothing was handled in this time.'))}</p>"
        return
    heads = _cells("th", (_("How often"), _("In all"), _("Usually")))
    yield "<table>"
    yield f'<tr><th></th>{heads}<th class="mostly">{escape(_("Mostly"))}</th></tr>'
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
    return f'<tr class="{style}"><th>{escape(name)}</th>{cells}{mostly}</tr>'


def _cells(tag: str, texts: Iterable[str]) -> str:
    return "".join(f'<{tag} class="number">{escape(text)}</{tag}>' for text in texts)


def _when(report: Report) -> Iterator[str]:
    if report.kinds:
        yield _section(_("When it came"))
        yield _grid(report.total.grid, report)


def _each(report: Report) -> Iterator[str]:
    """Each kind with its own hours, and what of it comes often."""
    if len(report.kinds) < 2:
        return
    yield _section(_("When each of it came"))
    for kind in report.kinds:
        yield f"<h3>{escape(kind_name(kind.kind))}</h3>"
        yield _grid(kind.tally.grid, report)
        for one in report.named(kind.kind):
            if _WORTH_A_GRID <= one.tally.count < kind.tally.count:
                yield f"<h3>{escape(kind_name(kind.kind))}: {escape(one.name)}</h3>"
                yield _grid(one.tally.grid, report)


def _missed(report: Report) -> Iterator[str]:
    yield _section(_("Who was missed"))
    if not report.missed:
        yield f"<p>{escape(_('Nobody.'))}</p>"
        return
    yield _grid(report.missed_grid, report)
    heads = (_("When"), _("Number"), _("Name"), _("What happened"), _("Called back"))
    yield "<table>"
    yield f"<tr>{''.join(f'<th>{escape(one)}</th>' for one in heads)}</tr>"
    yield from (_missed_row(one, report.zone) for one in report.missed)
    yield "</table>"


def _missed_row(one: Missed, zone: str) -> str:
    number = shown(one.number) or _("anonymous")
    back = "–" if one.called_back is None else _moment(one.called_back, zone)
    what = missed_words(one.cause, one.left_message, one.connected_to)
    told = (_moment(one.at, zone), number, one.name, what, back)
    return f'<tr class="call">{"".join(f"<td>{escape(text)}</td>" for text in told)}</tr>'


def _moment(at: datetime, zone: str) -> str:
    """A moment in few letters: `Mi 03.03.2027, 10:36`."""
    local, german = at.astimezone(ZoneInfo(zone)), language() == "de"
    weekday = weekday_name(local.weekday(), language())[: 2 if german else 3]
    day = f"{local:%d.%m.%Y}" if german else f"{local:%d/%m/%Y}"
    return f"{weekday} {day}, {local:%H:%M}"


def _notes() -> Iterator[str]:
    notes = (
        _("The time of a call is that of the conversation, with waiting, and of its wrap-up."),
        _("Appointments and call-backs are handled in calls and have no time of their own."),
        _("Times of day are those of your own place; “usually” is the median."),
    )
    yield f'<p class="quiet">{"<br>".join(map(escape, notes))}</p>'


def _grid(counted: Grid, report: Report) -> str:
    """The hours and weekdays on which anything came at all, so that grids can be compared."""
    both = [
        [one + other for one, other in zip(*rows, strict=True)]
        for rows in zip(report.total.grid, report.missed_grid, strict=True)
    ]
    used = [hour for row in both for hour, n in enumerate(row) if n]
    hours = range(min(used), max(used) + 1)
    last = max(weekday for weekday, row in enumerate(both) if any(row))
    most = max(map(max, counted))
    heads = "".join(f"<th>{hour}</th>" for hour in hours)
    rows = [f'<table class="hours"><tr><th></th>{heads}</tr>']
    for weekday, row in enumerate(counted[: max(_WORKDAYS, last + 1)]):
        cells = "".join(_shaded(row[hour], most) for hour in hours)
        rows.append(f"<tr><th>{escape(weekday_name(weekday, language()))}</th>{cells}</tr>")
    return "\n".join((*rows, "</table>"))


def _shaded(count: int, most: int) -> str:
    if not count:
        return "<td></td>"
    return f'<td class="s{-(-_SHADES * count // most)}">{count}</td>'


def _section(title: str) -> str:
    return f"<h2>{escape(title)}</h2>"

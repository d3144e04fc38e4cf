"""Lines of keys, found again in what `tomllib` has read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.plain import quoted
from receptionist.paths import resources
from receptionist.tomlfile.lines import Path, lines_of

AWKWARD = '''\
# [comment]
format = 1 # = "
"quoted key" . 'lit.eral' = "a # b \\" ]"
text = """
[not a table]
x = "\\""" # still text
""""
literal = \'\'\'
key = 'value' \'\'\'\'
when = 2027-03-01 08:00:00

[ a . b ]   # header
list = [ # comment ]
  "x]", 'y,z',   [1, [2]],
  { inner = "}", deep.er = [ "{" ] }, 1.5e3,
]
empty = []
none = {}
[[c]]
k = 1
[[c]]
[c.d]
e = true
[[c.f]]
[[c.f]]
g = { h = { i = "" } }
'''


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*path, index))


def test_every_key_of_an_awkward_text_has_its_line() -> None:
    lines = lines_of(AWKWARD)
    rows = AWKWARD.split("\n")
    for path in paths(tomllib.loads(AWKWARD)):
        if path == ("a",):
            continue
        words = [part for part in path if isinstance(part, str)]
        row = rows[lines[path] - 1]
        assert words[-1] in row or isinstance(path[-1], int), (path, row)
    assert lines["a", "b", "list", 2, 1, 0] == 14
    assert lines["a", "b", "list", 3, "deep", "er", 0] == 15
    assert lines["c", 1, "f", 1, "g", "h", "i"] == 26
    assert lines["c", 1] == 21
    assert lines["when",] == 10


@pytest.mark.parametrize("name", ["office.toml", "demo-office.toml"])
def test_templates(name: str) -> None:
    text = resources("templates", name).read_text("utf-8")
    lines = lines_of(text)
    rows = text.split("\n")
    for path in paths(tomllib.loads(text)):
        if isinstance(path[-1], str):
            assert path[-1] in rows[lines[path] - 1]


scalars = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])).map(quoted),
    st.integers().map(str),
    st.booleans().map(lambda flag: str(flag).lower()),
    st.text('abc]}"#,= \n', max_size=8).map(lambda text: f"'''{text}'''"),
)
keys = st.text(st.characters(exclude_categories=["Cs"]), max_size=5).map(quoted)


def _array(items: list[str]) -> str:
    return "[ # [\n" + "".join(f"{item} ,\n" for item in items) + "]"


def _inline(items: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key} = {value}" for key, value in items.items()) + "}"


values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(_array),
        st.dictionaries(keys, inner, max_size=3).map(_inline),
    ),
    max_leaves=8,
)


@given(st.dictionaries(keys, values, max_size=4), st.dictionaries(keys, values, max_size=4))
def test_any_text_is_scanned_to_its_end(first: dict[str, str], second: dict[str, str]) -> None:
    """Every path the reader knows has a line, and no line is that of another path's key."""
    rows = [f"{key} = {value}" for key, value in first.items()]
    rows += ['[["last table"]]', *(f"{key} = {value}" for key, value in second.items())]
    if quoted("last table") in first:
        return
    text = "\n".join(rows)
    assert set(lines_of(text)) == set(paths(tomllib.loads(text)))

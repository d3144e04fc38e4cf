"""The ring between two clocks, driven by simulated clocks that disagree."""

from __future__ import annotations

import math
import random
from array import array
from dataclasses import dataclass

import pytest

from receptionist.phone.engine.ring import AHEAD, BLOCK, PAST, RATE, Ring, RingFigures, stretched

PITCH = 1000
LOUD = 12_000
CARD, ENGINE = RATE // 100, RATE // 50
SETTLED = 5 * RATE
CLICK = 150
"""More than any smooth tone of PITCH changes its bend; a lost sample bends it by thousands."""


@dataclass
class Outcome:
    sound: array[int]
    figures: RingFigures
    most_left_ms: float


def tone(samples: int) -> bytes:
    turn = 2 * math.pi * PITCH / RATE
    return array("h", (round(LOUD * math.sin(turn * i)) for i in range(samples))).tobytes()


def play(
    seconds: float,
    writes: int,
    reads: int,
    ppm: float,
    late_ms: float = 2.0,
    stall_s: float = 0.0,
    margin_ms: float = 5.0,
) -> Outcome:
    """Write and read a tone for so long; the writer's clock is `ppm` fast, both come late at times.

    With `stall_s` the reader stays away that long in the middle, and then catches up.
    """
    source = tone(RATE + writes)
    luck = random.Random(7)
    now = 0.0
    ring = Ring(margin_ms, clock=lambda: now)
    sound: list[bytes] = []
    most_left = 0.0
    written = read = 0
    write_at = read_at = 0.0
    while read * reads < seconds * RATE:
        if write_at <= read_at:
            now = write_at
            at = written * writes % RATE
            ring.write(source[at * 2 : (at + writes) * 2])
            written += 1
            due = written * writes / RATE * (1 - ppm / 1e6)
            write_at = max(now, due + luck.random() * late_ms / 1000)
        else:
            now = read_at
            sound.append(ring.read(reads))
            read += 1
            due = read * reads / RATE
            if stall_s and due > seconds / 2:
                due, stall_s = due + stall_s, 0.0
            read_at = max(now, due + luck.random() * late_ms / 1000)
            if read * reads > SETTLED:
                most_left = max(most_left, ring.figures.left_ms)
    return Outcome(array("h", b"".join(sound)), ring.figures, most_left)


def roughness(sound: array[int]) -> float:
    """How far the sound is from going on as a tone of PITCH does; LOUD × jump where it clicks."""
    bend = 2 * math.cos(2 * math.pi * PITCH / RATE)
    return max(abs(a - bend * b + c) for a, b, c in zip(sound, sound[1:], sound[2:], strict=False))


@pytest.mark.parametrize("ppm", [500, -500])
@pytest.mark.parametrize(("writes", "reads"), [(CARD, ENGINE), (ENGINE, ENGINE)])
def test_ten_minutes_of_drift_are_heard_by_nobody(writes: int, reads: int, ppm: int) -> None:
    outcome = play(600, writes, reads, ppm)
    assert outcome.figures.underruns == 0
    assert outcome.figures.overruns == 0
    assert outcome.most_left_ms < 35
    assert roughness(outcome.sound[RATE:]) < CLICK
    drifted = 600 * RATE * abs(ppm) / 1e6
    assert outcome.figures.corrections == pytest.approx(drifted, rel=0.15)


@pytest.mark.parametrize("ppm", [-200, pytest.param(200, marks=pytest.mark.soak)])
def test_half_an_hour_of_jittery_callbacks_loses_nothing(ppm: int) -> None:
    outcome = play(1800, CARD, ENGINE, ppm, late_ms=8.0, margin_ms=10.0)
    assert (outcome.figures.underruns, outcome.figures.overruns) == (0, 0)
    assert outcome.most_left_ms < 50
    assert roughness(outcome.sound[RATE:]) < CLICK
    drifted = 1800 * RATE * abs(ppm) / 1e6
    assert outcome.figures.corrections == pytest.approx(drifted, rel=0.15)


def test_clocks_that_agree_need_next_to_no_correction() -> None:
    outcome = play(120, CARD, ENGINE, 0)
    assert outcome.figures.corrections < 0.0001 * 120 * RATE
    assert outcome.figures.underruns == 0


def test_a_stall_is_caught_up_with_slowly_and_without_a_click() -> None:
    outcome = play(60, CARD, ENGINE, 0, stall_s=0.11)
    assert (outcome.figures.underruns, outcome.figures.overruns) == (0, 0)
    assert roughness(outcome.sound[RATE:]) < CLICK
    assert outcome.figures.left_ms < 35


def test_what_the_measure_is_worth() -> None:
    sound = array("h", tone(RATE))
    assert roughness(sound) < 5
    assert roughness(sound[:5003] + sound[5004:]) > 10 * CLICK


def test_a_ring_that_runs_dry_fades_counts_and_keeps_more_from_then_on() -> None:
    ring = Ring(clock=lambda: 0.0)
    for _turn in range(8):
        ring.write(tone(CARD))
    while not ring.figures.underruns:
        last = ring.read(ENGINE)
    assert len(last) == 2 * ENGINE
    assert any(last), "what there was is played"
    assert roughness(array("h", last)) < 4 * CLICK, "and fades instead of stopping short"
    assert ring.figures.margin_ms == 15.0
    assert not any(ring.read(ENGINE)), "silence until there is enough"
    for _turn in range(8):
        ring.write(tone(CARD))
    assert any(ring.read(ENGINE))
    assert ring.figures.underruns == 1


def test_a_reader_that_was_away_too_long_starts_with_what_is_new() -> None:
    ring = Ring(clock=lambda: 0.0)
    for _turn in range(8):
        ring.write(tone(CARD))
    ring.read(ENGINE)
    for _turn in range(100):
        ring.write(tone(CARD))
    ring.read(ENGINE)
    assert ring.figures.overruns == 1
    assert ring.figures.left_ms <= 20


def test_nobody_reading_is_no_overrun() -> None:
    ring = Ring(clock=lambda: 0.0)
    for _turn in range(500):
        ring.write(tone(CARD))
    assert any(ring.read(ENGINE))
    assert ring.figures.overruns == 0


def test_restart_forgets_old_sound_and_counts_nothing() -> None:
    ring = Ring(clock=lambda: 0.0)
    for _turn in range(8):
        ring.write(tone(CARD))
    ring.read(ENGINE)
    ring.restart()
    assert not any(ring.read(ENGINE))
    assert (ring.figures.underruns, ring.figures.overruns) == (0, 0)


@pytest.mark.parametrize("step", [1, -1])
def test_a_stretched_block_joins_its_neighbours(step: int) -> None:
    whole = array("h", tone(PAST + BLOCK + step + AHEAD + BLOCK))
    block = stretched(whole[: PAST + BLOCK + step + AHEAD], step)
    after = whole[PAST + BLOCK + step :]
    assert len(block) == BLOCK
    assert roughness(whole[:PAST] + block + after) < CLICK


def test_a_stretched_block_of_the_loudest_sound_stays_in_range() -> None:
    square = array("h", [32767, -32768] * 60)
    assert len(stretched(square[: PAST + BLOCK + 1 + AHEAD], 1)) == BLOCK

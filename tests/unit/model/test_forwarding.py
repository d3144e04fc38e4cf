"""The codes to forward with: what is dialled for which provider, and what nobody may rely on."""

from __future__ import annotations

import tomllib

import pytest

from receptionist import i18n
from receptionist.desk.codes import provider, providers
from receptionist.errors import BadInput, NotFound
from receptionist.model.forwarding import Certainty, ForwardingKind, codes
from receptionist.paths import resources

TARGET = "+493023125010"


def test_a_landline_is_forwarded_with_a_national_number() -> None:
    found = codes(provider("telekom"), ForwardingKind.ALWAYS, TARGET, "DE")
    assert (found.set, found.clear, found.query) == ("*21*03023125010#", "#21#", "*#21#")


def test_it_rings_first_for_as_long_as_is_said() -> None:
    found = codes(provider("telekom"), ForwardingKind.NO_ANSWER, TARGET, "DE", 20)
    assert found.set == "*61*03023125010*20#"
    mobile = codes(provider("mobile"), ForwardingKind.NO_ANSWER, TARGET, "DE", 15)
    assert mobile.set == "**61*03023125010*11*15#"
    assert codes(provider("mobile"), ForwardingKind.NO_ANSWER, TARGET, "DE").clear == "##61#"


def test_abroad_the_number_has_its_country() -> None:
    found = codes(provider("mobile"), ForwardingKind.UNREACHABLE, TARGET, "AT")
    assert found.set == "**62*00493023125010#"


@pytest.mark.parametrize("seconds", [1, 12, 35])
def test_networks_take_certain_delays_alone(seconds: int) -> None:
    with pytest.raises(BadInput, match="steps of 5"):
        codes(provider("mobile"), ForwardingKind.NO_ANSWER, TARGET, "DE", seconds)


def test_a_delay_belongs_to_no_answer() -> None:
    with pytest.raises(BadInput, match="nobody answers"):
        codes(provider("mobile"), ForwardingKind.ALWAYS, TARGET, "DE", 20)


@pytest.mark.parametrize("target", ["", "110", "sip:desk@sip.example", "+49 30"])
def test_only_a_full_number_is_forwarded_to(target: str) -> None:
    with pytest.raises(BadInput, match="full number"):
        codes(provider("mobile"), ForwardingKind.ALWAYS, target, "DE")


def test_where_there_are_no_codes_the_way_is_told() -> None:
    with pytest.raises(BadInput, match="Forwarding"):
        codes(provider("sipgate"), ForwardingKind.ALWAYS, TARGET, "DE")
    with pytest.raises(BadInput):
        codes(provider("telekom"), ForwardingKind.UNREACHABLE, TARGET, "DE")
    with pytest.raises(NotFound, match="telekom"):
        provider("nobody")


def test_every_entry_says_where_it_is_from_in_both_languages() -> None:
    keys = {path.stem for path in resources("forwarding").glob("*.toml")}
    assert {one.key for one in providers()} == keys
    assert {"telekom", "vodafone", "1und1", "o2", "sipgate", "easybell", "fritzbox"} <= keys
    for key in keys:
        content = tomllib.loads(resources("forwarding", f"{key}.toml").read_text("utf-8"))
        assert set(content["name"]) == set(content["note"]) == {"en", "de"}
        assert content["source"]
    for one in providers():
        assert bool(one.kinds) == (one.certainty is not Certainty.MENU), one.key


def test_notes_are_in_the_language_that_is_spoken() -> None:
    with i18n.speaking("de"):
        assert "Weiterleitungen" in provider("sipgate").note
    with i18n.speaking("en"):
        assert "Forwarding" in provider("sipgate").note

"""Two palettes with the same tokens, and twelve client colours. Plain values, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

CLIENT_COLOURS = 12


@dataclass(frozen=True, slots=True)
class ClientColour:
    """`strong` is the badge and the edge, `tint` a surface, `on_strong` the initials."""

    name: str
    strong: str
    tint: str
    on_strong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours as `#RRGGBB`. A pair `x`/`x_tint` is ink and the surface it stands on."""

    dark: bool
    window: str
    card: str
    line: str
    text: str
    quiet: str
    accent: str
    accent_tint: str
    on_accent: str
    accent_hover: str
    hover: str
    good: str
    good_tint: str
    attention: str
    attention_tint: str
    danger: str
    danger_tint: str
    clients: tuple[ClientColour, ...]

    def client(self, colour: int) -> ClientColour:
        """The client colour with this number; any number has one."""
        return self.clients[colour % CLIENT_COLOURS]


def _mixed(over: str, under: str, share: float) -> str:
    pairs = zip(bytes.fromhex(over[1:]), bytes.fromhex(under[1:]), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _clients(card: str, ink: str, share: float, **strong: str) -> tuple[ClientColour, ...]:
    return tuple(
        ClientColour(name, colour, _mixed(colour, card, share), ink)
        for name, colour in strong.items()
    )


LIGHT = Palette(
    dark=False,
    window="#F4F5F7",
    card="#FFFFFF",
    line="#DFE3E8",
    text="#1B1F24",
    quiet="#5D6673",
    accent="#0B6BCB",
    accent_tint="#E8F1FB",
    on_accent="#FFFFFF",
    accent_hover="#0A5DB0",
    hover="#F4F5F7",
    good="#1F7A3D",
    good_tint="#E6F4EA",
    attention="#8A5A00",
    attention_tint="#FFF4DB",
    danger="#B3261E",
    danger_tint="#FDECEA",
    clients=_clients(
        "#FFFFFF",
        "#FFFFFF",
        0.10,
        orange="#B93C0A",
        violet="#7A38EA",
        teal="#0F766E",
        blue="#1D4ED8",
        rose="#C81566",
        olive="#4F7200",
        brown="#6B3A1E",
        cyan="#0A6A97",
        plum="#86198F",
        slate="#3B4654",
        green="#14532D",
        red="#9B1C1C",
    ),
)

DARK = Palette(
    dark=True,
    window="#14181D",
    card="#1C222A",
    line="#323B46",
    text="#E8ECF1",
    quiet="#A3AEBB",
    accent="#6CB2FF",
    accent_tint="#17324F",
    on_accent="#14181D",
    accent_hover="#8CC3FF",
    hover="#262E38",
    good="#7BD88F",
    good_tint="#143321",
    attention="#F2C14E",
    attention_tint="#3A2E10",
    danger="#FF8A80",
    danger_tint="#43191A",
    clients=_clients(
        "#1C222A",
        "#14181D",
        0.18,
        orange="#FF9248",
        violet="#B79BFF",
        teal="#3FD3C0",
        blue="#7BA9FF",
        rose="#FF7DB8",
        olive="#B5DD4B",
        brown="#D3A27E",
        cyan="#5CC8F5",
        plum="#EE86F8",
        slate="#C9D2DC",
        green="#55D67E",
        red="#FF8178",
    ),
)

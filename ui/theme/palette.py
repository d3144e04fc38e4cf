"""Two palettes with the same tokens, each with its shades of `COLOURS`. Plain values, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from receptionist.model.client import COLOURS


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
        return self.clients[colour % len(self.clients)]


def mixed(over: str, under: str, share: float) -> str:
    """The colour of a `share` of one over another."""
    pairs = zip(bytes.fromhex(over[1:]), bytes.fromhex(under[1:]), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _clients(card: str, ink: str, share: float, **strong: str) -> tuple[ClientColour, ...]:
    return tuple(
        ClientColour(name, strong[name], mixed(strong[name], card, share), ink) for name in COLOURS
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
        blue="#1A5FD6",
        orange="#B93C0A",
        green="#15692F",
        purple="#7A38EA",
        red="#9E1223",
        teal="#0B7670",
        brown="#5C3318",
        pink="#C4187C",
        olive="#4E7000",
        navy="#1B2763",
        gold="#8A6000",
        grey="#4A5563",
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
        blue="#57B0FF",
        orange="#FF9248",
        green="#4FD37A",
        purple="#D08FFF",
        red="#FF7A74",
        teal="#3CD6CB",
        brown="#CDA083",
        pink="#FF8AD4",
        olive="#B9DD4B",
        navy="#939DF8",
        gold="#F7CE46",
        grey="#C9D2DC",
    ),
)

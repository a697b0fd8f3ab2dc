"""The colours of a mask's things, as the elements give them (`crowd/parts/drawing/mask-colours.js`)."""

import re
from collections.abc import Sequence

# As parts/drawing/palette.js; a test compares them.
PALETTE = (
    *("#0072b2", "#e69f00", "#33ccb3", "#e6334d", "#9999ff"),
    *("#e6ff00", "#660066", "#99ffff", "#990000", "#0000cc"),
)
NOTHING = "#ffffff"
_GOLDEN = 137.508
_STRENGTHS, _LIGHTS = (0.85, 0.6, 0.95), (0.42, 0.62, 0.3, 0.75)
_HEX = re.compile("#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


class Colours:
    """Gives each of so many things a colour: the one that is wanted for it, else a fresh one."""

    def __init__(self, wanted: Sequence[str], count: int) -> None:
        self.used: list[str] = []
        for at in range(count):
            colour = whole(wanted[at]) if at < len(wanted) else ""
            is_fit = colour and colour != NOTHING and colour not in self.used
            self.used.append(colour if is_fit else self._fresh())

    def _fresh(self) -> str:
        at = 0
        while True:
            colour = PALETTE[at] if at < len(PALETTE) else _made(at)
            if colour != NOTHING and colour not in self.used:
                return colour
            at += 1


def whole(colour: str) -> str:
    """Give #rrggbb of that or of #rgb; nothing of anything else."""
    text = colour.strip().lower()
    if not _HEX.fullmatch(text):
        return ""
    return text if len(text) == 7 else "#" + "".join(sign * 2 for sign in text[1:])


def _made(at: int) -> str:
    hue, strength = (at * _GOLDEN) % 360, _STRENGTHS[at % len(_STRENGTHS)]
    light = _LIGHTS[at % len(_LIGHTS)]
    parts = []
    for n in (0, 8, 4):
        k = (n + hue / 30) % 12
        value = light - strength * min(light, 1 - light) * max(-1, min(k - 3, 9 - k, 1))
        parts.append(int(value * 255 + 0.5))
    return "#" + "".join(f"{part:02x}" for part in parts)

"""What the hour and the weather do to every colour of a scene."""

from __future__ import annotations

from dataclasses import dataclass

from .colour import luminance, mix


@dataclass(frozen=True, slots=True)
class Light:
    """`sky` top and bottom; `haze`: of the distance; `tint`, `share`: over every colour; `glow` of the one light."""

    sky: tuple[str, str]
    haze: str
    tint: str
    share: float
    glow: str
    dark: bool = False

    def on(self, colour: str, depth: float = 0.0) -> str:
        """The colour as seen in this light, `depth` 0 near to 1 far."""
        return mix(mix(colour, self.tint, self.share), self.haze, depth)


OUTDOORS = {
    "dawn": Light(("#b9c3d6", "#f6d9c2"), "#eed9cd", "#f1c3a4", 0.14, "#fff0cf"),
    "day": Light(("#9cc4d2", "#e6ecdd"), "#dde6dc", "#f5ecd6", 0.06, "#fffbe8"),
    "dusk": Light(("#6d6a92", "#f0b58d"), "#dba58f", "#7d5570", 0.24, "#ffd39a"),
    "night": Light(("#22305a", "#5a6f98"), "#566a92", "#2a3a68", 0.42, "#f4ecc8", dark=True),
}
INDOORS = {
    "dawn": Light(("#8f7a68", "#8f7a68"), "#d3b294", "#a5735a", 0.12, "#ffe6b8"),
    "day": Light(("#a68d72", "#a68d72"), "#e6d3b3", "#f3e3c2", 0.08, "#fff3d2"),
    "dusk": Light(("#6d5350", "#6d5350"), "#b08468", "#6d4642", 0.2, "#ffd596"),
    "night": Light(("#3d3238", "#3d3238"), "#7c6058", "#4a3238", 0.3, "#ffcf85", dark=True),
}
OVERCAST = {"rain": ("#8795a0", 0.42), "storm": ("#4c5462", 0.62), "fog": ("#c9cdc8", 0.62), "snow": ("#d4dbe2", 0.5)}


def light_for(time: str, weather: str, indoors: bool) -> Light:
    """The light of an hour ("dawn", "day", "dusk", "night") under a weather; indoors the weather stays outside."""
    light = (INDOORS if indoors else OUTDOORS).get(time) or (INDOORS if indoors else OUTDOORS)["day"]
    if indoors or weather not in OVERCAST:
        return light
    grey, share = OVERCAST[weather]
    if light.dark:
        grey = mix(grey, "#1d2644", 0.6)
    sky = mix(light.sky[0], grey, share), mix(light.sky[1], grey, share * 0.85)
    haze = mix(light.haze, grey, share)
    over = mix(light.tint, grey, 0.7)
    dark = light.dark or luminance(sky[1]) < 0.3
    return Light(sky, haze, over, min(0.6, light.share + share * 0.3), light.glow, dark)

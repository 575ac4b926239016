# ruff: noqa: E501 - tables read better in long rows
"""The local illustrator: an ImageRequest in, a drawn picture out. Offline, free, the same request always the same picture."""

from __future__ import annotations

from decimal import Decimal

from ...base import ImageRequest, ImageResult, ProviderRefusal, Usage
from .compose import Stage, compose
from .finish import jpeg, on_paper, raster
from .pen import STYLES
from .scene import Scene, plan

LICENCE = (
    "Noto Emoji line art: OFL 1.1; Open Peeps heads: CC0 1.0; tints after Fluent Emoji: MIT; all else drawn by LitinkAI"
)
VERSION = "1"
LARGEST = 7680


def styles() -> list[tuple[str, str, str]]:
    """Id, name and description of every style."""
    return [(s.id, s.name, s.description) for s in STYLES.values()]


class LocalIllustrator:
    """Draws by composing SVG and rendering it with resvg."""

    provider = "local"
    model = f"illustrator-{VERSION}"

    def draw(self, request: ImageRequest) -> ImageResult:
        """A JPEG of the request's size. Raises ProviderRefusal for a size that can't be drawn."""
        size = request.width, request.height
        if not (min(size) >= 16 and max(size) <= LARGEST):
            raise ProviderRefusal(
                f"A picture of {size[0]} x {size[1]} pixels can't be drawn; sides from 16 to {LARGEST} can."
            )
        style = STYLES.get(request.style, STYLES["ink"])
        scene = plan(request)
        stage = compose(scene, style, *size)
        pixels = on_paper(raster(stage.pen.svg(size), size), int(scene.key[:6], 16), style.grain)
        usage = Usage("local", self.model, "images", Decimal(1), licence=LICENCE)
        return ImageResult(jpeg(pixels), "image/jpeg", *size, usage, _focus(stage), _faces(stage), alt_text(scene))


def svg(request: ImageRequest) -> str:
    """The picture before it is rendered."""
    stage = compose(plan(request), STYLES.get(request.style, STYLES["ink"]), request.width, request.height)
    return stage.pen.svg((request.width, request.height))


def _focus(stage: Stage) -> tuple[float, float]:
    x, y = stage.focus or (stage.view.x(0.5), stage.view.y(0.5))
    return round(min(0.98, max(0.02, x / stage.view.width)), 4), round(min(0.98, max(0.02, y / stage.view.height)), 4)


def _faces(stage: Stage) -> tuple[tuple[float, float, float, float], ...]:
    """Boxes of heads, cut to the frame."""
    out = []
    for x, y, w, h in stage.faces:
        x0, y0 = max(0.0, x / stage.view.width), max(0.0, y / stage.view.height)
        x1, y1 = min(1.0, (x + w) / stage.view.width), min(1.0, (y + h) / stage.view.height)
        if x1 > x0 and y1 > y0:
            out.append((round(x0, 4), round(y0, 4), round(x1 - x0, 4), round(y1 - y0, 4)))
    return tuple(out)


DOING = {
    "stand": "standing", "talk": "talking", "walk": "walking", "run": "running", "sit": "sitting", "read": "reading", "write": "writing", "sleep": "asleep",
    "fall": "falling", "float": "floating", "fly": "flying", "swim": "swimming", "kneel": "kneeling", "pray": "praying", "point": "pointing", "reach": "reaching up",
    "carry": "carrying something", "hold": "holding something", "give": "holding out a hand", "climb": "climbing", "jump": "jumping", "dance": "dancing", "cry": "crying", "eat": "eating",
    "drink": "drinking", "think": "thinking", "look": "looking", "peep": "peering", "wave": "waving", "fight": "fighting", "push": "pushing", "pull": "pulling", "bow": "bowing",
    "row": "rowing", "dig": "digging", "throw": "throwing", "hide": "hiding", "shout": "calling out", "play": "playing", "crouch": "crouching",
}  # fmt: skip


def alt_text(scene: Scene) -> str:
    """One sentence of what is drawn."""
    who = [f"{a.outfit.name} {DOING.get(a.verb, '')}".strip() for a in scene.actors]
    what = [t.noun for t in scene.things]
    shown = _listed(who) or _listed([f"{_article(n)} {n}" for n in what]) or "The view"
    beside = f", with {_listed([f'{_article(n)} {n}' for n in what])}" if who and what else ""
    where = (
        ""
        if scene.place == "plain"
        else f" in {_article(scene.place)} {scene.place}"
        if scene.inside
        else f"; {scene.place}"
    )
    when = {"night": " at night", "dusk": " at dusk", "dawn": " at dawn"}.get(scene.time, "")
    weather = (
        {"rain": " in the rain", "snow": " in the snow", "storm": " in a storm", "fog": " in fog"}.get(
            scene.weather, ""
        )
        if not scene.inside
        else ""
    )
    text = f"{shown}{beside}{where}{when}{weather}."
    return text[0].upper() + text[1:]


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def _article(noun: str) -> str:
    return "" if noun.endswith("s") else "an" if noun[:1] in "aeiou" else "a"

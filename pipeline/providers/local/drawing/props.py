# ruff: noqa: E501 - path data reads better on one line
"""Things the font does not have, drawn here. Own units: 1000 high, standing at (0, 0), y downwards."""

from __future__ import annotations

import math
from collections.abc import Callable

from .geometry import curve, ellipse, polygon, rect
from .pen import Pen

Prop = Callable[[Pen, float], None]


def lighthouse(pen: Pen, depth: float) -> None:
    pen.shape(ellipse(0, -6, 190, 34), "#8d8579", depth)
    pen.shape(polygon([(-120, 0), (120, 0), (74, -720), (-74, -720)]), "#f1ece0", depth)
    for low, high in ((-90, -250), (-410, -570)):
        a, b = (120 + 46 * low / 720), (120 + 46 * high / 720)
        pen.shape(polygon([(-a, low), (a, low), (b, high), (-b, high)]), "#b8493c", depth)
    pen.shape(rect(-100, -750, 200, 32), "#6b6460", depth)
    pen.shape(rect(-58, -880, 116, 130), "#f6dd92", depth)
    pen.stroke("M0 -880V-750", depth, 0.8)
    pen.shape(polygon([(-76, -880), (76, -880), (0, -985)]), "#7c3a33", depth)
    pen.shape("M-26 0v-80a26 26 0 0 1 52 0v80Z", "#6b5140", depth)
    for y in (-330, -640):
        pen.shape(rect(-14, y, 28, 44), "#54606c", depth, line=0.8)


def tower(pen: Pen, depth: float) -> None:
    pen.shape(rect(-130, -800, 260, 800), "#a79f94", depth)
    top = [(-160, -780), (-160, -900)]
    for i in range(5):
        x = -160 + i * 72
        top += [(x, -900), (x + 32, -900), (x + 32, -850), (x + 72, -850)] if i < 4 else [(x, -900), (160, -900)]
    pen.shape(polygon([*top, (160, -780)]), "#978f86", depth)
    pen.shape("M-40 0v-140a40 40 0 0 1 80 0v140Z", "#5d4636", depth)
    for x, y in ((-50, -380), (40, -560), (-30, -690)):
        pen.shape(f"M{x} {y}v-60a16 16 0 0 1 32 0v60Z", "#4e5560", depth, line=0.8)
    for x, y in ((-100, -250), (50, -220), (60, -440), (-96, -520), (40, -120)):
        pen.stroke(f"M{x} {y}h42", depth, 0.6, opacity=0.6)


def windmill(pen: Pen, depth: float) -> None:
    pen.shape(polygon([(-150, 0), (150, 0), (90, -560), (-90, -560)]), "#e9e0cc", depth)
    pen.shape("M-100 -560a100 110 0 0 1 200 0Z", "#8f4b3a", depth)
    pen.shape("M-36 0v-120a36 36 0 0 1 72 0v120Z", "#6b5140", depth)
    pen.shape(rect(-24, -400, 48, 60), "#5c6873", depth, line=0.8)
    for k in range(4):
        with pen.group(0, -600, 1, 22 + 90 * k):
            pen.shape(rect(8, -400, 74, 300), "#f2ead8", depth, line=0.8)
            pen.stroke("M0 0V-410M8 -300H82M8 -200H82M45 -400V-100", depth, 0.8)
    pen.shape(ellipse(0, -600, 22, 22), "#6b5140", depth)


def flask(pen: Pen, depth: float) -> None:
    body = "M-70 -900h140v60h-24v240c150 70 240 190 240 330a286 270 0 0 1 -572 0c0 -140 90 -260 240 -330v-240h-24Z"
    pen.shape(body, "#dcebe8", depth)
    pen.shape(
        "M-272 -330a286 270 0 0 0 -14 60a286 270 0 0 0 572 0a286 270 0 0 0 -14 -60q-140 50 -272 0t-272 0Z",
        "#a8589a",
        depth,
        line=0.8,
    )
    pen.shape(rect(-58, -1000, 116, 110), "#b98c5c", depth)
    for x, y, r in ((-90, -190, 26), (40, -130, 18), (110, -220, 30)):
        pen.shape(ellipse(x, y, r, r), "#d49bc8", depth, line=0.6)
    pen.stroke("M-180 -420q-50 60 -56 130", depth, 0.8, opacity=0.6)


def bottle(pen: Pen, depth: float) -> None:
    pen.shape(
        "M-60 -940h120v250q100 60 110 170v460q0 60 -60 60h-220q-60 0 -60 -60v-460q10 -110 110 -170Z", "#7fae94", depth
    )
    pen.shape(rect(-52, -1000, 104, 90), "#b98c5c", depth)
    pen.shape(rect(-150, -470, 300, 240), "#f1e8d2", depth, line=0.8)
    pen.stroke("M-120 -600q14 -40 50 -60", depth, 0.8, opacity=0.6)


def jar(pen: Pen, depth: float) -> None:
    pen.shape(
        "M-230 -820h460q60 60 60 140v560q0 120 -100 120h-380q-100 0 -100 -120v-560q0 -80 60 -140Z", "#d98a3d", depth
    )
    pen.shape(rect(-250, -960, 500, 140), "#e9dcbb", depth)
    pen.shape(rect(-190, -560, 380, 300), "#f1e8d2", depth, line=0.8)


def table(pen: Pen, depth: float) -> None:
    for x in (-760, 690):
        pen.shape(rect(x, -880, 70, 880), "#8a6242", depth)
    for x in (-600, 560):
        pen.shape(rect(x, -880, 50, 760), "#74523a", depth, line=0.8)
    pen.shape(polygon([(-900, -880), (900, -880), (760, -1000), (-760, -1000)]), "#b98a5e", depth)
    pen.shape(rect(-900, -880, 1800, 90), "#9c7049", depth)


def well(pen: Pen, depth: float) -> None:
    for x in (-330, 280):
        pen.shape(rect(x, -860, 56, 460), "#86603f", depth)
    pen.shape(polygon([(-460, -800), (460, -800), (300, -1000), (-300, -1000)]), "#a2553f", depth)
    pen.stroke("M0 -800V-520", depth, 0.9)
    pen.shape(polygon([(-60, -540), (60, -540), (44, -420), (-44, -420)]), "#8a6a4a", depth)
    pen.shape(f"M-400 -400V-40q400 80 800 0V-400Z{ellipse(0, -400, 400, 70)}", "#a39c92", depth)
    pen.shape(ellipse(0, -400, 400, 74), "#46423f", depth)
    for x, y in ((-340, -250), (-160, -220), (60, -230), (240, -250), (-260, -120), (-40, -100), (170, -120)):
        pen.stroke(f"M{x} {y}q50 14 110 8", depth, 0.6, opacity=0.7)


def lamppost(pen: Pen, depth: float) -> None:
    pen.glow(0, -890, 320, "#ffe2a0", 0.7 if pen.light.dark else 0.35)
    pen.shape(rect(-18, -790, 36, 790), "#4d4a4c", depth)
    pen.shape(polygon([(-60, 0), (60, 0), (30, -80), (-30, -80)]), "#4d4a4c", depth)
    pen.shape(polygon([(-46, -790), (46, -790), (74, -930), (-74, -930)]), "#f8e3a0", depth)
    pen.shape(polygon([(-90, -930), (90, -930), (0, -1000)]), "#4d4a4c", depth)


def gate(pen: Pen, depth: float) -> None:
    for x in (-620, 500):
        pen.shape(rect(x, -940, 120, 940), "#a39c92", depth)
        pen.shape(ellipse(x + 60, -960, 62, 50), "#938b81", depth)
    for k in range(9):
        x = -470 + k * 117
        top = -620 - 220 * math.sin(math.pi * k / 8)
        pen.stroke(f"M{x:.0f} 0V{top:.0f}", depth, 1.5)
    pen.stroke("M-500 -160H500M-500 -560Q0 -860 500 -560", depth, 1.3)


def fence(pen: Pen, depth: float) -> None:
    for y in (-620, -300):
        pen.shape(rect(-1500, y, 3000, 90), "#cbb795", depth)
    for k in range(9):
        x = -1440 + k * 340
        pen.shape(polygon([(x, 0), (x + 150, 0), (x + 150, -860), (x + 75, -1000), (x, -860)]), "#d9c7a6", depth)


def barrel(pen: Pen, depth: float) -> None:
    pen.shape("M-300 -980q-130 490 0 980h600q130 -490 0 -980Z", "#a0754c", depth)
    pen.shape(ellipse(0, -980, 300, 50), "#8a6242", depth)
    for y in (-760, -220):
        pen.shape(f"M-352 {y}q352 70 704 0v70q-352 70 -704 0Z", "#6c6a6c", depth, line=0.8)
    for x in (-150, 0, 150):
        pen.stroke(f"M{x} -920Q{x * 1.35:.0f} -480 {x} -10", depth, 0.6, opacity=0.6)


def chest(pen: Pen, depth: float) -> None:
    pen.glow(0, -640, 760, "#ffdf8a", 0.5)
    pen.shape("M-640 -600v-140q0 -260 260 -260h760q260 0 260 260v140Z", "#8f5f3a", depth)
    pen.shape(rect(-640, -600, 1280, 600), "#a06e44", depth)
    for x in (-560, 460):
        pen.shape(rect(x, -960, 100, 960), "#c9a24c", depth, line=0.8)
    pen.shape(rect(-110, -680, 220, 240), "#d9b45a", depth)
    pen.fill(ellipse(0, -580, 30, 38), pen.inked(depth))


def net(pen: Pen, depth: float) -> None:
    outline = [(-620, -40), (-520, -500), (-200, -820), (180, -980), (420, -700), (640, -260), (560, -20), (0, 20)]
    pen.shape(curve(outline, closed=True), "#c2b391", depth)
    with pen.clip(curve(outline, closed=True)):
        for k in range(-12, 13):
            pen.stroke(
                f"M{k * 110 - 700} 60L{k * 110 + 700} -1100M{k * 110 - 700} -1100L{k * 110 + 700} 60", depth, 0.6
            )
    for x, y in outline[1:7:2]:
        pen.shape(ellipse(x, y, 46, 38), "#b8653c", depth)


def machine(pen: Pen, depth: float) -> None:
    """A machine of brass rails, a saddle, a great dial and levers."""
    pen.shape(rect(-620, -150, 1240, 70), "#c19a4b", depth)
    for x in (-520, 470):
        pen.shape(rect(x, -90, 60, 90), "#8d7a5a", depth)
    pen.glow(-250, -620, 420, "#fff0bd", 0.5)
    pen.shape(f"{ellipse(-250, -600, 400, 400)}{ellipse(-250, -600, 330, 330)}", "#cda758", depth)
    for k in range(8):
        a = math.pi * k / 4 + 0.2
        pen.stroke(
            f"M{-250 + 70 * math.cos(a):.0f} {-600 + 70 * math.sin(a):.0f}L{-250 + 330 * math.cos(a):.0f} {-600 + 330 * math.sin(a):.0f}",
            depth,
            0.8,
        )
    pen.shape(ellipse(-250, -600, 84, 84), "#efe6cf", depth)
    pen.shape("M40 -420q10 -80 90 -70h230q90 0 110 -250l70 20q0 340 -150 350h-250q-100 0 -100 -50Z", "#7c3f36", depth)
    pen.shape(rect(150, -380, 60, 240), "#8d7a5a", depth)
    pen.shape(rect(360, -380, 60, 240), "#8d7a5a", depth)
    for x, lean in ((-20, 60), (40, 100)):
        pen.stroke(f"M{x} -150L{x + lean} -560", depth, 1.4)
        pen.shape(ellipse(x + lean, -580, 40, 40), "#f3efe4" if lean > 60 else "#b8d4d0", depth)


def stove(pen: Pen, depth: float) -> None:
    pen.shape(rect(120, -1000, 110, 420), "#55514f", depth)
    pen.shape(rect(-420, -600, 840, 540), "#605b58", depth)
    pen.shape(rect(-460, -640, 920, 70), "#4c4846", depth)
    pen.glow(-60, -300, 360, "#ff9d3f", 0.7)
    pen.shape("M-200 -180v-180q140 -100 280 0v180Z", "#e08a3a", depth)
    for x in (-380, 320):
        pen.shape(rect(x, -60, 60, 60), "#4c4846", depth)


def galleon(pen: Pen, depth: float) -> None:
    for x, top in ((-240, -900), (120, -1000)):
        pen.stroke(f"M{x} -280V{top}", depth, 1.6)
    for x, y, w, h in ((-240, -560, 330, 250), (-240, -830, 250, 220), (120, -600, 380, 280), (120, -900, 290, 240)):
        pen.shape(
            f"M{x - w / 2} {y - h / 2}h{w}q50 {h / 2} 0 {h}q{-w / 2} -40 {-w} 0q50 {-h / 2} 0 {-h}Z", "#efe6d0", depth
        )
    pen.shape("M-560 -300L-460 -40Q0 40 420 -40L600 -420L420 -400L380 -260Q0 -200 -420 -260Z", "#8b5f3c", depth)
    pen.stroke("M-500 -170Q0 -90 470 -190M440 -400L760 -520", depth, 0.9)
    pen.shape("M120 -1000l150 40l-150 44Z", "#b8493c", depth, line=0.8)


def lantern(pen: Pen, depth: float) -> None:
    pen.glow(0, -420, 900, "#ffdf96", 0.7)
    pen.stroke("M-150 -800Q0 -1080 150 -800", depth, 1.1)
    pen.shape(polygon([(-230, -700), (230, -700), (110, -880), (-110, -880)]), "#5b5450", depth)
    pen.shape(rect(-200, -700, 400, 560), "#fbe6a6", depth)
    pen.shape("M0 -560q110 150 60 260q-60 70 -120 0q-50 -110 60 -260Z", "#f0a040", depth, line=0.8)
    pen.stroke("M-70 -700V-140M70 -700V-140", depth, 0.8)
    pen.shape(rect(-250, -140, 500, 140), "#5b5450", depth)


def cupboard(pen: Pen, depth: float) -> None:
    pen.shape(rect(-340, -1000, 680, 1000), "#a0754c", depth)
    for x in (-300, 20):
        pen.shape(rect(x, -930, 280, 500), "#b78a5e", depth, line=0.9)
        pen.shape(rect(x, -380, 280, 320), "#b78a5e", depth, line=0.9)
    for x in (-50, 50):
        pen.fill(ellipse(x, -640, 18, 18), pen.inked(depth))
        pen.fill(ellipse(x, -220, 18, 18), pen.inked(depth))
    pen.shape(rect(-380, -1040, 760, 60), "#8a6242", depth)


PROPS: dict[str, Prop] = {
    f.__name__: f
    for f in (
        lighthouse,
        tower,
        windmill,
        flask,
        bottle,
        jar,
        table,
        well,
        lamppost,
        gate,
        fence,
        barrel,
        chest,
        net,
        machine,
        stove,
        galleon,
        lantern,
        cupboard,
    )
}
# Width beside height, for placing.
WIDE = {"table": 1.8, "fence": 3.0, "gate": 1.25, "chest": 1.3, "net": 1.3, "machine": 1.25, "galleon": 1.2, "stove": 0.95, "well": 0.9, "flask": 0.6, "jar": 0.6, "barrel": 0.75,
        "lighthouse": 0.38, "tower": 0.33, "windmill": 0.85, "bottle": 0.35, "lamppost": 0.2, "lantern": 0.5, "cupboard": 0.75}  # fmt: skip

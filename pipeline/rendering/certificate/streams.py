"""How many frames there are, of what kind, and whether players will show their colours right."""

from __future__ import annotations

from ..parts import FPS, RATE
from ..timeline import Timeline
from .container import Container
from .gate import Gate

BT709, LIMITED = 1, 1  # ITU-T H.273 code points; AVCOL_RANGE_MPEG


def frames(seen: Container, timeline: Timeline) -> Gate:
    ok = seen.frames == timeline.frames and not seen.uneven
    said = f"{seen.frames} frames, as planned" if ok else f"{seen.frames} frames of {timeline.frames} planned"
    if seen.uneven:
        said += f", {seen.uneven} of them not one frame after the last"
    return Gate("frames", f"{timeline.frames} frames at a constant {FPS} a second", seen.frames, ok, said)


def streams(seen: Container, timeline: Timeline) -> Gate:
    width, height = timeline.size
    wanted = {"codec": "h264", "pixels": "yuv420p", "width": width, "height": height, "rate": str(FPS), "aspect": "1"}
    heard = {"codec": "aac", "rate": RATE, "channels": 2}
    wrong = [f"{key} is {seen.video[key]}, not {value}" for key, value in wanted.items() if seen.video[key] != value]
    wrong += [
        f"sound {key} is {seen.audio[key]}, not {value}" for key, value in heard.items() if seen.audio[key] != value
    ]
    profile = str(seen.video["profile"])
    if "High" not in profile and timeline.look.effort == "film":
        wrong.append(f"profile is {profile}, not High")
    said = "; ".join(wrong) or f"{width} × {height}, H.264 {profile} and AAC stereo"
    goal = f"H.264 High yuv420p {width} × {height} at {FPS}, AAC 48 kHz stereo"
    return Gate("streams", goal, profile, not wrong, said, {"video": seen.video, "audio": seen.audio})


def colour(seen: Container) -> Gate:
    tags = {key: seen.video[key] for key in ("primaries", "transfer", "matrix", "range")}
    ok = tags == {"primaries": BT709, "transfer": BT709, "matrix": BT709, "range": LIMITED}
    said = "tagged BT.709" if ok else f"colours are not tagged BT.709, so players guess ({tags})"
    return Gate("colour", "BT.709, limited range", "BT.709" if ok else "other", ok, said, tags)

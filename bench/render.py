"""How fast, how smooth and how good the renderer is, against bare x264, ffmpeg's zoompan and MoviePy, in one run.

    make bench-render                       1080p, six scenes, three rounds in turn (about 10 minutes)
    make bench-render ARGS=--quick          360p, two short scenes, one round: does it run at all
    make bench-render ARGS=--long           also the memory of a 5-minute and a 60-minute film at 360p

The limit is bare x264 (`veryfast`, crf 20, one encoder a core) on the same raw frames. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.measuring import measured
from bench.render_material import CORES, ROOT, WORK, film, scene, silence
from bench.render_quality import moviepy_jitter, our_jitter, vmaf, zoompan_jitter
from bench.render_ways import limit, moviepy_job, moviepy_python, raw_frames, zoompan
from pipeline.rendering.assemble import assemble
from pipeline.rendering.film import Workers, render_pieces
from pipeline.rendering.parts import SIZES, FilmLook
from pipeline.rendering.plan import plan

GOALS = {
    "wall_of_limit": 1.0, "vmaf_apart": 0.5, "times_moviepy": 20.0, "jitter_px": 0.02, "edit_share": 0.15,
    "long_memory": 1.10,
}  # fmt: skip


def ours_child(args: argparse.Namespace) -> None:
    timeline = film(args, args.scenes, args.seconds, args.short)
    with Workers(CORES) as workers:
        workers.warm()
        start = time.perf_counter()
        files, _ = render_pieces(timeline, args.out / "pieces", workers=workers)
        assemble(timeline, files, silence(timeline.samples), args.out / "film.mp4")
    print(json.dumps({"wall": time.perf_counter() - start}))


def me(args: argparse.Namespace, child: str, out: Path) -> list[str]:
    own = ["--scenes", str(args.scenes), "--seconds", str(args.seconds), "--short", str(args.short), "--out", str(out)]
    return [sys.executable, "-m", "bench.render", "--child", child, *own]


def editing(short: int) -> dict:
    """A 12-scene film, one scene's words and length changed: frames and time done again."""
    look = FilmLook(width=short * 16 // 9 // 2 * 2, height=short, title="Bench", watermark="LitinkAI", cards=False)
    parts = [scene(i + 1, 8.0) for i in range(12)]
    out = WORK / "edit"
    shutil.rmtree(out, ignore_errors=True)
    times, counts = [], []
    with Workers(CORES) as workers:
        workers.warm()
        for change in (False, True, False):
            if change:
                parts[5] = replace(scene(6, 8.6, shift=7), picture_hash=parts[5].picture_hash)
            timeline = plan(parts, look)
            sound = silence(timeline.samples)
            start = time.perf_counter()
            files, frames = render_pieces(timeline, out, workers=workers)
            assemble(timeline, files, sound, WORK / f"edit{len(times)}.mp4")
            times.append(time.perf_counter() - start)
            counts.append(frames)
    same = (WORK / "edit1.mp4").read_bytes() == (WORK / "edit2.mp4").read_bytes()
    return {
        "frames": counts[0], "again": counts[1], "share_of_time": times[1] / times[0],
        "nothing_changed_frames": counts[2], "nothing_changed_seconds": times[2], "same_bytes": same,
    }  # fmt: skip


def lengths(args: argparse.Namespace) -> dict:
    """Peak memory of a 5-minute and a 60-minute film at 360p."""
    peaks = {}
    for minutes in (5, 60):
        out = WORK / "long"
        shutil.rmtree(out, ignore_errors=True)
        job = argparse.Namespace(scenes=minutes * 6, seconds=9.2, short=360)
        peaks[minutes] = measured(me(job, "ours", out))["memory"]
    return {"5": peaks[5], "60": peaks[60], "ratio": peaks[60] / peaks[5]}


# -- the run


def rounds(args: argparse.Namespace, timeline, raw: Path) -> dict[str, list[dict]]:
    """Ours, the limit and zoompan in turn, `args.rounds` times."""
    results: dict[str, list[dict]] = {"ours": [], "limit": [], "zoompan": []}
    for _ in range(args.rounds):
        shutil.rmtree(WORK / "ours", ignore_errors=True)
        found = measured(me(args, "ours", WORK / "ours"))
        # Render workers are kept warm: starting Python and its processes is told apart.
        found |= {"with_start": found["wall"], **json.loads(found["said"].splitlines()[-1])}
        results["ours"].append(found)
        results["limit"].append(limit(timeline, raw))
        results["zoompan"].append(zoompan(timeline))
    return results


def middle(results: list[dict], key: str) -> float:
    return statistics.median(result[key] for result in results)


def against_moviepy(args: argparse.Namespace, timeline, ours_a_frame: float) -> dict:
    python, reason = (None, "left out") if args.without_moviepy else moviepy_python()
    if python is None:
        return {"skipped": reason}
    job = moviepy_job(timeline, 0.6 if args.quick else 4.0)
    found = measured([str(python), str(ROOT / "bench" / "render_moviepy.py"), json.dumps(job)])
    frames = json.loads(found["said"].splitlines()[-1])
    a_frame = frames["seconds"] / frames["frames"]
    return {
        "wall": a_frame * timeline.frames, "cpu": found["cpu"] / frames["frames"] * timeline.frames,
        "memory": found["memory"], "frames_measured": frames["frames"], "times_slower": a_frame / ours_a_frame,
        "jitter": moviepy_jitter(python),
    }  # fmt: skip


def main(args: argparse.Namespace) -> int:
    WORK.mkdir(parents=True, exist_ok=True)
    timeline = film(args, args.scenes, args.seconds, args.short)
    silence(timeline.samples)
    raw = raw_frames(timeline)
    results = rounds(args, timeline, raw)
    ways = {name: {key: middle(found, key) for key in ("wall", "cpu", "memory")} for name, found in results.items()}
    ratio = statistics.median(a["wall"] / b["wall"] for a, b in zip(results["ours"], results["limit"], strict=True))
    ways["ours"]["with_start"] = middle(results["ours"], "with_start")
    ways["ours"] |= {"vmaf": vmaf(timeline, [WORK / "ours" / "film.mp4"], raw), "jitter": our_jitter()}
    ways["limit"]["vmaf"] = vmaf(timeline, [WORK / f"limit{i}.mp4" for i in range(CORES)], raw)
    ways["zoompan"]["jitter"] = zoompan_jitter()
    raw.unlink()
    ways["moviepy"] = against_moviepy(args, timeline, ways["ours"]["wall"] / timeline.frames)
    figures = {
        "frames": timeline.frames, "size": timeline.size, "cores": CORES, "wall_of_limit": ratio,
        "vmaf_apart": abs(ways["limit"]["vmaf"] - ways["ours"]["vmaf"]), "jitter_px": max(ways["ours"]["jitter"].values()),
        "times_moviepy": ways["moviepy"].get("times_slower"), "editing": editing(240 if args.quick else 720),
        "ways": ways,
    }  # fmt: skip
    if args.long:
        figures["long"] = lengths(args)
    show(figures)
    ok = judged(figures)
    print(json.dumps({"bench": "render", "figures": figures, "goals": GOALS, "ok": ok}, default=float))
    return 0 if ok else 1


def judged(figures: dict) -> bool:
    edit = figures["editing"]
    checks = [
        figures["wall_of_limit"] <= GOALS["wall_of_limit"], figures["vmaf_apart"] <= GOALS["vmaf_apart"],
        figures["jitter_px"] <= GOALS["jitter_px"], edit["share_of_time"] <= GOALS["edit_share"],
        edit["nothing_changed_frames"] == 0, edit["same_bytes"],
    ]  # fmt: skip
    if figures["times_moviepy"] is not None:
        checks.append(figures["times_moviepy"] >= GOALS["times_moviepy"])
    if "long" in figures:
        checks.append(figures["long"]["ratio"] <= GOALS["long_memory"])
    return all(checks)


def show(figures: dict) -> None:
    limit_wall = figures["ways"]["limit"]["wall"]
    print(f"{figures['frames']} frames of {figures['size'][0]}x{figures['size'][1]}, {figures['cores']} cores")
    print(f"{'way':<10}{'wall s':>9}{'/limit':>8}{'CPU s':>9}{'MB':>7}{'VMAF':>7}{'jitter pan':>12}{'zoom':>8}")
    for name, way in figures["ways"].items():
        if "skipped" in way:
            print(f"{name:<10} {way['skipped']}")
            continue
        still = way.get("jitter", {})
        cells = [f"{still[k]:.3f}" if k in still else "-" for k in ("pan", "zoom")]
        score = f"{way['vmaf']:.1f}" if "vmaf" in way else "-"
        row = f"{name:<10}{way['wall']:>9.2f}{way['wall'] / limit_wall:>8.2f}{way['cpu']:>9.2f}{way['memory']:>7.0f}"
        print(f"{row}{score:>7}{cells[0]:>12}{cells[1]:>8}")
    edit = figures["editing"]
    print(
        f"12 scenes, one changed: {edit['again']} of {edit['frames']} frames, {edit['share_of_time']:.0%} of the time; "
        f"nothing changed: {edit['nothing_changed_frames']} frames, {edit['nothing_changed_seconds']:.2f} s, "
        f"same bytes: {edit['same_bytes']}"
    )
    if long := figures.get("long"):
        print(f"memory, MB: 5 min {long['5']:.0f}, 60 min {long['60']:.0f}, ratio {long['ratio']:.2f}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--without-moviepy", action="store_true")
    parser.add_argument("--scenes", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--short", type=int, default=SIZES["1080p"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", choices=["ours"], help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.quick:
        args.scenes, args.seconds, args.short, args.rounds = 2, 3.0, SIZES["360p"], 1
    return args


if __name__ == "__main__":
    given = arguments()
    if given.child:
        ours_child(given)
    else:
        sys.exit(main(given))

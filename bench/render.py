"""How fast, how smooth and how good the renderer is, against bare x264, ffmpeg's zoompan and MoviePy, in one run.

    .venv/bin/python bench/render.py            1080p, six scenes, three rounds in turn (about 10 minutes)
    .venv/bin/python bench/render.py --quick    360p, two short scenes, one round: does it run at all
    .venv/bin/python bench/render.py --long     also the memory of a 5-minute and a 60-minute film at 360p

The limit is bare x264 (`veryfast`, crf 20, one encoder a core) on the same raw frames. The last line is JSON.
"""

# ruff: noqa: E402 (the repository is put on the path first)
from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import av
import numpy as np
import psutil
from PIL import Image, ImageFilter

from pipeline.rendering import fonts, paint, planes
from pipeline.rendering.assemble import assemble
from pipeline.rendering.captions.cues import cues
from pipeline.rendering.film import Workers, render_pieces
from pipeline.rendering.moves import keys, path
from pipeline.rendering.parts import FPS, RATE, SIZES, FilmLook, ScenePart, SpokenWord
from pipeline.rendering.pieces import pieces
from pipeline.rendering.plan import plan
from pipeline.rendering.runner import ffmpeg_path
from pipeline.rendering.warp import blank, warp

WORK = ROOT / "var" / "bench" / "render"
STORY = (
    "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do: once or "
    "twice she had peeped into the book her sister was reading, but it had no pictures or conversations in it."
)
TEXT = STORY.split()
GOALS = {
    "wall_of_limit": 1.0, "vmaf_behind": 0.5, "times_moviepy": 20.0, "jitter_px": 0.02, "edit_share": 0.15,
    "long_memory": 1.10,
}  # fmt: skip
CORES = os.cpu_count() or 1


# -- material


def picture(number: int, size: tuple[int, int] = (2560, 1440)) -> Path:
    """A grainy illustration: hills, shapes and paper grain from a seed."""
    file = WORK / f"picture{number}-{size[0]}.png"
    if file.exists():
        return file
    dice = np.random.Generator(np.random.PCG64(number))
    small = Image.fromarray(dice.integers(40, 220, (9, 16, 3)).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    shapes = Image.fromarray((dice.random((90, 160)) > 0.9).astype(np.uint8) * 255).resize(
        size, Image.Resampling.NEAREST
    )
    ink = shapes.filter(ImageFilter.GaussianBlur(size[0] / 900))
    small.paste((40, 32, 26), (0, 0), ink)
    grain = dice.normal(0, 5, (size[1], size[0], 1))
    Image.fromarray(np.clip(np.asarray(small) + grain, 0, 255).astype(np.uint8)).save(file)
    return file


def scene(number: int, seconds: float, shift: int = 0) -> ScenePart:
    """A scene whose voice takes about `seconds`; words come at an even pace."""
    count = int(seconds * 2.6)
    step = int(seconds * RATE) // count
    words = tuple(SpokenWord(TEXT[(i + shift) % len(TEXT)], i * step, (i + 1) * step - 800) for i in range(count))
    file = picture(number % 6)
    mark = hashlib.sha256(file.read_bytes() + bytes([number])).hexdigest()
    return ScenePart(number, file, mark, file, str(shift), count * step, words)


def film(args: argparse.Namespace, scenes: int, seconds: float, short: int):
    look = FilmLook(width=short * 16 // 9 // 2 * 2, height=short, title="Bench", watermark="LitinkAI", cards=False)
    return plan([scene(i + 1, seconds) for i in range(scenes)], look)


def silence(samples: int) -> Path:
    out = WORK / f"silence{samples}.m4a"
    if not out.exists():
        with av.open(str(out), "w") as container:
            stream = container.add_stream("aac", rate=RATE, layout="stereo")
            for at in range(0, samples, 1024):
                frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
                frame.sample_rate, frame.pts = RATE, at
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return out


# -- measuring


def measured(command: list[str]) -> dict:
    """Run it; wall and CPU seconds, peak memory (MB, proportional share, all its processes), what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    seen: dict[int, float] = {}
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, seen), daemon=True)
    watcher.start()
    said, errors = process.communicate()
    wall = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{command[:4]}: {errors[-1500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": max(cpu, sum(seen.values())), "memory": peak[0], "said": said}


def _watch(pid: int, peak: list[float], cpu: dict[int, float]) -> None:
    """Follow a process and its family: peak of their shares of memory, last seen CPU seconds of each."""
    while True:
        try:
            top = psutil.Process(pid)
            family = [top, *top.children(recursive=True)]
            total = 0.0
            for each in family:
                try:
                    total += each.memory_full_info().pss / 1e6
                    times = each.cpu_times()
                    cpu[each.pid] = times.user + times.system
                except psutil.Error:
                    continue
            peak[0] = max(peak[0], total)
        except psutil.Error:
            return
        time.sleep(0.25)


def side_by_side(commands: list[list[str]]) -> dict:
    """Several at once, one a core; wall of all, CPU and memory summed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with ThreadPoolExecutor(CORES) as pool:
        parts = list(pool.map(measured, commands))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory = sum(sorted((part["memory"] for part in parts), reverse=True)[:CORES])
    return {"wall": time.perf_counter() - start, "cpu": cpu, "memory": memory}


# -- the ways


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
    return [sys.executable, str(Path(__file__)), "--child", child, *own]


class Raw:
    """Stands in for the encoder: frames to a file as they are."""

    file = None

    def __init__(self, path: Path, size: tuple[int, int], settings: object) -> None:
        self.path, self.frame = path, blank(*size)

    def __enter__(self) -> Raw:
        return self

    def __exit__(self, *_: object) -> None:
        self.path.touch()  # so that the piece counts as made

    def next_frame(self):
        return self.frame

    def push(self) -> None:
        for plane in self.frame.planes:
            plane.tofile(Raw.file)


def raw_frames(timeline) -> Path:
    """Every frame of the film before it is encoded, as one file."""
    file, real = WORK / "raw.yuv", paint.Encoder
    paint.Encoder = Raw
    try:
        with file.open("wb") as Raw.file:
            for piece in pieces(timeline):
                paint.render(piece, WORK / "raw.mp4", progress=None, stopping=None, planes=WORK / "planes")
    finally:
        paint.Encoder = real
    return file


def halves(timeline, raw: Path) -> list[str]:
    """One equal part of the raw frames a core."""
    cut = [timeline.frames * i // CORES for i in range(CORES + 1)]
    return [span(timeline, raw, a, b) for a, b in itertools.pairwise(cut)]


def span(timeline, raw: Path, start: int, end: int) -> str:
    """ffmpeg's name for frames `start` to `end` (excluded) of the raw file."""
    frame = timeline.size[0] * timeline.size[1] * 3 // 2
    return f"subfile,,start,{start * frame},end,{end * frame},,:{raw}"


def raw_input(timeline) -> list[str]:
    return ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "{}x{}".format(*timeline.size), "-r", str(FPS)]


def limit(timeline, raw: Path) -> dict:
    commands = []
    for i, source in enumerate(halves(timeline, raw)):
        encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-threads", "1", str(WORK / f"limit{i}.mp4")]
        commands.append([ffmpeg_path(), "-v", "error", "-y", *raw_input(timeline), "-i", source, *encode])
    return side_by_side(commands)


def zoompan(timeline) -> dict:
    commands = []
    for place in timeline.scenes:
        commands.append([
            ffmpeg_path(), "-v", "error", "-y", "-loop", "1", "-i", str(place.part.picture), "-vf",
            zoompan_filter(place.frames, timeline.size, place.number % 2 == 0) + ",format=yuv420p", "-frames:v",
            str(place.frames), "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-threads", "1",
            str(WORK / f"zoompan{place.number}.mp4"),
        ])  # fmt: skip
    return side_by_side(commands)


def zoompan_filter(frames: int, size: tuple[int, int], pan: bool) -> str:
    how = f"z=1.14:x='(iw-iw/zoom)*on/{frames}':y='(ih-ih/zoom)/2'"
    zoom = f"z='pow(1.14,on/{frames})':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2'"
    return f"zoompan={how if pan else zoom}:d={frames}:s={size[0]}x{size[1]}:fps={FPS}"


def moviepy_python() -> tuple[Path | None, str]:
    """The Python of var/bench-venv, made on first use; else why there is none."""
    folder = ROOT / "var" / "bench-venv"
    python = folder / "bin" / "python"
    try:
        if not (folder / "ready").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True, capture_output=True)
            wanted = ["-r", str(ROOT / "bench" / "requirements-moviepy.txt")]
            install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted]
            subprocess.run(install, check=True, capture_output=True, timeout=600)
            (folder / "ready").touch()
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", b"") or b""
        return None, f"MoviePy can't be installed: {said.decode(errors='replace')[-200:] or error}"
    return python, ""


def moviepy_job(timeline, seconds: float) -> dict:
    font = fonts.stack("caption")[0].path
    scenes = []
    for place in timeline.scenes:
        states = [
            ((word.start - place.start) / FPS, (word.end - place.start) / FPS, cue.text, word.text)
            for cue in cues(timeline) if cue.scene == place.number for word in cue.words
        ]  # fmt: skip
        scenes.append({"picture": str(place.part.picture), "seconds": place.frames / FPS, "states": states})
    return {
        "do": "film",
        "size": timeline.size,
        "font": str(font),
        "scenes": scenes,
        "limit": seconds,
        "out": str(WORK / "moviepy.mp4"),
    }


# -- quality


def vmaf(timeline, encoded: list[Path], raw: Path) -> float:
    """Mean VMAF of the encoded halves (or whole film) against the raw frames."""
    cut = [timeline.frames * i // len(encoded) for i in range(len(encoded) + 1)]
    total = 0.0
    for file, (start, end) in zip(encoded, itertools.pairwise(cut), strict=True):
        total += vmaf_of(file, timeline, raw, start, end - start) * (end - start)
    return total / timeline.frames


def vmaf_of(file: Path, timeline, raw: Path, first: int, frames: int) -> float:
    """Mean VMAF of a file that holds `frames` of the raw ones from `first`; colour tags forced equal."""
    tags = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
    log = WORK / "vmaf.json"
    graph = f"[0:v]{tags}[a];[1:v]{tags}[b];[a][b]libvmaf=n_subsample=3:n_threads={CORES}:log_fmt=json:log_path={log}"
    inputs = ["-i", str(file), *raw_input(timeline), "-i", span(timeline, raw, first, first + frames)]
    subprocess.run([ffmpeg_path(), "-v", "error", *inputs, "-lavfi", graph, "-f", "null", "-"], check=True)
    return json.loads(log.read_text())["pooled_metrics"]["vmaf"]["mean"]


DOT_FRAMES, MIDDLE = 300, (90, 210)


def dot() -> Path:
    """A picture with one soft dot away from the middle, whose place on each frame tells how steady a move is."""
    file = WORK / "dot.png"
    y, x = np.mgrid[:1440, :2560]
    light = 220 * np.exp(-((x - 1000.3) ** 2 + (y - 560.7) ** 2) / (2 * 14**2))
    Image.fromarray(np.repeat(light.astype(np.uint8)[..., None], 3, 2)).save(file)
    return file


def unsteadiness(places: list[tuple[float, float]]) -> float:
    """Standard deviation of the second difference, in pixels, the worse of both axes."""
    return float(np.diff(np.array(places), 2, axis=0).std(axis=0).max())


def centre(light: np.ndarray) -> tuple[float, float]:
    light = np.clip(light.astype(np.float64) - 20, 0, None)
    y, x = np.mgrid[: light.shape[0], : light.shape[1]]
    return (light * x).sum() / light.sum(), (light * y).sum() / light.sum()


def our_jitter() -> dict[str, float]:
    size, image, out = (1280, 720), planes.load(dot()), {}
    for name, move in (("pan", "right"), ("zoom", "push")):
        ends = keys(move, DOT_FRAMES, image.size, size, (0.5, 0.5))
        file = WORK / f"dot-{move}.yuv"
        file.unlink(missing_ok=True)
        work = planes.working(lambda: image, image.size, *ends, size, file)
        frame, places = blank(*size), []
        for number in range(*MIDDLE):
            warp(work, path(*ends, number, DOT_FRAMES, 8), frame)
            places.append(centre(frame.y))
        out[name] = unsteadiness(places)
    return out


def zoompan_jitter() -> dict[str, float]:
    out = {}
    for name in ("pan", "zoom"):
        graph = zoompan_filter(DOT_FRAMES, (1280, 720), name == "pan") + ",format=gray"
        command = [
            ffmpeg_path(),
            "-v",
            "error",
            "-loop",
            "1",
            "-i",
            str(dot()),
            "-vf",
            graph,
            "-frames:v",
            str(MIDDLE[1]),
        ]
        data = subprocess.run([*command, "-f", "rawvideo", "-"], check=True, capture_output=True).stdout
        frames = np.frombuffer(data, np.uint8).reshape(-1, 720, 1280)
        out[name] = unsteadiness([centre(frame) for frame in frames[MIDDLE[0] :]])
    return out


def moviepy_jitter(python: Path) -> dict[str, float]:
    job = {"do": "jitter", "picture": str(dot()), "size": [1280, 720], "frames": DOT_FRAMES, "middle": [*MIDDLE]}
    said = subprocess.run(
        [str(python), str(ROOT / "bench" / "render_moviepy.py"), json.dumps(job)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return {name: unsteadiness(places) for name, places in json.loads(said.splitlines()[-1]).items()}


# -- editing and length


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
        "vmaf_behind": ways["limit"]["vmaf"] - ways["ours"]["vmaf"], "jitter_px": max(ways["ours"]["jitter"].values()),
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
        figures["wall_of_limit"] <= GOALS["wall_of_limit"], figures["vmaf_behind"] <= GOALS["vmaf_behind"],
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

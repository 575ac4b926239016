"""ModelsLab: the key inside the body, errors inside a 200, jobs asked after by POST, webhooks nobody signed."""

from __future__ import annotations

import base64
import binascii
import json
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from pipeline.providers import sniff
from pipeline.providers.sound import seconds_of
from tests.fakes import media
from tests.fakes.checks import FLAG, check, many, obj, one_of, text, whole
from tests.fakes.messages import Reply, Request, Trouble, as_json
from tests.fakes.server import Fake, Job, route

ASPECTS = {"1:1": (1024, 1024), "16:9": (1344, 756), "9:16": (756, 1344), "4:3": (1152, 864), "3:4": (864, 1152)}
ASPECT = one_of(*ASPECTS)
PIXELS = whole(256, 2048)
URL, URLS = text(2000, 8), many(text(2000, 8), 10, 1)
PROMPT = text(4000, 1)
LENGTH = one_of("5", "10")
COMMON = {"key": text(), "model_id": text(), "webhook": text(), "track_id": {}}
TO_IMAGE = {
    "seedream-t2i": {"width": PIXELS, "height": PIXELS}, "flux-2-pro": {"width": PIXELS, "height": PIXELS},
    "seedream-4": {"aspect_ratio": ASPECT}, "seedream-4.5": {"aspect_ratio": ASPECT}, "imagen-4": {"aspect_ratio": ASPECT},
    "imagen-4.0-fast-generate": {"aspect_ratio": ASPECT}, "imagen-4.0-ultra": {"aspect_ratio": ASPECT},
    "gen4_image": {"aspect_ratio": ASPECT}, "nano-banana-pro": {"aspect_ratio": ASPECT}, "imagen-3": {}, "nano-banana-t2i": {},
}  # fmt: skip
FROM_IMAGE = {
    "seededit-i2i": {"init_image": URL}, "seedream-4.0-i2i": {"init_image": URLS}, "flux-2-pro": {"init_image": URL},
    "seedream-4.5-i2i": {"init_image": URLS, "aspect_ratio": ASPECT}, "nano-banana": {"init_image": URL, "init_image_2": URL},
    "nano-banana-pro": {"init_image": URL, "aspect_ratio": ASPECT}, "gen4_image_turbo": {"init_image": URL, "init_image_2": URL},
    "flux-kontext-pro": {"init_image": URL, "aspect_ratio": ASPECT},
}  # fmt: skip
MOVING = {
    "seedance-i2v": {"init_image": URL}, "seedance-1.0-pro-fast-i2v": {"init_image": URL},
    "seedance-1.0-pro-i2v": {"init_image": URLS}, "Hailuo-2.3-i2v": {"init_image": URL}, "Hailuo-2.3-Fast-i2v": {"init_image": URL},
    "Hailuo-02-i2v": {"init_image": URL},
    **{model: {"init_image": URL, "duration": LENGTH} for model in ("kling-v2-1-i2v", "Kling-V2-5-Turbo-i2v", "kling-v2-master-i2v", "kling-v2-1-master-i2v")},
}  # fmt: skip
FILMING = {
    "seedance-t2v": {"aspect_ratio": ASPECT, "resolution": one_of("480p", "720p"), "camera_fixed": FLAG},
    **{model: {"aspect_ratio": ASPECT, "duration": one_of("4", "6", "8"), "generate_audio": FLAG} for model in ("veo-3.1", "veo-3.1-fast")},
}  # fmt: skip
VOICES = {
    "eleven_multilingual_v2": "EXAVITQu4vr4xnSDxMaL JBFqnCBsd6RMkjVDRZzb Xb7hH8MSUJpSbSDYk0k2 onwK4e9ZLuTAKqWW03F9 "
    "FGY2WhTYpPnrIDTdsKH5 CwhRBWXzGAHq8TQ4Fs17 XrExE9yKIg1WjnnlVkGX TX3LPaxmHKxFdv7VOQHJ cgSgspJ2msm6clMCkdW9 IKne3meq5aSn9XLyUdCD",
    "inworld-tts-1": "Ashley Alex Olivia Dennis",
}  # fmt: skip
LARGEST = 5 * 1024 * 1024
TROUBLE = "Video cannot be generated at the moment, try use another model"


class FakeModelsLab(Fake):
    """`slow`: families whose jobs are queued first; others answer at once. `queue`: jobs an account may have waiting."""

    name, prefix, key = "ModelsLab", "/api", "ml-0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefgh"
    env_key, env_url = "MODELSLAB_API_KEY", "MODELSLAB_BASE_URL"
    prices = {"images": "0.02", "calls": "0.20", "characters": "0.00005"}

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.slow = {"video-fusion"}
        self.queue, self.webhook_delay, self.eta = 5, 0.05, 7.5

    def authorise(self, request: Request) -> None:
        try:
            key = json.loads(request.body or b"{}").get("key")
        except (ValueError, AttributeError):
            key = None
        if key != self.key:
            raise Trouble(401, "Invalid API key" if key else "API key is required", "key")

    def error(self, trouble: Trouble) -> Reply:
        """`shape` in more: messege (sic), error (how /v7 speaks of wrong fields), 200 (the error inside a good answer)."""
        shape = trouble.more.get("shape") or ("error" if trouble.code == "invalid_request" else "message")
        body = {"error": trouble.message} if shape == "error" else {"status": "error", "message": trouble.message}
        if shape == "messege":
            body = {"status": "error", "messege": trouble.message}
        body |= {"retry_after": trouble.more["retry_after"]} if "retry_after" in trouble.more else {}
        return as_json(body, 200 if shape == "200" else trouble.status)

    def hint(self, reply: Reply, seconds: float) -> None:
        reply.body = json.dumps({**json.loads(reply.body), "retry_after": seconds}).encode()

    def error_in_200(self, request: Request, reply: Reply) -> Reply:
        """What had been begun is given up, and not billed."""
        answer = json.loads(reply.body)
        if "/fetch/" not in request.path and "id" in answer:
            self._give_up(str(answer["id"]))
        return self.error(Trouble(200, TROUBLE))

    # -- what can be asked for ----------------------------------------------------------------------
    @route("POST", "/v7/images/text-to-image")
    def draw(self, request: Request) -> Reply:
        body = self._asked(request, TO_IMAGE, "prompt", prompt=PROMPT)
        return self._begin(request, body, "images", "images", 1)

    @route("POST", "/v7/images/image-to-image")
    def redraw(self, request: Request) -> Reply:
        body = self._asked(request, FROM_IMAGE, "prompt init_image", prompt=PROMPT)
        self._reachable(body, "init_image", "init_image_2")
        return self._begin(request, body, "images", "images", 1)

    @route("POST", "/v7/video-fusion/image-to-video")
    def animate(self, request: Request) -> Reply:
        body = self._asked(request, MOVING, "prompt init_image", prompt=PROMPT)
        self._reachable(body, "init_image")
        return self._begin(request, body, "video-fusion", "calls", 1)

    @route("POST", "/v7/video-fusion/text-to-video")
    def film(self, request: Request) -> Reply:
        body = self._asked(request, FILMING, "prompt", prompt=PROMPT)
        return self._begin(request, body, "video-fusion", "calls", 1)

    @route("POST", "/v7/video-fusion/lip-sync")
    def sync(self, request: Request) -> Reply:
        body = self._asked(request, {"lipsync-2": {"init_video": URL, "init_audio": URL}}, "init_video init_audio")
        self._reachable(body, "init_video", "init_audio")
        return self._begin(request, body, "video-fusion", "calls", 1)

    @route("POST", "/v7/voice/text-to-speech")
    def speak(self, request: Request) -> Reply:
        body = self._asked(request, dict.fromkeys(VOICES, {}), "prompt voice_id", prompt=text(least=1), voice_id=text())
        if len(body["prompt"]) > 2500:
            raise Trouble(400, "The prompt may not be greater than 2500 characters.")
        if body["voice_id"] not in VOICES[body["model_id"]].split():
            raise Trouble(400, "Voice not found: check the voice_id")
        return self._begin(request, body, "voice", "characters", len(body["prompt"]))

    @route("POST", "/v7/voice/sound-generation")
    def sound(self, request: Request) -> Reply:
        fields = {"eleven_sound_effect": {"time_in_seconds": whole(1, 22)}}
        return self._begin(request, self._asked(request, fields, "prompt", prompt=PROMPT), "voice", "calls", 1)

    @route("POST", "/v7/voice/music-gen")
    def music(self, request: Request) -> Reply:
        body = self._asked(request, {"music_v1": {}, "sonauto_song": {}}, "prompt", prompt=PROMPT)
        return self._begin(request, body, "voice", "calls", 1)

    @route("POST", "/v7/(?P<family>images|video-fusion|voice)/fetch/(?P<id>[^/]+)")
    def fetch(self, request: Request) -> Reply:
        check(request.json(), obj("key", key=text()))
        job = self.jobs.get(request.found["id"])
        if job is None or job.made["family"] != request.found["family"]:
            raise Trouble(404, "Request not found")
        return self._state(job, self.poll(job))

    @route("POST", "/v6/base64_to_url")
    def place_picture(self, request: Request) -> Reply:
        return self._placed(request, "base64_string", "image/")

    @route("POST", "/v6/video/base64_to_url")
    def place_film(self, request: Request) -> Reply:
        return self._placed(request, "init_obj", "video/")

    @route("POST", "/v6/voice/base64_to_url")
    def place_sound(self, request: Request) -> Reply:
        return self._placed(request, "init_audio", "audio/")

    # -- how ----------------------------------------------------------------------------------------
    def _asked(self, request: Request, models: dict[str, Any], required: str, **fields: Any) -> dict[str, Any]:
        """The body, when it has what its model takes and nothing else."""
        body = request.json()
        if not body.get("model_id"):
            raise Trouble(400, "The model_id field is required.")
        if body["model_id"] not in models:
            raise Trouble(400, f"Model not found: {body['model_id']}")
        for field in required.split():
            if not body.get(field):
                raise Trouble(400, f"The {field} field is required.")
        check(body, obj(required, **COMMON, **fields, **models[body["model_id"]]))
        if body.get("webhook") and not _may_be_told(body["webhook"]):
            raise Trouble(400, "The webhook must be an https URL.")
        return body

    def _reachable(self, body: dict[str, Any], *fields: str) -> None:
        """Addresses of ours must hold something; others are taken for good when they are addresses at all."""
        for field in fields:
            found = body.get(field, [])
            for url in [found] if isinstance(found, str) else found:
                ours = url.startswith(self.root)
                if (ours and url.rpartition("/")[2] not in self.published) or not url.startswith(
                    ("https://", "http://")
                ):
                    raise Trouble(400, f"Unable to fetch {field.partition('_')[2]} from provided URL")

    def _placed(self, request: Request, field: str, kind: str) -> Reply:
        body = request.json()
        check(body, obj(f"key {field}", key=text(), **{field: text()}))
        try:
            data = base64.b64decode(body[field].partition(";base64,")[2], validate=True)
        except (binascii.Error, ValueError):
            data = b""
        if not sniff.media_type(data[:16]).startswith(kind):
            raise Trouble(400, f"The {field} must be a base64 {kind.rstrip('/')}")
        if len(data) > LARGEST:
            raise Trouble(400, "The file may not be greater than 5MB")
        url = self.publish(data, sniff.media_type(data[:16]))
        return as_json({"status": "success", "id": int(self.new_id()), "output": [url]})

    def _begin(self, request: Request, body: dict[str, Any], family: str, unit: str, units: float) -> Reply:
        waiting = sum(not self._over(job) for job in self.jobs.values())
        if waiting >= self.queue:
            raise Trouble(429, f"Maximum {self.queue} queued requests", "limit", retry_after=30)
        job = self.submit(request, body, str(int(self.new_id())))
        job.made = {"family": family, "path": request.path.rpartition("/")[2]}
        if f"{body['model_id']}/seconds" in self.prices:
            unit, units = "seconds", self._seconds(body)
        self.charge(job.id, body["model_id"], unit, units)
        if family not in self.slow and not job.endless:
            job.polls = self.polls_needed
            return self._state(job, True)
        if body.get("webhook") and not job.endless:
            times = 2 if self.fault(request, ("duplicate_webhook",)) else 1
            timer = Timer(self.webhook_delay, self._announce, (job, body["webhook"], times))
            timer.daemon = True
            timer.start()
        return self._state(job, False)

    def _over(self, job: Job) -> bool:
        return not job.endless and (job.polls >= self.polls_needed or job.outcome == "gone")

    def _give_up(self, id: str) -> None:
        """Failed work is not billed."""
        with self.bill._lock:
            self.bill.rows[:] = [row for row in self.bill.rows if row.vendor_id != id]
        if id in self.jobs:  # uploads have ids, too
            self.jobs[id].outcome = "gone"

    def _announce(self, job: Job, address: str, times: int) -> None:
        """Tells that a job is done: ids are text here, and numbers in answers."""
        job.polls = self.polls_needed
        state = json.loads(self._state(job, True).body)
        told = {"status": "success" if state["status"] == "success" else "failed", "id": job.id, "output": state.get("output", []),
                "track_id": job.asked.get("track_id"), "meta": {}}  # fmt: skip
        self.deliver(address, json.dumps(told).encode(), {"Content-Type": "application/json"}, times)

    def _state(self, job: Job, done: bool) -> Reply:
        """One of the three answers."""
        name = (
            f"{job.id}.{'png' if job.made['family'] == 'images' else 'mp3' if job.made['family'] == 'voice' else 'mp4'}"
        )
        link = f"{self.root}/media/{name}"
        if job.outcome == "gone" or (done and job.outcome == "failed"):
            self._give_up(job.id)
            return self.error(Trouble(200, TROUBLE, shape="messege" if job.made["family"] == "voice" else "200"))
        if not done:
            fetch = f"{self.url}/v7/{job.made['family']}/fetch/{job.id}"
            return as_json({
                "status": "processing", "tip": "Get realtime updates with webhooks", "eta": self.eta, "id": int(job.id),
                "message": "Try to fetch request after seconds estimated", "fetch_result": fetch, "output": [], "meta": {},
                "future_links": [link], "webhook_status": "",
            })  # fmt: skip
        if name not in self.published:
            self.published[name] = self._made(job)
        return as_json({
            "status": "success", "generationTime": 2.1, "id": int(job.id), "output": [link], "proxy_links": [link],
            "meta": {"prompt": job.asked.get("prompt", "")}, "nsfw_content_detected": "naked" in job.asked.get("prompt", ""),
        })  # fmt: skip

    def _seconds(self, asked: dict[str, Any]) -> float:
        """Of a clip: lips keep to the voice."""
        heard = self.published.get(asked.get("init_audio", "").rpartition("/")[2], (b"", ""))[0]
        return seconds_of(heard) if heard else float(asked.get("duration", "5"))

    def _made(self, job: Job) -> tuple[bytes, str]:
        asked, path = job.asked, job.made["path"]
        if job.made["family"] == "images":
            size = (asked["width"], asked["height"]) if "width" in asked else ASPECTS[asked.get("aspect_ratio", "1:1")]
            return media.picture(*size, seed=f"{asked['prompt']} {asked['model_id']}"), "image/png"
        if job.made["family"] == "video-fusion":
            return media.film(320, 180, self._seconds(asked), picture=self._first_frame(asked)), "video/mp4"
        seconds = {"text-to-speech": media.speaking_time(asked.get("prompt", "")), "music-gen": 12.0}.get(path, float(asked.get("time_in_seconds", 4)))  # fmt: skip
        data = media.sound(seconds, "mp3", 44_100)
        return media.remember(data, asked["prompt"]) if path == "text-to-speech" else data, "audio/mpeg"

    def _first_frame(self, asked: dict[str, Any]) -> bytes:
        url = asked.get("init_image", "")
        return self.published.get((url if isinstance(url, str) else url[0]).rpartition("/")[2], (b"", ""))[0]


def _may_be_told(address: str) -> bool:
    """https, or this machine itself."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "localhost")

"""ElevenLabs: the key in its own header, four shapes of errors, no hint when to come back, characters with their times."""

from __future__ import annotations

import base64
import json
from decimal import Decimal
from typing import Any

from pipeline.providers.sound import seconds_of
from tests.fakes import media
from tests.fakes.checks import FLAG, check, many, number, obj, one_of, text, whole
from tests.fakes.messages import Reply, Request, Trouble, as_json
from tests.fakes.server import Fake, route

LONGEST = {
    "eleven_multilingual_v2": 10_000, "eleven_v3": 3_000, "eleven_flash_v2_5": 40_000, "eleven_turbo_v2_5": 40_000,
    "eleven_flash_v2": 30_000,
}  # fmt: skip
HALF = {"eleven_flash_v2_5", "eleven_turbo_v2_5", "eleven_flash_v2"}
CREDIT = Decimal("0.00004")
FORMATS = (
    "mp3_22050_32 mp3_24000_48 mp3_44100_32 mp3_44100_64 mp3_44100_96 mp3_44100_128 pcm_8000 pcm_16000 pcm_22050 "
    "pcm_24000 pcm_32000 pcm_48000 wav_24000 opus_48000_64 opus_48000_128"
).split()
DEARER = ("mp3_44100_192", "pcm_44100", "wav_44100")
PREMADE = """Sarah female american EXAVITQu4vr4xnSDxMaL; George male british JBFqnCBsd6RMkjVDRZzb
    Alice female british Xb7hH8MSUJpSbSDYk0k2; Daniel male british onwK4e9ZLuTAKqWW03F9
    Laura female american FGY2WhTYpPnrIDTdsKH5; Roger male american CwhRBWXzGAHq8TQ4Fs17"""
MOST_VOICES = 10
SETTINGS = obj(
    stability=number(0, 1), similarity_boost=number(0, 1), style=number(0, 1), speed=number(0.7, 1.2), use_speaker_boost=FLAG
)  # fmt: skip
SPEECH = obj(
    "text", text=text(least=1), model_id=text(), language_code=text(), voice_settings=SETTINGS,
    pronunciation_dictionary_locators=many({}, 3), seed=whole(0, 4294967295), previous_text=text(), next_text=text(),
    previous_request_ids=many(text(), 3), next_request_ids=many(text(), 3),
    apply_text_normalization=one_of("auto", "on", "off"), apply_language_text_normalization=FLAG, use_pvc_as_ivc=FLAG,
)  # fmt: skip
SOUND = obj(
    "text", text=text(least=1), duration_seconds=number(0.5, 30), prompt_influence=number(0, 1), loop=FLAG,
    model_id=one_of("eleven_text_to_sound_v2"),
)  # fmt: skip
MUSIC = obj(
    "prompt", prompt=text(2000, 1), music_length_ms=whole(3000, 600_000), model_id=one_of("music_v1", "music_v2"),
    force_instrumental=FLAG, seed=whole(0),
)  # fmt: skip


class FakeElevenLabs(Fake):
    name, key = "ElevenLabs", "el-0123456789abcdef0123456789abcdef"
    env_key, env_url = "ELEVENLABS_API_KEY", "ELEVENLABS_BASE_URL"
    prices = {
        "characters": str(CREDIT), **{f"{model}/characters": str(CREDIT / 2) for model in HALF},
        "eleven_text_to_sound_v2/seconds": str(40 * CREDIT), "seconds": "0",
    }  # fmt: skip

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        rows = [row.split() for line in PREMADE.splitlines() for row in line.split(";")]
        self.voices = {id: _voice(id, name, sex, accent) for name, sex, accent, id in rows}
        self.samples: dict[str, bytes] = {}  # of cloned voices

    def authorise(self, request: Request) -> None:
        if request.headers.get("xi-api-key") != self.key:
            raise Trouble(401, "Invalid API key", "invalid_api_key", shape="legacy")

    def error(self, trouble: Trouble) -> Reply:
        """`shape` in more: object (the new one), legacy, list (422), string."""
        shape = trouble.more.get("shape", "list" if trouble.status == 422 else "object")
        code = trouble.more.get("word") or trouble.code
        details: dict[str, Any] = {
            "legacy": {"status": code, "message": trouble.message},
            "string": trouble.message,
            "list": [{"loc": ["body", trouble.more.get("param") or "text"], "msg": trouble.message, "type": code}],
            "object": {
                "type": _TYPES.get(trouble.status, "internal_error"), "code": code, "message": trouble.message,
                "status": code, "request_id": self.new_id("req-"), "param": trouble.more.get("param"),
            },
        }  # fmt: skip
        return as_json({"detail": details[shape]}, trouble.status)

    # -- speech -----------------------------------------------------------------------------------
    @route("POST", "/v1/text-to-speech/(?P<voice>[^/]+)")
    def speak(self, request: Request) -> Reply:
        """Bytes."""
        body, form, sound = self._said(request)
        reply = self.spoilt(request, sound, media.TYPES[form])
        reply.headers |= self._cost(body)
        return reply

    @route("POST", "/v1/text-to-speech/(?P<voice>[^/]+)/with-timestamps")
    def speak_timed(self, request: Request) -> Reply:
        """Base64, and one entry a character. Faults: `no_alignment` (both null), `normalized` (of other words)."""
        body, _, sound = self._said(request)
        fault = self.fault(request, ("truncated_media", "wrong_media", "no_alignment", "normalized"))
        kind = fault.kind if fault else ""
        sound = {"truncated_media": sound[: len(sound) // 4 * 2], "wrong_media": b"<!doctype html>"}.get(kind, sound)
        times = _timed(body["text"], media.speaking_time(body["text"], _speed(body)))
        other = _timed(f"ahem {body['text']}", media.speaking_time(body["text"], _speed(body)))
        answer = {
            "audio_base64": base64.b64encode(sound).decode(),
            "alignment": None if kind in ("no_alignment", "normalized") else times,
            "normalized_alignment": None if kind == "no_alignment" else other if kind == "normalized" else times,
        }
        return as_json(answer, **self._cost(body))

    def _said(self, request: Request) -> tuple[dict[str, Any], str, bytes]:
        """The body, the form of the sound, the sound; billed."""
        body = request.json()
        check(body, SPEECH, status=422, code="value_error")
        model = body.get("model_id", "eleven_multilingual_v2")
        if model not in LONGEST:
            raise Trouble(400, "A model with that ID does not exist", "model_not_found", shape="legacy")
        if request.found["voice"] not in self.voices:
            raise Trouble(400, "A voice with that ID was not found.", "voice_not_found", shape="legacy")
        if len(body["text"]) > LONGEST[model]:
            raise Trouble(400, f"The text has {len(body['text'])} characters", "max_character_limit_exceeded", shape="legacy")  # fmt: skip
        if model == "eleven_v3" and {"previous_text", "next_text", "previous_request_ids"} & body.keys():
            raise Trouble(400, "Request stitching is not available for this model", "unsupported_parameter")
        form, rate = _format(request)
        sound = media.sound(media.speaking_time(body["text"], _speed(body)), form, rate)
        body["id"] = self.new_id("req-")
        self.charge(body["id"], model, "characters", len(body["text"]))
        return body, form, media.remember(sound, body["text"])

    def _cost(self, body: dict[str, Any]) -> dict[str, str]:
        credits = Decimal(len(body["text"])) / (2 if body.get("model_id") in HALF else 1)
        return {"request-id": body["id"], "character-cost": f"{credits:g}", "current-concurrent-requests": "1"}

    @route("POST", "/v1/forced-alignment")
    def align(self, request: Request) -> Reply:
        fields, files = request.form()
        if set(fields) != {"text"} or set(files) != {"file"}:
            raise Trouble(422, "Field required", "missing", param="text" if "text" not in fields else "file")
        said = fields["text"][0]
        times = _timed(said, seconds_of(files["file"][0].data))
        characters = [{"text": c, "start": s, "end": e} for c, s, e in zip(*times.values(), strict=True)]
        words = [{**word, "loss": 0.1} for word in _words(characters)]
        return as_json({"characters": characters, "words": words, "loss": 0.1})

    # -- sound and music ----------------------------------------------------------------------------
    @route("POST", "/v1/sound-generation")
    def sound(self, request: Request) -> Reply:
        body = request.json()
        check(body, SOUND, status=422, code="value_error")
        form, rate = _format(request)
        seconds = body.get("duration_seconds", 4.0)
        data = media.sound(seconds, form, rate)
        id = self.new_id("req-")
        self.charge(id, "eleven_text_to_sound_v2", "seconds", seconds)
        reply = self.spoilt(request, data, media.TYPES[form])
        reply.headers |= {"request-id": id, "character-cost": f"{Decimal(str(seconds)) * 40:f}"}
        return reply

    @route("POST", "/v1/music")
    def music(self, request: Request) -> Reply:
        body = request.json()
        check(body, MUSIC, status=422, code="value_error")
        if "in the style of" in body["prompt"].casefold():
            raise Trouble(400, "The prompt names what we may not imitate", "bad_prompt", shape="legacy")
        form, rate = _format(request)
        seconds = body.get("music_length_ms", 10_000) / 1000
        id = self.new_id("song-")
        self.charge(id, body.get("model_id", "music_v1"), "seconds", seconds)
        reply = self.spoilt(request, media.sound(seconds, form, rate), media.TYPES[form])
        reply.headers |= {"song-id": id}
        return reply

    # -- voices -----------------------------------------------------------------------------------
    @route("GET", "/v2/voices")
    def listed(self, request: Request) -> Reply:
        size = int(request.query.get("page_size", ["10"])[0])
        if not 1 <= size <= 100:
            raise Trouble(422, "page_size must be 1 to 100", "less_than_equal", param="page_size")
        first = int(request.query.get("next_page_token", ["0"])[0])
        rows = list(self.voices.values())
        more = first + size < len(rows)
        token = str(first + size) if more else None
        return as_json({"voices": rows[first : first + size], "has_more": more, "total_count": len(rows), "next_page_token": token})  # fmt: skip

    @route("GET", "/v1/voices")
    def all_voices(self, request: Request) -> Reply:
        return as_json({"voices": list(self.voices.values())})

    @route("POST", "/v1/voices/add")
    def add(self, request: Request) -> Reply:
        fields, files = request.form()
        unknown = (set(fields) | set(files)) - {"name", "files", "remove_background_noise", "description", "labels"}
        if unknown or "name" not in fields or not files.get("files"):
            raise Trouble(422, "Field required", "missing", param=min(unknown, default="files"))
        if sum(one["category"] == "cloned" for one in self.voices.values()) >= MOST_VOICES:
            raise Trouble(400, "You have reached your maximum amount of custom voices", "voice_limit_reached", shape="legacy")  # fmt: skip
        data = files["files"][0].data
        if seconds_of(data) < 1:
            raise Trouble(400, "The audio is too short", "invalid_audio", shape="legacy")
        id = self.new_id("clone")
        self.voices[id] = _voice(id, fields["name"][0], "", "", "cloned")
        self.samples[id] = data
        return as_json({"voice_id": id, "requires_verification": False})

    @route("DELETE", "/v1/voices/(?P<voice>[^/]+)")
    def delete(self, request: Request) -> Reply:
        if self.voices.pop(request.found["voice"], None) is None:
            raise Trouble(400, "A voice with that ID was not found.", "voice_not_found", shape="legacy")
        self.samples.pop(request.found["voice"], None)
        return as_json({"status": "ok"})

    @route("GET", "/v1/models")
    def models(self, request: Request) -> Reply:
        rows = [
            {
                "model_id": model, "name": model, "can_do_text_to_speech": True, "can_be_finetuned": False,
                "languages": [{"language_id": "en", "name": "English"}, {"language_id": "de", "name": "German"}],
                "maximum_text_length_per_request": longest,
                "model_rates": {"character_cost_multiplier": 0.5 if model in HALF else 1.0},
                "concurrency_group": "standard",
            }
            for model, longest in LONGEST.items()
        ]  # fmt: skip
        return Reply(200, json.dumps(rows).encode())

    @route("GET", "/v1/user/subscription")
    def subscription(self, request: Request) -> Reply:
        used = sum(int(row.units) for row in self.bill.rows if row.unit == "characters")
        return as_json({"tier": "creator", "character_count": used, "character_limit": 121_000, "voice_limit": MOST_VOICES, "status": "active"})  # fmt: skip


_TYPES = {
    400: "validation_error", 401: "authentication_error", 402: "payment_required", 403: "authorization_error",
    404: "not_found", 409: "conflict", 429: "rate_limit_error", 503: "service_unavailable",
}  # fmt: skip


def _voice(id: str, name: str, sex: str, accent: str, category: str = "premade") -> dict[str, Any]:
    labels = {"gender": sex, "accent": accent, "language": "en", "age": "middle_aged"} if sex else {}
    return {
        "voice_id": id,
        "name": name,
        "category": category,
        "labels": labels,
        "preview_url": None,
        "description": None,
    }


def _format(request: Request) -> tuple[str, int]:
    """Form and samples a second."""
    asked = request.query.get("output_format", ["mp3_44100_128"])[0]
    if asked in DEARER:
        raise Trouble(403, "Your plan does not have this output format", "output_format_not_allowed", shape="legacy")
    if asked not in FORMATS or set(request.query) - {"output_format", "enable_logging", "optimize_streaming_latency"}:
        raise Trouble(422, "Input should be one of the output formats", "enum", param="output_format")
    form, rate = asked.split("_")[:2]
    return form, int(rate)


def _speed(body: dict[str, Any]) -> float:
    return float(body.get("voice_settings", {}).get("speed", 1.0))


def _timed(said: str, seconds: float) -> dict[str, list[Any]]:
    """Three columns of equal length, an entry a character, the first after a breath."""
    breath = min(0.05, seconds / 10)
    step = (seconds - 2 * breath) / max(1, len(said))
    edges = [round(breath + at * step, 3) for at in range(len(said) + 1)]
    return {
        "characters": list(said),
        "character_start_times_seconds": edges[:-1],
        "character_end_times_seconds": edges[1:],
    }


def _words(characters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    open = False
    for one in characters:
        if one["text"].isspace():
            open = False
        elif open:
            found[-1] = {"text": found[-1]["text"] + one["text"], "start": found[-1]["start"], "end": one["end"]}
        else:
            found.append(dict(one))
            open = True
    return found

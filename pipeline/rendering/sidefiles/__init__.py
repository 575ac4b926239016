"""What is delivered beside the film: captions, chapters, poster, transcript and credits. Text in, text out."""

from .chapters import chapters_text
from .credits import Credit, credits_json
from .poster import poster
from .srt import srt
from .transcript import Scene, Stretch, Transcript, TranscriptChapter, transcript_html
from .vtt import vtt

__all__ = [
    "Credit",
    "Scene",
    "Stretch",
    "Transcript",
    "TranscriptChapter",
    "chapters_text",
    "credits_json",
    "poster",
    "srt",
    "transcript_html",
    "vtt",
]

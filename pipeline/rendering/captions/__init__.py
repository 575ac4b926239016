"""Captions: words into cues, cues into states, states onto the picture."""

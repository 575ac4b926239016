"""How loud each voice is by itself, so that a narrator and those who answer sound from one room."""

from __future__ import annotations

from pipeline.providers.base import Voice

TARGET = -20.0  # dB below full scale, of the stretches that are speech
MOST = 8.0  # dB that a voice is moved
# Measured on one sentence a voice: root mean square of its 20 ms frames above -40 dB.
MEASURED = """af_alloy -20.1; af_aoede -16.8; af_bella -19.5; af_heart -21.0; af_jessica -21.1; af_kore -17.3; af_nicole
    -20.0; af_nova -24.5; af_river -20.4; af_sarah -19.2; af_sky -21.8; am_adam -17.1; am_echo -20.4; am_eric -19.9;
    am_fenrir -18.1; am_liam -20.5; am_michael -22.5; am_onyx -21.2; am_puck -17.8; am_santa -21.2; bf_alice -19.2;
    bf_emma -18.9; bf_isabella -16.1; bf_lily -19.7; bm_daniel -20.1; bm_fable -21.3; bm_george -19.8; bm_lewis
    -21.4; ef_dora -22.6; em_alex -22.1; em_santa -22.0; ff_siwis -18.6; hf_alpha -14.5; hf_beta -16.5; hm_omega
    -15.4; hm_psi -16.8; if_sara -13.8; im_nicola -18.0; pf_dora -22.7; pm_alex -22.1; pm_santa -22.3
    joe -22.3"""
ENGINES = {"pico": -10.3, "espeak": -20.0}
ROWS = MEASURED.replace(";", " ").split()
LEVELS = dict(zip(ROWS[::2], map(float, ROWS[1::2]), strict=True))


def gain_of(voice: Voice) -> float:
    """Decibels that bring the voice to TARGET."""
    level = LEVELS.get(voice.id, ENGINES.get(voice.engine, TARGET))
    return round(max(-MOST, min(MOST, TARGET - level)), 1)

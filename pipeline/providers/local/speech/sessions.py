"""ONNX models as one-thread sessions: several processes of one thread do more than one process of several."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.providers.local.host.server import Missing


def session(path: Path) -> Any:
    """Tiny numbers count as zero: a voice fading out makes many, and they are slow."""
    try:
        import onnxruntime
    except ModuleNotFoundError:
        raise Missing("onnxruntime is not installed (pip install onnxruntime)") from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

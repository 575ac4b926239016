"""Heavy models in processes of their own: started on demand, shared by every worker of the machine, ended when idle.

One model slot is one process behind one Unix socket. Whoever speaks to a slot holds its file lock, so a slot is started
once, serves one request at a time, and a dead client frees it; the kernel keeps the books and no supervisor is needed.
"""

from __future__ import annotations

from pipeline.providers.local.host.client import HostFault, PartMissing, ask, status, stop
from pipeline.providers.local.host.registry import slots

__all__ = ["HostFault", "PartMissing", "ask", "slots", "status", "stop"]

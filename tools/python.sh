#!/bin/sh
# Prints the Python that runs the bootstrap: the environment's own, else a 3.11 on PATH, else uv's.
[ -x .venv/bin/python3.11 ] && echo .venv/bin/python3.11 && exit
is_311() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1; }
for name in $PYTHON python3.11 python3 python; do
  is_311 "$name" && command -v "$name" && exit
done
if command -v uv >/dev/null 2>&1; then
  uv python find -q 3.11 2>/dev/null && exit
  uv python install -q 3.11 >&2 && uv python find -q 3.11 && exit
fi
echo "LitinkAI needs Python 3.11. Install it (or uv, which brings it), then say the same make again." >&2
exit 2

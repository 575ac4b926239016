"""`make fakes`: all fakes, until Ctrl-C, and the settings with which the site uses them."""

from __future__ import annotations

import argparse
import signal
from threading import Event

from tests.fakes import FAKES, fake


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes", description=__doc__)
    parser.add_argument("vendors", nargs="*", metavar="VENDOR", help=f"of {', '.join(FAKES)}; all when none is named")
    parser.add_argument("--port", type=int, default=8600, help="of the first; the others follow (8600)")
    parser.add_argument("--fault-rate", type=float, default=0.0, help="share of requests that fail, 0 to 1 (0)")
    parser.add_argument("--seed", type=int, default=1, help="which of them do (1)")
    options = parser.parse_args()
    if unknown := set(options.vendors) - set(FAKES):
        parser.error(f"no fake for {', '.join(sorted(unknown))}")
    vendors = options.vendors or list(FAKES)
    running = [fake(vendor, options.port + list(FAKES).index(vendor)).start() for vendor in vendors]
    if options.fault_rate:
        for one in running:
            one.faults.plan(options.seed, rate=options.fault_rate)
    print("# Paste this, then `make serve`. Ctrl-C ends the fakes.", flush=True)
    for one in running:
        print(f"export {one.env_url}={one.url} {one.env_key}={one.key}", flush=True)
    _until_told()
    for one in running:
        print(f"# {one.name}: {len(one.requests)} requests, {one.bill.total} USD", flush=True)
        one.stop()


def _until_told() -> None:
    done = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    done.wait()


if __name__ == "__main__":
    main()

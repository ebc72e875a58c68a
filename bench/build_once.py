"""One build in a process of its own, so that its memory can be told: ``-m bench.build_once PROJECT RELEASES``."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from clustergraph.building import build

if __name__ == "__main__":
    built = build(Path(sys.argv[1]), Path(sys.argv[2]))
    # Linux counts the largest set of resident pages in units of 1024 bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"steps": built.seconds, "peak": peak, "release": built.release.id, "reused": built.reused}))

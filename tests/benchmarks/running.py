"""The command, run as users run it, with what it costs."""

from __future__ import annotations

import subprocess
import sys
from typing import NamedTuple

_SCRIPT = """
import resource, subprocess, sys, time
began = time.monotonic()
subprocess.run([sys.executable, "-m", "bulletinnlp", *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL)
print(time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


class Cost(NamedTuple):
    """Seconds by the clock, and the megabytes of the largest of the command's processes."""

    seconds: float
    megabytes: float


def command(*arguments: object) -> Cost:
    """Run `bulletinnlp` with these arguments. Raises CalledProcessError if it fails; its `stderr` says why."""
    script = [sys.executable, "-c", _SCRIPT, *map(str, arguments)]
    done = subprocess.run(script, check=True, capture_output=True, text=True)
    seconds, kilobytes = done.stdout.split()
    return Cost(float(seconds), float(kilobytes) / 1024)

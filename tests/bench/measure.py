"""Whole processes and calls, measured in turn so that a drifting machine hits both sides alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = str(Path(tempfile.gettempdir()) / "deskpulse-bench-bytecode")


@dataclass(frozen=True)
class Ratio:
    """Ours against bare, pair by pair; `limit` is what was promised."""

    name: str
    ours: list[float]
    bare: list[float]
    limit: float
    unit: str = "CPU s"

    @property
    def median(self) -> float:
        return statistics.median(a / b for a, b in zip(self.ours, self.bare, strict=True))

    def __str__(self) -> str:
        kept = "kept" if self.median <= self.limit else "BROKEN"
        return (
            f"{self.name:44} ours {statistics.median(self.ours):7.3f} {self.unit}  bare {statistics.median(self.bare):7.3f} "
            f"{self.unit}  ratio {self.median:5.2f}  promised {self.limit:.2f}  {kept}"
        )


def process(*command: str) -> tuple[float, int]:
    """CPU seconds and peak memory (MB) of one run of `python ...`."""
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": CACHE}  # as wherever something is installed to stay
    environment = os.environ | compiled
    started = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise RuntimeError(f"{command} failed with {started.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def clock(call: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun

"""What processes use while something is measured: memory at its highest, and processor time."""

import contextlib
import os
import platform
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

_TICKS = os.sysconf("SC_CLK_TCK")
_LOOK_SECONDS = 0.1


@dataclass
class Use:
    """Processor seconds, and MB at the highest: of all processes together, and of the largest."""

    cpu_seconds: float = 0.0
    pss_mb: float = 0.0
    largest_pss_mb: float = 0.0
    largest_rss_mb: float = 0.0

    def and_then(self, later: "Use") -> "Use":
        """Give this and what was used later as one: times add up, of memory the highest counts."""
        return Use(
            self.cpu_seconds + later.cpu_seconds,
            max(self.pss_mb, later.pss_mb),
            max(self.largest_pss_mb, later.largest_pss_mb),
            max(self.largest_rss_mb, later.largest_rss_mb),
        )


class Watch:
    """Looks at a server's process and all its children from enter to exit; `use` holds what was seen."""

    def __init__(self, *roots: int) -> None:
        self.use = Use()
        self._roots = roots
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)
        self._cpu_before = 0.0

    def __enter__(self) -> "Watch":
        for pid in family(self._roots):
            with contextlib.suppress(OSError):
                Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
        self._cpu_before = cpu_seconds(self._roots)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.use.cpu_seconds = cpu_seconds(self._roots) - self._cpu_before
        self._over.set()
        self._thread.join()
        self._look()
        self.use.largest_rss_mb = max(
            (_kilobytes(pid, "status", "VmHWM") / 1024 for pid in family(self._roots)), default=0.0
        )

    def _look_on(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            self._look()

    def _look(self) -> None:
        sizes = [_kilobytes(pid, "smaps_rollup", "Pss") / 1024 for pid in family(self._roots)]
        self.use.pss_mb = max(self.use.pss_mb, sum(sizes))
        self.use.largest_pss_mb = max([self.use.largest_pss_mb, *sizes])


def family(roots: tuple[int, ...]) -> list[int]:
    """The processes and all their children."""
    found: list[int] = []
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for task in _tasks(pid):
            waiting += [int(child) for child in _read(pid, f"task/{task}/children").split()]
    return found


def cpu_seconds(roots: tuple[int, ...]) -> float:
    """Processor time that the processes have used so far, with that of children that have ended."""
    ticks = 0
    for pid in family(roots):
        fields = _read(pid, "stat").rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:15]))
    return ticks / _TICKS


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = re.search(r"MemTotal: +(\d+)", Path("/proc/meminfo").read_text(encoding="ascii"))
    return {
        "processor": cpu[1] if cpu else platform.machine(),
        "processors": str(os.cpu_count()),
        "memory": f"{int(memory[1]) / 1024**2:.0f} GiB" if memory else "",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _tasks(pid: int) -> list[str]:
    try:
        return [task.name for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:  # it has ended meanwhile
        return []


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _kilobytes(pid: int, name: str, field: str) -> int:
    found = re.search(rf"^{field}:\s+(\d+)", _read(pid, name), re.MULTILINE)
    return int(found[1]) if found else 0

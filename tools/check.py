"""All checks of the code as it stands, one after the other; each one runs, also after a fault."""

import subprocess
import sys
import time
from pathlib import Path

PROGRAMS = Path(sys.executable).parent
CHECKS = (
    ("lint", ["ruff", "check", "--quiet", "."]),
    ("format", ["ruff", "format", "--check", "--quiet", "."]),
    ("types", ["mypy", "--no-error-summary"]),
    ("imports", ["lint-imports"]),
    ("templates", ["djlint", "--quiet", "--lint", "src/kempelen/web"]),
    ("house rules", ["python", "-m", "tools.house_rules"]),
    ("reference pages", ["python", "-m", "tools.reference_pages", "--check"]),
)


def main() -> int:
    """Run the checks; 1 if one found a fault, with what it printed."""
    failed = [name for name, (program, *arguments) in CHECKS if not passes(name, program, arguments)]
    print("All checks passed." if not failed else f"Faults in: {', '.join(failed)}. `make fix` may help.")
    return 1 if failed else 0


def passes(name: str, program: str, arguments: list[str]) -> bool:
    """Whether the check finds nothing; its output is shown if it does."""
    started = time.monotonic()
    done = subprocess.run([PROGRAMS / program, *arguments], capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    print(f"{name:16} {'ok' if done.returncode == 0 else 'FAULTS'} ({seconds:.1f} s)", flush=True)
    if done.returncode:
        print(f"\n{done.stdout}{done.stderr}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())

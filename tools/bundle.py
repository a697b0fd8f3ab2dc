"""Makes the offline bundle: python -m tools.bundle

One archive with Kempelen's wheel, every wheel that it needs, and a README of three lines.  It installs on a
machine without internet that has the same kind of processor and system, and the Python it was made for.
"""

import argparse
import platform
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = """\
tar -xzf {name}.tar.gz
{python} -m venv kempelen && kempelen/bin/pip install --no-index --find-links {name}/wheels kempelen
kempelen/bin/kempelen serve
"""


def main(arguments: list[str]) -> int:
    """Make dist/kempelen-….tar.gz and print where it is."""
    options = _parser().parse_args(arguments)
    python = options.python_version or f"{sys.version_info.major}.{sys.version_info.minor}"
    machine = options.platform or f"{sys.platform}-{platform.machine()}"
    name = f"kempelen-{version('kempelen')}-python{python}-{machine}"
    archive: Path = options.out / f"{name}.tar.gz"
    with tempfile.TemporaryDirectory(prefix="kempelen-bundle-") as folder:
        wheels = Path(folder) / name / "wheels"
        wheels.mkdir(parents=True)
        _pip("wheel", "--no-deps", "--wheel-dir", wheels, ROOT)
        (own,) = wheels.glob("kempelen-*.whl")
        if options.python_version or options.platform:
            _pip("download", "--only-binary=:all:", "--dest", wheels, *_wanted(options), own)
        else:
            _pip("wheel", "--wheel-dir", wheels, own)
        (wheels.parent / "README").write_text(
            README.format(name=name, python=f"python{python}"), encoding="utf-8"
        )
        options.out.mkdir(parents=True, exist_ok=True)
        part = archive.with_suffix(".part")
        with tarfile.open(part, "w:gz") as tar:
            tar.add(wheels.parent, name)
        part.replace(archive)
        count = len(list(wheels.glob("*.whl")))
    print(f"{archive}: {count} wheels, {archive.stat().st_size / 1e6:.0f} MB")
    return 0


def _wanted(options: argparse.Namespace) -> list[str]:
    """Say to pip for which Python and platforms."""
    wanted = [f"--python-version={options.python_version}"] if options.python_version else []
    return wanted + [f"--platform={options.platform}"] * bool(options.platform)


def _pip(verb: str, *arguments: str | Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", verb, "-qq", "--disable-pip-version-check", *arguments], check=True
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.bundle", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument(
        "--python-version", metavar="3.12", help="another Python than this one (needs a wheel of everything)"
    )
    parser.add_argument(
        "--platform", metavar="TAG", help="another platform, such as manylinux_2_28_aarch64 (as pip calls it)"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="FOLDER")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

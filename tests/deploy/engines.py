"""What builds and runs images: Docker where its engine runs, else Buildah on a base made by debootstrap."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parents[2]
IMAGE = "kempelen-under-test"
_SUITE = "bookworm"


class Engine(Protocol):
    """Builds the image, and runs it as a container of this name; `docker` is its command for the scripts."""

    docker: str

    def build(self) -> None:
        """Build the image."""

    def run(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        """Start a container, with another command than the image's own if one is given."""

    def remove(self, name: str) -> None:
        """End the container and forget it."""


class Docker:
    """Docker's own engine, with the base image that the Dockerfile names."""

    docker = "docker"

    def build(self) -> None:
        """Build the image."""
        _check(["docker", "build", "--quiet", "--tag", IMAGE, str(ROOT)])

    def run(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        """Start a container on the machine's own network."""
        return subprocess.Popen(["docker", "run", "--network", "host", "--name", name, IMAGE, *command])

    def remove(self, name: str) -> None:
        """End the container and forget it."""
        _check(["docker", "rm", "--force", "--volumes", name])


class Buildah:
    """Buildah in a chroot: needs root, debootstrap and the package archive, but no engine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = os.environ | {"BUILDAH_ISOLATION": "chroot", "STORAGE_DRIVER": "vfs"}
        self.docker = str(folder / "docker")
        command = 'shift 2; name=$1; shift; exec buildah run --network host "$name" -- "$@"'
        exports = "export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs"
        Path(self.docker).write_text(f"#!/bin/sh\n{exports}\n{command}\n")
        Path(self.docker).chmod(0o755)

    def build(self) -> None:
        """Make a base image, and build the image on it."""
        packages = "python3,python3-venv,ca-certificates"
        base = self._folder / "base"
        _check(["debootstrap", "--variant=minbase", f"--include={packages}", _SUITE, str(base)])
        (self._folder / "Base").write_text("FROM scratch\nCOPY base /\n")
        self._do("bud", "--quiet", "--file", str(self._folder / "Base"), "--tag", "base", str(self._folder))
        shutil.rmtree(base)
        # This machine's certificates: what it trusts to install from, the build trusts.
        certificates = "/etc/ssl/certs:/etc/ssl/certs:ro"
        options = ["--format", "docker", "--network", "host", "--volume", certificates, "--tag", IMAGE]
        self._do("bud", "--quiet", "--build-arg", "BASE=localhost/base", *options, str(ROOT))

    def run(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        """Start a container on the machine's own network; Buildah leaves it to us to name the entry point."""
        self._do("from", "--name", name, IMAGE)
        own = ("serve", "--host", "0.0.0.0", "--port", "8080")
        words = ["buildah", "run", "--network", "host", name, "--", "kempelen", *(command or own)]
        return subprocess.Popen(words, env=self._environment)

    def remove(self, name: str) -> None:
        """Forget the container."""
        self._do("rm", name)

    def _do(self, *words: str) -> None:
        _check(["buildah", *words], self._environment)


def engine(folder: Path) -> Engine:
    """Give what this machine has."""
    if shutil.which("docker"):
        asked = subprocess.run(["docker", "info"], capture_output=True, check=False)
        if asked.returncode == 0:
            return Docker()
    missing = [program for program in ("buildah", "debootstrap") if not shutil.which(program)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _check(["apt-get", "update"])
        _check(["apt-get", "install", "--yes", "--no-install-recommends", *missing])
    return Buildah(folder)


def _check(command: Sequence[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-4000:]}"

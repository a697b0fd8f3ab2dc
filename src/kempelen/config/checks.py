"""What a server that strangers reach still lacks; each finding ends with its remedy."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core import checks as django_checks
from django.db import connection

from kempelen.config import data_folder, env, schema
from kempelen.config.data_folder import Unusable
from kempelen.domain import clock, sealing, stored_files
from kempelen.domain.actions import access_keys, clock_following

# Ours say the same in words that fit, or TLS and its headers are the proxy's work.
_SAID_BY_OURS = {"security.W004", "security.W008", "security.W012", "security.W016", "security.W021"}
_UPLOADS = [data_folder.UPLOADS, data_folder.FILES]
# Frames are refused by our Content-Security-Policy.
_HELD_OTHERWISE = {"security.W002", "security.W019"}


@dataclass(frozen=True)
class Finding:
    """Something to repair: an error stops people, a warning is a risk or a lack."""

    is_error: bool
    text: str


def findings() -> list[Finding]:
    """Everything to repair, errors first."""
    found = [finding for check in _CHECKS for finding in check()]
    return sorted(found, key=lambda finding: not finding.is_error)


def _address() -> Iterator[Finding]:
    url = urlsplit(settings.KEMPELEN_URL)
    if not settings.KEMPELEN_URL:
        yield _warning("KEMPELEN_URL is not set: mails cannot link here. Set it to https:// and your host.")
    elif url.scheme != "https":
        yield _warning(
            f"KEMPELEN_URL is {settings.KEMPELEN_URL}: passwords and cookies go unencrypted. Put a "
            "proxy with TLS in front and set KEMPELEN_URL to its https:// address."
        )
    elif not settings.KEMPELEN_TRUSTED_PROXIES:
        yield _warning(
            "KEMPELEN_TRUSTED_PROXIES is not set: whoever ends TLS for KEMPELEN_URL is not believed, and "
            "every visitor seems to come from its address. Set it to the proxy's address, such as 127.0.0.1."
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield _warning("KEMPELEN_ALLOWED_HOSTS is *: links can be forged to point elsewhere. Name the hosts.")


def _content_origin() -> Iterator[Finding]:
    """Task pages that have storage of their own need hosts that share nothing with ours."""
    content, url = urlsplit(settings.KEMPELEN_CONTENT_ORIGIN), urlsplit(settings.KEMPELEN_URL)
    if not content.hostname or content.hostname == "*.localhost":
        return
    shown = settings.KEMPELEN_CONTENT_ORIGIN
    if not url.hostname:
        yield _warning(f"KEMPELEN_CONTENT_ORIGIN is {shown}, but KEMPELEN_URL is not set. Set it too.")
        return
    if content.scheme != url.scheme:
        yield _error(
            f"KEMPELEN_CONTENT_ORIGIN is {shown}, but KEMPELEN_URL begins with {url.scheme}: browsers will "
            f"not show its frames. Use {url.scheme} for both."
        )
    if _last_names(content.hostname) == _last_names(url.hostname):
        yield _warning(
            f"KEMPELEN_CONTENT_ORIGIN is {shown}, under the same domain as KEMPELEN_URL: tasks can "
            "set cookies for that domain, and send requests that browsers take for ours. Use another domain."
        )


def _last_names(host: str) -> list[str]:
    """The domain that a host was probably registered under; nobody but a list of all suffixes knows."""
    return host.split(".")[-2:]


def _mode() -> Iterator[Finding]:
    """A public server should have been told which of MTurk's two it is."""
    if settings.KEMPELEN_URL and not env.MODE.is_set_in(os.environ):
        yield _warning(
            "KEMPELEN_MODE is not set: programs see MTurk's sandbox. Set it to production if the work here "
            "is real, or to sandbox if that is meant."
        )
    if "*" in settings.KEMPELEN_API_CORS_ORIGINS:
        yield _warning(
            "KEMPELEN_API_CORS_ORIGINS is *: scripts of any page may use keys that they have got hold of. "
            "Name the origins."
        )


def _clock() -> Iterator[Finding]:
    """A production server has the world's time, whatever its database was used for before."""
    if settings.KEMPELEN_MODE == "sandbox" or not schema.exists() or not schema.is_current():
        return
    course, now = clock_following.truth(), clock.real_now()
    if course is not None and course.at(now) > now:
        yield _error(
            "The clock of this database was moved while it was a sandbox: what has happened there lies in "
            f"the future, up to {course.at(now):%Y-%m-%d}. Use an empty database, or KEMPELEN_MODE=sandbox."
        )


def _access_keys() -> Iterator[Finding]:
    """Secrets of keys are encrypted; with another secret key of the server they are lost."""
    if not schema.exists() or not schema.is_current():
        return
    lost = sum(not sealing.can_open(key.secret) for key in access_keys.working())
    if lost:
        yield _error(
            f"The secrets of {lost} access keys were encrypted with another KEMPELEN_SECRET_KEY: they do not "
            "work. Add that one to KEMPELEN_SECRET_KEY_FALLBACKS, or revoke them and make new ones."
        )


def _people() -> Iterator[Finding]:
    if not settings.KEMPELEN_SENDS_MAIL:
        yield _warning(
            "KEMPELEN_EMAIL_URL is not set: who forgets a password cannot get in by themselves, and messages "
            "to workers are on their pages only. Set it, or hand out links with kempelen login-link."
        )
    if settings.KEMPELEN_SIGNUP == "open" and settings.KEMPELEN_URL:
        yield _warning(
            "KEMPELEN_SIGNUP is open: anybody can make an account and work. If that is not meant, set it to "
            "invite or closed."
        )


def _notifications() -> Iterator[Finding]:
    """A key is of no use without its secret."""
    names = "KEMPELEN_NOTIFICATION_ACCESS_KEY_ID", "KEMPELEN_NOTIFICATION_SECRET_ACCESS_KEY"
    missing = [name for name in names if not getattr(settings, name)]
    if len(missing) == 1:
        yield _error(
            f"{missing[0]} is not set, so that no notification can be sent. Set both of {names[0]} "
            f"and {names[1]}, or neither."
        )


def _folder() -> Iterator[Finding]:
    folder: Path = settings.KEMPELEN_DATA_DIR
    if not data_folder.is_begun(folder):
        yield _error(data_folder.none_yet(folder))
        return
    for path in (folder, folder / data_folder.SECRET_KEY, folder / data_folder.DATABASE):
        if path.exists() and path.stat().st_mode & 0o077 and not _is_sheltered(path, folder):
            yield _warning(f"Other users of this machine can read {path}. Run: chmod go-rwx {path}")


def _is_sheltered(path: Path, folder: Path) -> bool:
    """Whether the folder itself keeps others out."""
    return path != folder and not folder.stat().st_mode & 0o077


def _database() -> Iterator[Finding]:
    if not schema.exists() and not data_folder.is_begun(settings.KEMPELEN_DATA_DIR):
        return  # looking would make the file
    try:
        schema.check_versions()
        schema.refuse_newer_database()
        if not schema.is_current():
            yield _error("The database is not up to date. Run: kempelen migrate, or start the server.")
    except Unusable as problem:
        yield _error(str(problem))
        return
    if connection.vendor == "sqlite" and _is_on_network(settings.KEMPELEN_DATA_DIR):
        yield _error(
            f"{settings.KEMPELEN_DATA_DIR} is on a network file system, where SQLite can be damaged. Use a "
            "local disk, or PostgreSQL with KEMPELEN_DATABASE_URL."
        )


def _is_on_network(folder: Path) -> bool:
    """Whether Linux says so; elsewhere nobody knows."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return False
    holding = [mount for mount in mounts if folder.is_relative_to(mount[1])]
    kind = max(holding, key=lambda mount: len(mount[1]))[2] if holding else ""
    return kind in {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"}


def _several_servers() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        return
    folder = settings.KEMPELEN_DATA_DIR
    if not env.SECRET_KEY.is_set_in(os.environ):
        yield _warning(
            "KEMPELEN_SECRET_KEY is not set: several servers on one database need the same. Give each what "
            f"{folder / data_folder.SECRET_KEY} holds, or run only one."
        )
    yield _warning(
        f"Uploaded files are kept in {_own_folders(folder)}: several servers on one database need a "
        "folder there that they share. Mount one, or run only one."
    )


def _own_folders(folder: Path) -> str:
    """Name the folders with uploads; without a bucket, those of workers are among them."""
    names = [data_folder.UPLOADS] if env.FILES_BUCKET.is_set_in(os.environ) else _UPLOADS
    return " and ".join(str(folder / name) for name in names)


def _bucket() -> Iterator[Finding]:
    """Workers' files must be storable before the first worker sends one."""
    if not env.FILES_BUCKET.is_set_in(os.environ):
        return
    storage: Any = stored_files.storage()
    try:
        storage.connection.meta.client.head_bucket(Bucket=storage.bucket_name)
    except (BotoCoreError, ClientError) as error:
        yield _error(
            f"The bucket of KEMPELEN_FILES_BUCKET cannot be used: {error}. Make it, and look at "
            "KEMPELEN_FILES_ENDPOINT_URL, KEMPELEN_FILES_REGION and the access key."
        )


def _environment() -> Iterator[Finding]:
    for sentence in env.unknown_names(os.environ):
        yield _warning(sentence)


def _django() -> Iterator[Finding]:
    for message in django_checks.run_checks(include_deployment_checks=True):
        if message.id not in _SAID_BY_OURS | _HELD_OTHERWISE:
            hint = f" {message.hint}" if message.hint else ""
            yield Finding(message.level >= django_checks.ERROR, f"{message.msg}{hint} ({message.id})")


def _error(text: str) -> Finding:
    return Finding(True, text)


def _warning(text: str) -> Finding:
    return Finding(False, text)


_CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _database,
    _folder,
    _address,
    _content_origin,
    _mode,
    _clock,
    _access_keys,
    _people,
    _notifications,
    _several_servers,
    _bucket,
    _environment,
    _django,
)

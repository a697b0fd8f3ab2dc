"""Where results go: a file that takes its name when it is whole, the terminal, a pipe, or an object in S3."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import boto3
from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError

from kempelen.toolkit import databases
from kempelen.toolkit.troubles import Trouble

STDOUT = "-"
S3 = "s3://"


def check(place: str, table: str) -> None:
    """Refuse a place that cannot be written to, before anything is fetched."""
    if databases.is_database(place):
        databases.check(place, table)
    elif place.startswith(S3):
        _bucket_and_key(place)
    elif place != STDOUT and not _is_stream(Path(place)):
        _check_file(place)


@contextmanager
def opened(place: str) -> Iterator[BinaryIO]:
    """Open the terminal, a pipe, a file that takes its name when it is whole, or what is then sent to S3."""
    path = Path(place)
    if place == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif place.startswith(S3):
        with tempfile.TemporaryFile() as file:
            yield file
            file.seek(0)
            _send(file, place)
    elif _is_stream(path):
        with path.open("wb") as file:
            yield file
    else:
        with _replaced(path) as file:
            yield file


@contextmanager
def _replaced(path: Path) -> Iterator[BinaryIO]:
    # The name of a part has room where the file's own is as long as names can be.
    descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=".results-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        umask = os.umask(0)
        os.umask(umask)
        Path(part).chmod(0o666 & ~umask)
        Path(part).replace(path)
    finally:
        Path(part).unlink(missing_ok=True)


def _send(file: BinaryIO, place: str) -> None:
    """Send a file to S3, in parts where it is large, with the credentials that AWS's tools find."""
    bucket, key = _bucket_and_key(place)
    try:
        boto3.client("s3").upload_fileobj(file, bucket, key)
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise Trouble(
            f"{place} took nothing: {error}. S3 is called with AWS’s own credentials (AWS_PROFILE and "
            "the like) and AWS_ENDPOINT_URL_S3, not with those of the server."
        ) from error


def _bucket_and_key(place: str) -> tuple[str, str]:
    try:
        parts = urlsplit(place)
    except ValueError as error:
        raise Trouble(f"{place} is no address in S3: {error}.") from error
    key = parts.path.lstrip("/")
    if not parts.netloc or not key or key.endswith("/") or parts.query or parts.fragment:
        raise Trouble(f"{place} is no address in S3. Write s3://BUCKET/FILE.csv, or .jsonl.")
    return parts.netloc, key


def _check_file(place: str) -> None:
    path = Path(place)
    if path.is_dir():
        raise Trouble(f"{place} is a folder. Name a file in it: -o {path / 'results.csv'}")
    if not path.parent.is_dir():
        raise Trouble(f"{place}: there is no folder {path.parent}. Make it first.")
    if not os.access(path.parent, os.W_OK):
        raise Trouble(f"{place}: nothing can be written to {path.parent}. Name another place with -o.")


def _is_stream(path: Path) -> bool:
    """Tell a pipe or a device, such as /dev/stdout, from what can be replaced as a whole."""
    return path.exists() and not path.is_file() and not path.is_dir()

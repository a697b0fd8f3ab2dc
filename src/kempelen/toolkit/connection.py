"""The endpoint that a command speaks to: which one, with whose key, and how patiently."""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import botocore.session
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ProfileNotFound, UnknownServiceError

from kempelen.aws import model_folder
from kempelen.toolkit import profiles
from kempelen.toolkit.profiles import Profile
from kempelen.toolkit.troubles import Refused, Trouble, Unreachable, told

SERVICE = "mturk"
_TIME = "x-kempelen-time"
_AMAZON = ".amazonaws.com"
_REGION = "us-east-1"
AT_ONCE = 8
# As AWS advises: back off exponentially with jitter, and slow down by what the server refuses.
_PATIENT = {"mode": "adaptive", "total_max_attempts": 8}
MOST_AT_ONCE = 32
# The environment's variable for `--endpoint-url` before a command: unlike AWS's own it goes before profiles.
ENDPOINT_URL = "KEMPELEN_ENDPOINT_URL"
_NO_ENDPOINT = (
    "Which server? Amazon’s own has closed. Name one: `kempelen profile add lab` and then `--profile lab`; "
    'or set AWS_ENDPOINT_URL_MTURK; or, on the server’s own machine, `eval "$(kempelen env)"`.'
)


# So many answers in a row that ended in their middle are as good as none.
_MOST_HALVES = 8


class HalfAnswer(Exception):
    """An answer was shorter than it said it would be, which boto3 takes for one with members missing."""


@dataclass(frozen=True)
class Keys:
    """The access key with which calls are signed; what is secret in it is never shown."""

    access_key: str
    secret_key: str = field(repr=False)
    token: str = field(default="", repr=False)


class Connection:
    """A client of one MTurk endpoint, safe to be used by several threads."""

    def __init__(self, client: Any, find_keys: Callable[[], Keys | None]) -> None:
        self._client = client
        self._find_keys = find_keys
        self.endpoint: str = client.meta.endpoint_url
        self.region: str = client.meta.region_name
        self._invocation = threading.local()
        client.meta.events.register(f"before-call.{SERVICE}", self._name_invocation)

    def keys(self) -> Keys | None:
        """Give the key that calls are signed with, if there is one."""
        with told(self.endpoint):
            return self._find_keys()

    def call(self, operation: str, **members: Any) -> dict[str, Any]:
        """Call one of MTurk's operations; raises `Refused`, or `Unreachable` after all attempts."""
        called = getattr(self._client, xform_name(operation))
        with told(self.endpoint):
            for _ in range(_MOST_HALVES):
                # Whatever is called here can be repeated: boto3 does so too when a connection breaks.
                with suppress(HalfAnswer):
                    reply: dict[str, Any] = called(**members)
                    return reply
        raise Unreachable(f"{self.endpoint} breaks off in the middle of its answers: is a proxy at fault?")

    def call_as(self, invocation: str, operation: str, **members: Any) -> dict[str, Any]:
        """Call as an invocation of this name: a server that heeds it does the same one only once.

        It is what SDKs send, with each attempt the same, as `amz-sdk-invocation-id`.
        """
        self._invocation.name = invocation
        try:
            return self.call(operation, **members)
        finally:
            del self._invocation.name

    def _name_invocation(self, params: dict[str, Any], **others: Any) -> None:
        if name := getattr(self._invocation, "name", ""):
            params["context"].setdefault("retries", {})["invocation-id"] = name

    def now(self) -> datetime:
        """Give the server's time: a sandbox whose clock was moved tells it, others have the world's."""
        headers = self.call("GetAccountBalance")["ResponseMetadata"]["HTTPHeaders"]
        told = headers.get(_TIME)
        return datetime.fromisoformat(told) if told else datetime.now(tz=UTC)

    def each(self, operation: str, member: str, **members: Any) -> Iterator[dict[str, Any]]:
        """Give what a listing operation lists, from all its pages."""
        token: dict[str, str] = {}
        while True:
            reply = self.call(operation, MaxResults=100, **token, **members)
            yield from reply.get(member, [])
            # MTurk gives a token as long as a page is not empty (mturk-api.md §2).
            if not reply.get("NextToken") or not reply.get(member):
                return
            token = {"NextToken": reply["NextToken"]}


def connect(profile: str = "", endpoint_url: str = "") -> Connection:
    """Give the connection that options, the environment, profiles and AWS's own files ask for, in that order.

    `KEMPELEN_PROFILE` stands for the option.  Amazon's own address is refused: nobody answers there.
    """
    name = profile or os.environ.get("KEMPELEN_PROFILE", "")
    own = profiles.read().get(name) if name else None
    options: dict[str, Any] = {"config": Config(**_patience(os.environ))}
    session = _session(name if own is None else "")
    if own is not None:
        options |= _options_of(own)
    if address := endpoint_url or os.environ.get(ENDPOINT_URL, ""):
        options["endpoint_url"] = address
    options.setdefault("region_name", session.region_name or _REGION)
    return _connected(session, options)


def connect_as(profile: Profile) -> Connection:
    """Give the connection of this profile; refuses an address that is none."""
    options = {"config": Config(**_patience(os.environ)), **_options_of(profile)}
    return _connected(boto3.Session(), options)


def client_with(profile: Profile) -> Any:
    """Give a boto3 client with this address and key, whatever the environment and AWS's own files say.

    It goes through no proxy: a throw-away server is on this machine.
    """
    return _client(_alone(), {"config": Config(proxies={}), **_options_of(profile)})


def connect_alone(profile: Profile) -> Connection:
    """Give the connection with this address and key, whatever else is said, as `client_with` does."""
    options = {"config": Config(proxies={}, **_patience(os.environ)), **_options_of(profile)}
    return _connected(_alone(), options)


def _alone() -> boto3.Session:
    # Else a profile that the environment names, and that may not exist, would be looked for.
    return boto3.Session(botocore_session=botocore.session.Session({"profile": (None, None, None, None)}))


def _session(name: str) -> boto3.Session:
    """Give a session with AWS's own profile of this name, if there is a name; refuses one that is not."""
    try:
        session = boto3.Session(profile_name=name or None)
        # What the environment says already keeps boto3 from looking at the profile until a client is made.
        is_there = not name or name in session.available_profiles
    except ProfileNotFound:
        is_there = False
    if not is_there:
        raise Trouble(profiles.unknown(name))
    return session


def _connected(session: boto3.Session, options: Mapping[str, Any]) -> Connection:
    client = _client(session, options)
    client.meta.events.register("before-parse", _refuse_half)
    connection = Connection(client, partial(_keys, session, options))
    if (urlsplit(connection.endpoint).hostname or "").endswith(_AMAZON):
        raise Trouble(_NO_ENDPOINT)
    return connection


def _refuse_half(response_dict: Mapping[str, Any], **_others: object) -> None:
    length = response_dict["headers"].get("Content-Length", "")
    if length.isdecimal() and len(response_dict["body"]) < int(length):
        raise HalfAnswer


def is_missing(error: Refused) -> bool:
    """Tell whether a call was refused because what it names is not there."""
    return error.code.endswith("DoesNotExist")


def _options_of(profile: Profile) -> dict[str, Any]:
    options = {"endpoint_url": profile.endpoint_url, "region_name": profile.region}
    if profile.access_key_id:
        options["aws_access_key_id"] = profile.access_key_id
        options["aws_secret_access_key"] = profile.secret_access_key
    return options


def _keys(session: boto3.Session, options: Mapping[str, Any]) -> Keys | None:
    """Give the key that a client with these options signs with, if there is one."""
    if "aws_access_key_id" in options:
        return Keys(options["aws_access_key_id"], options["aws_secret_access_key"])
    found = session.get_credentials()
    if found is None:
        return None
    frozen = found.get_frozen_credentials()
    return Keys(frozen.access_key, frozen.secret_key, frozen.token or "")


def _patience(environment: Mapping[str, str]) -> dict[str, Any]:
    """Give boto3's settings; what the environment says of retries counts."""
    waits = {"connect_timeout": 10, "read_timeout": 60, "max_pool_connections": MOST_AT_ONCE}
    if {"AWS_RETRY_MODE", "AWS_MAX_ATTEMPTS"} & set(environment):
        return waits
    return waits | {"retries": _PATIENT}


def _client(session: boto3.Session, options: Mapping[str, Any]) -> Any:
    with told(str(options.get("endpoint_url") or "the endpoint")):
        try:
            return session.client(SERVICE, **options)
        except UnknownServiceError:
            # A boto3 from after Amazon's end: it reads our model as it read its own.
            loader = session._session.get_component("data_loader")
            loader.search_paths.append(str(_own_models()))
            return session.client(SERVICE, **options)
        except ValueError as error:
            raise Trouble(f"{options.get('endpoint_url')!r} is no address of a server: {error}") from error


def _own_models() -> Path:
    folder = Path(tempfile.gettempdir()) / f"kempelen-models-{os.getuid()}"
    model_folder.install(folder, overwrites=True)
    return folder

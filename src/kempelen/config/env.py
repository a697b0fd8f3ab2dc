"""Every KEMPELEN_… variable, a row each; settings, `kempelen settings` and the docs are made from these."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from kempelen.config import hosts, readers
from kempelen.config.readers import Unfit
from kempelen.config.setting import BadSettings as BadSettings
from kempelen.config.setting import Setting as Setting

T = TypeVar("T")

DATA_DIR: Setting[Path | None] = Setting(
    "KEMPELEN_DATA_DIR",
    "folder",
    readers.folder,
    None,
    "Where the database, uploads and secrets are kept. Default: kempelen in your data home "
    "($XDG_DATA_HOME, or ~/.local/share).",
)
DATABASE_URL = Setting(
    "KEMPELEN_DATABASE_URL",
    "URL",
    readers.database_url,
    "",
    "A PostgreSQL database: postgresql://user:password@host:5432/name. Default: SQLite in the data folder.",
    secret=True,
)
URL = Setting(
    "KEMPELEN_URL",
    "URL",
    readers.own_url,
    "",
    "The server's public address, such as https://turk.example.org; used in mails and links. With a path, as "
    "in https://lab.example.org/kempelen, everything is under that path. "
    "Default: the address that the browser asked for.",
)
ALLOWED_HOSTS: Setting[list[str]] = Setting(
    "KEMPELEN_ALLOWED_HOSTS",
    "hosts",
    readers.hosts,
    [],
    "Host names that browsers may ask for, besides localhost, this machine's own name (also with .local) and "
    "addresses, host.docker.internal, and the host of KEMPELEN_URL; * for any.",
)
CONTENT_ORIGIN = Setting(
    "KEMPELEN_CONTENT_ORIGIN",
    "URL",
    readers.wildcard_origin,
    "",
    "Host names for task pages, one per requester: https://*.content.example.org. Tasks then have storage "
    "and cookies of their own. Default: task pages come from this server's own host, without any.",
)
TRUSTED_PROXIES: Setting[list[readers.Network]] = Setting(
    "KEMPELEN_TRUSTED_PROXIES",
    "networks",
    readers.networks,
    [],
    "Addresses or networks of your reverse proxies, whose X-Forwarded-… headers are believed. Default: none.",
)
SECRET_KEY = Setting(
    "KEMPELEN_SECRET_KEY",
    "text",
    readers.secret_key,
    "",
    "Signs cookies and links; the same on every node. Default: made on first start, kept in the data folder.",
    secret=True,
)
SECRET_KEY_FALLBACKS: Setting[list[str]] = Setting(
    "KEMPELEN_SECRET_KEY_FALLBACKS",
    "texts",
    readers.secret_keys,
    [],
    "Earlier values of KEMPELEN_SECRET_KEY, with blanks between them: what they signed or encrypted stays "
    "valid. Default: none.",
    secret=True,
)
MODE = Setting(
    "KEMPELEN_MODE",
    "sandbox|production",
    readers.one_of("sandbox", "production"),
    "sandbox",
    "Which of MTurk's two servers programs see. sandbox also takes calls signed for the region sandbox, "
    "ends error messages as MTurk's sandbox did, and has a clock that can be moved and trouble on demand; "
    "production refuses that region and has neither. The balance is 10000.00 in both.",
)
API_BODY_LIMIT = Setting(
    "KEMPELEN_API_BODY_LIMIT",
    "size",
    # More than this is refused before anybody knows which page it is for (cli/serving/web_server.py).
    readers.size_at_most(10 * 10**6),
    4 * 10**6,
    "The largest call that the API reads; MTurk's questions have 64 KB at most. No more than 10 MB. "
    "Default: 4 MB.",
)
API_RATE: Setting[readers.Rate | None] = Setting(
    "KEMPELEN_API_RATE",
    "rate",
    readers.rate,
    None,
    "How many calls per second each access key may make of one server process, and how many at once: 10, or "
    "10/50 for bursts of 50. More are refused with ThrottlingException, after which SDKs wait. Default: any "
    "number.",
)
API_CORS_ORIGINS: Setting[list[str]] = Setting(
    "KEMPELEN_API_CORS_ORIGINS",
    "origins",
    readers.origins,
    [],
    "Origins of web pages whose scripts may call the API, such as https://lab.example.org; * for any. "
    "Default: none.",
)
SIGNUP = Setting(
    "KEMPELEN_SIGNUP",
    "open|invite|closed",
    readers.one_of("open", "invite", "closed"),
    "open",
    "Who may make an account: anybody, who has an invitation link, or nobody.",
)
NEW_REQUESTERS = Setting(
    "KEMPELEN_NEW_REQUESTERS",
    "administrators|owners|everybody",
    readers.one_of("administrators", "owners", "everybody"),
    "administrators",
    "Who may make a new requester on the web, and own it: whoever administers the server, also those who own "
    "one already, or everybody with an account.",
)
SITE_NAME = Setting(
    "KEMPELEN_SITE_NAME",
    "text",
    readers.text,
    "Kempelen",
    "What pages and mails call this server.",
)
HEAD_FILE = Setting(
    "KEMPELEN_HEAD_FILE",
    "file",
    readers.head_file,
    "",
    "A file with <meta> and <link> elements for the head of every page of this server, but not of tasks.",
)
NOTICE_FILE = Setting(
    "KEMPELEN_NOTICE_FILE",
    "file",
    readers.text_file,
    "",
    "A file of HTML, such as a consent banner, that stands above every page until the visitor presses OK; "
    "again when the file has changed. Its scripts and styles do not run.",
)
LOGIN_DAYS = Setting(
    "KEMPELEN_LOGIN_DAYS",
    "number",
    readers.number(1, 400),
    30,
    "How many days people stay logged in on a browser, since they logged in.",
)
TIME_ZONE = Setting(
    "KEMPELEN_TIME_ZONE",
    "time zone",
    readers.time_zone,
    "UTC",
    "The zone of the times on pages. Files and the API always speak UTC.",
)
EMAIL_URL = Setting(
    "KEMPELEN_EMAIL_URL",
    "URL",
    readers.email_url,
    "",
    "Where mail goes out: smtp+tls://user:password@mail.example.org:587, smtps://… or smtp://…; console: "
    "prints it. Default: no mail is sent.",
    secret=True,
)
EMAIL_FROM = Setting(
    "KEMPELEN_EMAIL_FROM",
    "address",
    readers.text,
    "",
    "The sender of mails. Default: kempelen@ and the host of KEMPELEN_URL.",
)
NOTIFICATION_ENDPOINT_URL = Setting(
    "KEMPELEN_NOTIFICATION_ENDPOINT_URL",
    "URL",
    readers.site_url,
    "",
    "Where SQS queues and SNS topics for notifications are, if not at AWS, such as http://localhost:9324. "
    "Queue URLs of this host are then allowed, besides those of AWS.",
)
NOTIFICATION_REGION = Setting(
    "KEMPELEN_NOTIFICATION_REGION",
    "text",
    readers.text,
    "us-east-1",
    "The region of the queues at KEMPELEN_NOTIFICATION_ENDPOINT_URL. URLs and ARNs of AWS name their own.",
)
NOTIFICATION_ACCESS_KEY_ID = Setting(
    "KEMPELEN_NOTIFICATION_ACCESS_KEY_ID",
    "text",
    readers.text,
    "",
    "The access key with which notifications are sent. Default: as AWS’s tools find theirs "
    "(AWS_ACCESS_KEY_ID, AWS_PROFILE, the machine’s role).",
)
NOTIFICATION_SECRET_ACCESS_KEY = Setting(
    "KEMPELEN_NOTIFICATION_SECRET_ACCESS_KEY",
    "text",
    readers.text,
    "",
    "The secret of KEMPELEN_NOTIFICATION_ACCESS_KEY_ID.",
    secret=True,
)
TEMPLATE_LIMIT = Setting(
    "KEMPELEN_TEMPLATE_LIMIT",
    "size",
    readers.size_at_most(10 * 10**6),
    2 * 10**6,
    "The longest template, in characters. No more than 10 MB. Default: 2 MB.",
)
UPLOAD_LIMIT = Setting(
    "KEMPELEN_UPLOAD_LIMIT",
    "size",
    readers.size,
    512 * 10**6,
    "The largest file that a requester may upload. Default: 512 MB.",
)
FILE_LIMIT = Setting(
    "KEMPELEN_FILE_LIMIT",
    "size",
    readers.size,
    100 * 10**6,
    "The largest file that a worker may send with an answer. Default: 100 MB.",
)
FILES_LIMIT = Setting(
    "KEMPELEN_FILES_LIMIT",
    "size",
    readers.size,
    500 * 10**6,
    "How much all files of one assignment may have together. Default: 500 MB.",
)
FILES_BUCKET = Setting(
    "KEMPELEN_FILES_BUCKET",
    "text",
    readers.text,
    "",
    "The bucket of S3 or S3-compatible storage that keeps workers’ files; nobody else need see it. "
    "Default: they are kept in the data folder.",
)
FILES_ENDPOINT_URL = Setting(
    "KEMPELEN_FILES_ENDPOINT_URL",
    "URL",
    readers.site_url,
    "",
    "Where the storage of KEMPELEN_FILES_BUCKET is, if not at AWS, such as http://localhost:9000.",
)
FILES_REGION = Setting(
    "KEMPELEN_FILES_REGION",
    "text",
    readers.text,
    "us-east-1",
    "The region of KEMPELEN_FILES_BUCKET.",
)
FILES_ACCESS_KEY_ID = Setting(
    "KEMPELEN_FILES_ACCESS_KEY_ID",
    "text",
    readers.text,
    "",
    "The access key for KEMPELEN_FILES_BUCKET. Default: as AWS’s tools find theirs "
    "(AWS_ACCESS_KEY_ID, AWS_PROFILE, the machine’s role).",
)
FILES_SECRET_ACCESS_KEY = Setting(
    "KEMPELEN_FILES_SECRET_ACCESS_KEY",
    "text",
    readers.text,
    "",
    "The secret of KEMPELEN_FILES_ACCESS_KEY_ID.",
    secret=True,
)
S3_ADDRESS = Setting(
    "KEMPELEN_S3_ADDRESS",
    "URL",
    readers.address_in_s3,
    "",
    "Where browsers find files of S3 that Liquid templates ask for with grant_read_access, such as "
    "https://{bucket}.s3.eu-west-1.amazonaws.com/{key}. Default: addresses with s3:// stay as they are, "
    "and no browser opens them.",
)
ANONYMOUS_WORK = Setting(
    "KEMPELEN_ANONYMOUS_WORK",
    "yes or no",
    readers.yes_or_no,
    True,
    "Whether projects may be open to anybody without an account. Otherwise those ask people to log in too.",
)
NEXT_HIT_ON_SUBMIT = Setting(
    "KEMPELEN_NEXT_HIT_ON_SUBMIT",
    "yes or no",
    readers.yes_or_no,
    False,
    "Whether the next HIT of the group is accepted and shown as soon as one is submitted, "
    "unless the worker chose otherwise.",
)
LOCAL_COPIES = Setting(
    "KEMPELEN_LOCAL_COPIES",
    "yes or no",
    readers.yes_or_no,
    True,
    "Whether tasks that load well-known files from elsewhere (Bootstrap, jQuery, Font Awesome, Google Fonts) "
    "get this server's copies, so that they work without the internet: [which](local-copies.md). Projects "
    "may decline them. Amazon's own scripts always come from here.",
)
NEXT_HIT_RANDOM = Setting(
    "KEMPELEN_NEXT_HIT_RANDOM",
    "yes or no",
    readers.yes_or_no,
    False,
    "Whether new projects give out their HITs in random order, not oldest first, unless told otherwise.",
)

SETTINGS: tuple[Setting[Any], ...] = tuple(
    row for row in list(globals().values()) if isinstance(row, Setting)
)


class Values:
    """What the environment says, of each setting."""

    def __init__(self, values: dict[Setting[Any], Any]) -> None:
        self._values = values

    def __getitem__(self, setting: Setting[T]) -> T:
        value: T = self._values[setting]
        return value


def read(environment: Mapping[str, str]) -> Values:
    """Every setting's value; `BadSettings` with all problems if there are any."""
    values: dict[Setting[Any], Any] = {}
    problems = []
    for setting in SETTINGS:
        try:
            values[setting] = setting.value_in(environment)
        except Unfit as remedy:
            given = "" if setting.secret else f" is {environment.get(setting.name, '')!r}"
            problems.append(f"{setting.name}{given}: {remedy}")
    if not problems and hosts.is_under(values[URL], values[CONTENT_ORIGIN]):
        problems.append(
            f"KEMPELEN_CONTENT_ORIGIN is {values[CONTENT_ORIGIN]!r}, which covers KEMPELEN_URL: give task "
            "pages a domain that holds nothing else."
        )
    if problems:
        raise BadSettings(problems)
    return Values(values)


# What commands over the API look at; no settings of a server.
_OF_COMMANDS = {"KEMPELEN_PROFILE", "KEMPELEN_PROFILES", "KEMPELEN_ENDPOINT_URL", "KEMPELEN_ADMIN_TOKEN"}


def unknown_names(environment: Mapping[str, str]) -> list[str]:
    """A sentence for each KEMPELEN_… variable that is no setting."""
    known = (
        {setting.name for setting in SETTINGS}
        | _OF_COMMANDS
        | {f"{s.name}_FILE" for s in SETTINGS if s.secret}
    )
    sentences = []
    for name in sorted(environment):
        if name.startswith("KEMPELEN_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            sentences.append(f"{name} is not a setting and does nothing.{hint}")
    return sentences

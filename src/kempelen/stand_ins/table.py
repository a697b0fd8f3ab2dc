"""Which outside addresses local copies stand in for: one table for server, scripts and people.

Each pattern is tried on an address without its protocol and fragment, whatever the case, on hosts that
are known to carry such files; it is written so that Python and JavaScript read it alike.  The first that
fits tells the file.  All versions of a major line get its newest local one.
"""

import re
from dataclasses import dataclass
from functools import cache

from kempelen.stand_ins.libraries import BY_NAME, LIBRARIES, Library, version_of

_LONGEST = 2_000
HOSTS = "|".join(
    [
        r"s3[\w.-]{0,40}\.amazonaws\.com/mturk-public",
        r"mturk-public\.s3[\w.-]{0,40}\.amazonaws\.com",
        r"code\.jquery\.com",
        r"ajax\.(?:googleapis|aspnetcdn|microsoft)\.com",
        r"cdnjs\.cloudflare\.com",
        r"(?:cdn|fastly)\.jsdelivr\.net",
        r"unpkg\.com",
        r"(?:maxcdn|netdna|stackpath)\.bootstrapcdn\.com",
        r"(?:www\.)?getbootstrap\.com",
        r"(?:use|pro|kit)\.fontawesome\.com",
        r"cdn\.boot(?:css\.com|cdn\.net)",
        r"fonts\.googleapis\.com",
    ]
)
# Hosts that pages open connections to beforehand, for files that are then not asked for.
CONNECTED = rf"(?:https?:)?//(?:{HOSTS}|fonts\.gstatic\.com)(?:/|$)"
_END = r"(?:\?|$)"
_REST = r"(?:[.-][\w.-]*)?"  # of a version, after its first number
_CSS, _JS = rf"(?:\.min)?\.css{_END}", rf"(?:\.slim)?(?:\.min|\.pack)?\.js{_END}"


@dataclass(frozen=True)
class KnownAddress:
    """Addresses of a kind, and the file that stands in for them; `$1` in its path is the pattern's group."""

    what: str
    pattern: str
    library: str
    path: str
    example: str

    @property
    def title(self) -> str:
        """What stands in, in words."""
        return BY_NAME[self.library].title


def _versions(number: str) -> str:
    return rf"[@/]v?{number}{_REST}"


def _bootstrap(number: str, *more: str) -> str:
    ways = "|".join([rf"/(?:twitter-)?bootstrap{_versions(number)}", rf"/docs/{number}\.\d+", *more])
    return rf"(?:{ways})/(?:dist/)?"


def _jquery(number: str) -> str:
    ways = [rf"@{number}[\w.-]*$", rf"{_versions(number)}/(?:dist/)?jquery{_JS}", rf"-{number}[\w.-]*?{_JS}"]
    return rf"/jquery(?:{'|'.join(ways)})"


_BOOTSTRAP_3 = _bootstrap("3", "/bs30", "/bootstrap/latest", r"getbootstrap\.com")
_AWESOME = rf"/(?:releases/v[56]{_REST}|font-?awesome{_versions('[56]')}|fontawesome-free(?:@[56]{_REST})?)"
_AWESOME_FILES = "(all|fontawesome|solid|regular|brands|v4-shims|svg-with-js)"
_UI = rf"/(?:ui|jqueryui|jquery[.-]ui){_versions('1')}"
_BUNDLE = "js/bootstrap.bundle.min.js"

KNOWN_ADDRESSES = (
    KnownAddress(
        "styles",
        rf"{_BOOTSTRAP_3}css/(bootstrap(?:-theme)?){_CSS}",
        "bootstrap-3",
        "css/$1.min.css",
        "https://s3.amazonaws.com/mturk-public/bs30/css/bootstrap.min.css",
    ),
    KnownAddress(
        "script",
        rf"{_BOOTSTRAP_3}js/bootstrap{_JS}",
        "bootstrap-3",
        "js/bootstrap.min.js",
        "https://maxcdn.bootstrapcdn.com/bootstrap/3.3.7/js/bootstrap.min.js",
    ),
    KnownAddress(
        "icon fonts",
        rf"{_BOOTSTRAP_3}fonts/(glyphicons-halflings-regular\.\w+){_END}",
        "bootstrap-3",
        "fonts/$1",
        "https://maxcdn.bootstrapcdn.com/bootstrap/3.3.7/fonts/glyphicons-halflings-regular.woff2",
    ),
    KnownAddress(
        "styles",
        rf"{_bootstrap('4')}css/(bootstrap(?:-grid|-reboot)?){_CSS}",
        "bootstrap-4",
        "css/$1.min.css",
        "https://maxcdn.bootstrapcdn.com/bootstrap/4.0.0/css/bootstrap.min.css",
    ),
    KnownAddress(
        "script, with the Popper that it needs",
        rf"{_bootstrap('4')}js/bootstrap(?:\.bundle)?{_JS}",
        "bootstrap-4",
        _BUNDLE,
        "https://stackpath.bootstrapcdn.com/bootstrap/4.1.2/js/bootstrap.min.js",
    ),
    KnownAddress(
        "styles",
        rf"{_bootstrap('5')}css/(bootstrap(?:-grid|-reboot|-utilities)?(?:\.rtl)?){_CSS}",
        "bootstrap-5",
        "css/$1.min.css",
        "https://cdn.jsdelivr.net/npm/bootstrap@5.1.3/dist/css/bootstrap.min.css",
    ),
    KnownAddress(
        "script, with the Popper that it needs",
        rf"{_bootstrap('5')}js/bootstrap(?:\.bundle)?{_JS}",
        "bootstrap-5",
        _BUNDLE,
        "https://cdn.jsdelivr.net/npm/bootstrap@5.1.3/dist/js/bootstrap.bundle.min.js",
    ),
    KnownAddress(
        "styles",
        rf"{_bootstrap('2')}css/(bootstrap(?:-responsive|-combined)?)(?:\.no-icons)?{_CSS}",
        "bootstrap-2",
        "css/$1.min.css",
        "https://netdna.bootstrapcdn.com/twitter-bootstrap/2.3.2/css/bootstrap-combined.min.css",
    ),
    KnownAddress(
        "script",
        rf"{_bootstrap('2')}js/bootstrap{_JS}",
        "bootstrap-2",
        "js/bootstrap.min.js",
        "https://netdna.bootstrapcdn.com/twitter-bootstrap/2.3.2/js/bootstrap.min.js",
    ),
    KnownAddress(
        "versions before 1.9, with what later ones lack (`live`, `$.browser`)",
        _jquery(r"1\.[0-8](?!\d)"),
        "jquery-1",
        "before-1.9.min.js",
        "https://ajax.googleapis.com/ajax/libs/jquery/1.4/jquery.min.js",
    ),
    KnownAddress(
        "versions from 1.9 on, and 2, which has the same functions",
        rf"(?:{_jquery('[12]')}|code\.jquery\.com/jquery(?:-latest)?{_JS})",
        "jquery-1",
        "jquery-1.12.4.min.js",
        "https://ajax.googleapis.com/ajax/libs/jquery/1.11.2/jquery.min.js",
    ),
    KnownAddress(
        "whole; also for `slim`",
        rf"(?:{_jquery('3')}|(?:/npm|unpkg\.com)/jquery(?:/dist/jquery{_JS}|$))",
        "jquery-3",
        "jquery.min.js",
        "https://code.jquery.com/jquery-3.2.1.slim.min.js",
    ),
    KnownAddress(
        "script",
        rf"{_UI}/(?:dist/)?jquery-ui(?:-1[\d.]*)?(?:\.custom)?{_JS}",
        "jquery-ui",
        "jquery-ui.min.js",
        "https://code.jquery.com/ui/1.11.4/jquery-ui.js",
    ),
    KnownAddress(
        "themes",
        rf"{_UI}/(?:dist/)?themes/([a-z-]+)/(?:jquery-ui|jquery\.ui\.(?:all|base|theme)){_CSS}",
        "jquery-ui",
        "themes/$1/jquery-ui.min.css",
        "https://code.jquery.com/ui/1.11.4/themes/ui-lightness/jquery-ui.css",
    ),
    KnownAddress(
        "styles",
        rf"{_UI}/(?:dist/)?jquery-ui{_CSS}",
        "jquery-ui",
        "themes/base/jquery-ui.min.css",
        "https://cdnjs.cloudflare.com/ajax/libs/jqueryui/1.12.1/jquery-ui.min.css",
    ),
    KnownAddress(
        "styles of 4, by the names that icons had then",
        rf"/font-?awesome(?:{_versions('4')}|/latest)/css/font-awesome{_CSS}",
        "font-awesome",
        "css/v4.min.css",
        "https://maxcdn.bootstrapcdn.com/font-awesome/4.7.0/css/font-awesome.min.css",
    ),
    KnownAddress(
        "styles of 5 and 6; of Pro, its free icons",
        rf"{_AWESOME}/css/{_AWESOME_FILES}{_CSS}",
        "font-awesome",
        "css/$1.min.css",
        "https://use.fontawesome.com/releases/v5.7.2/css/all.css",
    ),
    KnownAddress(
        "scripts of 5 and 6; of Pro, its free icons",
        rf"{_AWESOME}/js/{_AWESOME_FILES}{_JS}",
        "font-awesome",
        "js/$1.min.js",
        "https://use.fontawesome.com/releases/v5.7.2/js/all.js",
    ),
    KnownAddress(
        "kits: the icons of Font Awesome 6, also by their names in 4",
        rf"(?:kit|use)\.fontawesome\.com/[\w-]+\.js{_END}",
        "own",
        "font-awesome-kit.js",
        "https://kit.fontawesome.com/654301f263.js",
    ),
    KnownAddress(
        "Popper 1 and 2: where a pop-up stands, and no more (Bootstrap has the real one in it)",
        rf"/(?:popper\.js|@popperjs/core)(?:[@/]v?[12]{_REST})?(?:/(?:dist/)?(?:umd/)?popper{_JS}|$)",
        "own",
        "popper.js",
        "https://cdnjs.cloudflare.com/ajax/libs/popper.js/1.12.9/umd/popper.min.js",
    ),
    KnownAddress(
        "Google Fonts, but for icons: the fonts if the worker’s machine has them, else ones like them",
        r"fonts\.googleapis\.com/css2?\?(?!.*Material)(.+)$",
        "own",
        "fonts.css?$1",
        "https://fonts.googleapis.com/css?family=Open+Sans:400,400i,700,700i",
    ),
)
_KNOWN_HOST = re.compile(rf"\s*(?:https?:)?//((?:{HOSTS})/[^#]*)", re.IGNORECASE | re.ASCII)
_ANYWHERE = re.compile(HOSTS, re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class StandIn:
    """A local file: its library, and its address under the folder of all of them."""

    library: Library
    address: str


def stand_in_for(url: str) -> StandIn | None:
    """The local file that stands in for an outside address; None if none does."""
    host = _KNOWN_HOST.match(url) if len(url) <= _LONGEST else None
    if host is None:
        return None
    for known, pattern in _patterns():
        found = pattern.search(host[1].rstrip())
        if found:
            group = found[1] if pattern.groups else ""
            return StandIn(BY_NAME[known.library], _address(known).replace("$1", group))
    return None


def may_hold_known(text: str) -> bool:
    """Whether a page names one of the hosts at all; most do not, and need not be looked through."""
    return _ANYWHERE.search(text) is not None


def rows_for_scripts() -> list[tuple[str, str]]:
    """The table as the content runtime uses it: patterns, and addresses with `$1`."""
    return [(known.pattern, _address(known)) for known, _ in _patterns()]


def installed() -> list[Library]:
    """The libraries whose packages are there."""
    return [library for library in LIBRARIES if version_of(library.name)]


def _address(known: KnownAddress) -> str:
    return f"{known.library}/{version_of(known.library)}/{known.path}"


@cache
def _patterns() -> list[tuple[KnownAddress, re.Pattern[str]]]:
    return [
        (known, re.compile(known.pattern, re.IGNORECASE | re.ASCII))
        for known in KNOWN_ADDRESSES
        if version_of(known.library)
    ]

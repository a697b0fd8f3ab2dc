"""The libraries that there are local copies of, and where their files lie on this machine."""

from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

OWN = "own"
# What is served at all, and as what.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".eot": "application/vnd.ms-fontobject",
    ".gif": "image/gif",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
_OWN_FOLDER = Path(__file__).parent / "own"


@dataclass(frozen=True)
class Library:
    """One major line of a library: the package that ships it, and the folder there that is served.

    `at_least` is the version of the library that the oldest package has which pyproject.toml allows.
    `made` are files that we put together, each of others that follow upon one another; of our own those
    that begin with `own/`.
    """

    name: str
    title: str
    at_least: str = ""
    package: str = ""
    folder: str = ""
    made: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.name)


LIBRARIES = (
    Library(OWN, "Kempelen’s own"),
    Library(
        "bootstrap-2",
        "Bootstrap 2",
        "2.3.2",
        "sphinx-bootstrap-theme",
        "sphinx_bootstrap_theme/bootstrap/static/bootstrap-2.3.2",
        {"css/bootstrap-combined.min.css": ("css/bootstrap.min.css", "css/bootstrap-responsive.min.css")},
    ),
    Library(
        "bootstrap-3",
        "Bootstrap 3",
        "3.4.1",
        "sphinx-bootstrap-theme",
        "sphinx_bootstrap_theme/bootstrap/static/bootstrap-3.4.1",
    ),
    Library(
        "bootstrap-4",
        "Bootstrap 4",
        "4.6.2",
        "django-static-bootstrap",
        "django_static_bootstrap/static/bootstrap",
    ),
    Library("bootstrap-5", "Bootstrap 5", "5.3.3", "django-bootstrap-static", "bootstrap/static/bootstrap"),
    Library(
        "jquery-1",
        "jQuery 1",
        "1.12.4",
        "sphinx-bootstrap-theme",
        "sphinx_bootstrap_theme/bootstrap/static/js",
        {"before-1.9.min.js": ("jquery-1.12.4.min.js", "own/jquery-before-1.9.js")},
    ),
    Library("jquery-3", "jQuery 3", "3.7.1", "django", "django/contrib/admin/static/admin/js/vendor/jquery"),
    Library(
        "jquery-ui",
        "jQuery UI 1",
        "1.13.3",
        "django-static-jquery-ui",
        "django_static_jquery_ui/static/jquery-ui",
    ),
    Library(
        "font-awesome",
        "Font Awesome 6",
        "6.5.2",
        "django-bootstrap-static",
        "fontawesome/static/fontawesome",
        {"css/v4.min.css": ("css/all.min.css", "css/v4-shims.min.css")},
    ),
)
BY_NAME = {library.name: library for library in LIBRARIES}


@cache
def version_of(name: str) -> str:
    """What the address of the library's files changes with; empty if its package is not installed."""
    library = BY_NAME[name]
    if name == OWN:
        ours = b"\0".join(file.read_bytes() for file in sorted(_OWN_FOLDER.iterdir()))
        return sha256(ours).hexdigest()[:12]
    try:
        found = distribution(library.package)
    except PackageNotFoundError:
        return ""
    return found.version if Path(str(found.locate_file(library.folder))).is_dir() else ""


def read(name: str, path: str) -> bytes | None:
    """The bytes of a library's file; None if it has none by this path, or is not there at all."""
    if name not in BY_NAME or not version_of(name):
        return None
    parts = BY_NAME[name].made.get(path)
    if parts is None:
        return _read(_folder(name), path)
    found = [_part(name, part) for part in parts]
    return None if None in found else b"\n".join(filter(None, found))


@cache
def _folder(name: str) -> Path:
    library = BY_NAME[name]
    if name == OWN:
        return _OWN_FOLDER
    return Path(str(distribution(library.package).locate_file(library.folder))).resolve()


def _part(name: str, path: str) -> bytes | None:
    ours = path.removeprefix(f"{OWN}/")
    return _read(_folder(name), path) if ours == path else _read(_OWN_FOLDER, ours)


def _read(folder: Path, path: str) -> bytes | None:
    file = (folder / path).resolve()
    if not file.is_relative_to(folder) or not file.is_file():
        return None
    return file.read_bytes()

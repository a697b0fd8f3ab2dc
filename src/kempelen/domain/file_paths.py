"""Where a project's file stands, and what it is served as: pure rules about its relative address."""

import re
import unicodedata

from kempelen.domain.answers import storable
from kempelen.domain.errors import InvalidValue

LONGEST = 200
DEEPEST = 10
# What browsers or servers read as something else in an address, or systems refuse in a name.
_REFUSED = re.compile(r'[\x00-\x1f\x7f<>:"|?*%#\\]')
_UTF_8 = "; charset=utf-8"
# By its ending; what is not here is not taken: above all pages, which would be templates.
_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "ico": "image/x-icon",
    "svg": "image/svg+xml",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "weba": "audio/webm",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "css": "text/css",
    "json": "application/json",
    "geojson": "application/geo+json",
    "jsonl": "application/x-ndjson",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "md": "text/markdown",
    "vtt": "text/vtt",
    "srt": "text/plain",
    "map": "application/json",
    "wasm": "application/wasm",
    "pdf": "application/pdf",
}
_TEXTS = {
    "svg",
    "js",
    "mjs",
    "css",
    "json",
    "geojson",
    "jsonl",
    "csv",
    "tsv",
    "txt",
    "md",
    "vtt",
    "srt",
    "map",
}
_PAGES = {"html", "htm", "xhtml"}
ENDINGS = tuple(_TYPES)


def checked(said: str) -> str:
    """Give the path as it is kept: folders with slashes between; or refuse with `InvalidValue`."""
    path = unicodedata.normalize("NFC", storable(said)).replace("\\", "/").removeprefix("./").strip("/")
    parts = [part.strip() for part in path.split("/")]
    if not path or any(part in ("", ".", "..") for part in parts):
        raise InvalidValue(
            "path", f"“{said[:80]}” is no place for a file: write a name, such as images/cat.png."
        )
    if found := _REFUSED.search(path):
        sign = found[0] if found[0].isprintable() else "an invisible sign"
        raise InvalidValue(
            "path", f"“{path[:80]}” has {sign} in its name, which addresses cannot have; rename it."
        )
    path = "/".join(parts)
    if len(path) > LONGEST or len(parts) > DEEPEST:
        raise InvalidValue(
            "path", f"“{path[:80]}…” is too long: {LONGEST} characters and {DEEPEST} folders at most."
        )
    if _ending(path) in _PAGES:
        raise InvalidValue("path", f"“{path}” is a page: templates are pasted or opened in the editor.")
    if _ending(path) not in _TYPES:
        raise InvalidValue(
            "path",
            f"“{path}” is of no kind that templates load: pictures, sounds, videos, fonts, scripts, "
            "style sheets, and data such as JSON or CSV.",
        )
    return path


def type_of(path: str) -> str:
    """Give the media type by the path's ending, with its charset where it is text."""
    ending = _ending(path)
    return _TYPES.get(ending, "application/octet-stream") + (_UTF_8 if ending in _TEXTS else "")


def check_content(path: str, *, looks_like: str, is_text: bool) -> None:
    """Refuse (`InvalidValue`) bytes that are clearly not what the path says; `looks_like` is a media type."""
    if _ending(path) in _TEXTS:
        if not is_text:
            raise InvalidValue(
                "path", f"“{path}” is not text in UTF-8. Save it as UTF-8 and upload it again."
            )
        return
    said, seen = _kind(type_of(path)), _kind(looks_like)
    if seen == "text" or (said != seen and {said, seen} <= {"image", "sound"}):
        raise InvalidValue("path", f"“{path}” is not what its name says: it looks like {looks_like}.")


def _ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _kind(media_type: str) -> str:
    # A film may have no picture, and containers of sound and video look alike.
    kind = media_type.partition("/")[0]
    return "sound" if kind in ("audio", "video") else kind

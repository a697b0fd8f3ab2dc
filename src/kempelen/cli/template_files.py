"""Template files: which file is meant, and what it says."""

import os
from pathlib import Path

from kempelen.domain.errors import InvalidValue


def identity(template: Path) -> str:
    """The file's absolute path, without `.` and `..`; symbolic links are not followed."""
    path = os.path.abspath(template)  # noqa: PTH100  # resolve() would follow links
    try:
        path.encode()
    except UnicodeEncodeError as error:
        shown = os.fsencode(path).decode(errors="backslashreplace")
        raise InvalidValue("source_path", f"{shown} is not UTF-8. Rename the folder.") from error
    return path


def text_of(template: Path) -> str:
    """The template's HTML."""
    try:
        return template.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidValue(
            "html", f"{template}: byte {error.start + 1} is not UTF-8. Save the file as UTF-8."
        ) from error

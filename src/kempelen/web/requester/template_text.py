"""The text of a template that was uploaded as a file."""

from typing import IO

from django.core.exceptions import ValidationError

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
MOST_BYTES = 8_000_000


def text_of(file: IO[bytes]) -> str:
    """Read UTF-8, or UTF-16 with its mark; anything else is refused at the form's field."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValidationError({"html_file": "The file is too large for a template (8 MB at most)."})
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValidationError(
            {"html_file": f"Line {line} of the file is not UTF-8. Save it as UTF-8 and upload it again."}
        ) from error

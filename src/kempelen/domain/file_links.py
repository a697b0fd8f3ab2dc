"""Links that open one file for whoever has them, and for a short time only (GetFileUploadURL)."""

from datetime import timedelta

from django.core import signing

_SALT = "kempelen.file"
# As long as MTurk's own (mturk-api.md, GetFileUploadURL); a download that has begun goes on.
LIFETIME = timedelta(seconds=60)


def token_for(file_id: str) -> str:
    """Make the token that `file_id_in` understands; its time is the real one."""
    return signing.dumps(file_id, salt=_SALT)


def file_id_in(token: str) -> str:
    """Give the file that the token opens; raises `BadSignature` for one that is not ours, or too old."""
    file_id: str = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    return file_id

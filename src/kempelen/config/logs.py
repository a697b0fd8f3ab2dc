"""What the log must not say."""

import logging
import re

# An AssignmentId lets its bearer submit an answer; a link's token logs its bearer in, or opens
# a file.
_SECRETS = re.compile(
    r"(?P<label>assignmentId=|/work/|/content/|/files/|/link/|/join/|/password/reset/)(?P<kept>[\w-]{4})[\w:.=-]+",
    re.I,
)


class Masked(logging.Filter):
    """Shortens assignment ids and tokens in addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, masked."""
        message = record.getMessage()
        masked = _SECRETS.sub(r"\g<label>\g<kept>…", message)
        if masked != message:
            record.msg, record.args = masked, None
        return True


class Refused(logging.Filter):
    """Tells of what was refused (4xx) without a warning: robots ask for much that is not there."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, as information if it is about a refusal."""
        if 400 <= getattr(record, "status_code", 0) < 500:
            record.levelno, record.levelname = logging.INFO, "INFO"
        return True


class UnknownHost(logging.Filter):
    """Says in a line, with our own remedy, that somebody asked for a host that is not ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, shortened."""
        found = re.search(r"header: ['\"](?P<host>[^'\"]*)", record.getMessage())
        if found:
            remedy = "If that is this server, add it to KEMPELEN_ALLOWED_HOSTS."
            record.msg = f"Refused a request for {found['host']}. {remedy}"
            record.args, record.exc_info = None, None
        return True

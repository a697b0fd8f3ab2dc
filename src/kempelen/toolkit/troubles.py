"""What can go wrong between a command and its endpoint, in sentences that name the remedy."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore import exceptions as sdk

_KEY = "The server does not know this access key. Make one there: `kempelen access-key create`."
_SECRET = "The secret does not belong to this access key; a proxy that changes the host does this too."
# By the codes with which the service refuses (mturk-api.md §1.4), what a person can do about it.
_REMEDIES = {
    "UnrecognizedClientException": _KEY,
    "InvalidClientTokenId": _KEY,
    "SignatureDoesNotMatch": _SECRET,
    "InvalidSignatureException": _SECRET,
    "AccessDeniedException": "The key’s member has a role that may not do this; an owner can change it.",
    "ThrottlingException": "The server is asked too much at once: go on later, or with a smaller --at-once.",
}


class Trouble(Exception):
    """A command cannot go on; `str()` says why and what to do."""


class Refused(Trouble):
    """The endpoint refused a call; `code` is MTurk's own, such as `AWS.MechanicalTurk.HITDoesNotExist`."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        remedy = _REMEDIES.get(code, "")
        super().__init__(f"{message.strip()} {remedy}".strip())


class Unreachable(Trouble):
    """Nobody answers, or not to the end; what was asked may have been done all the same."""


@contextmanager
def told(endpoint: str) -> Iterator[None]:
    """Raise what boto3 raises as ours."""
    try:
        yield
    except sdk.ClientError as error:
        said = error.response.get("Error", {})
        code = error.response.get("TurkErrorCode") or said.get("Code", "")
        raise Refused(str(code), str(said.get("Message") or error)) from error
    except sdk.ParamValidationError as error:
        raise Refused("ParameterValidationError", str(error)) from error
    except (sdk.NoCredentialsError, sdk.PartialCredentialsError, sdk.CredentialRetrievalError) as error:
        raise Trouble(
            f"There is no access key for {endpoint}. Make a profile (`kempelen profile add lab`), or set "
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; on the server’s machine `kempelen env` prints them."
        ) from error
    except sdk.SSLError as error:
        raise Unreachable(
            f"{endpoint} is not trusted: {_reason(error)}. If its certificate is of your own authority, name "
            "that authority’s file in AWS_CA_BUNDLE; if the server has no TLS, write http://."
        ) from error
    except (sdk.HTTPClientError, sdk.ConnectionError) as error:
        raise Unreachable(
            f"{endpoint} does not answer: {_reason(error)}. Is the server running, and is this its address?"
        ) from error
    except sdk.BotoCoreError as error:
        raise Trouble(str(error)) from error


def _reason(error: Exception) -> str:
    """Give the first words of a long chain of reasons."""
    return str(error).partition("\n")[0].rstrip(". ")[:200]

"""What programs made for AWS look for in their environment, to call this server in place of Amazon's."""

from kempelen.aws import signature
from kempelen.cli import links
from kempelen.domain.actions import access_keys
from kempelen.domain.models import Membership


def variables(member: Membership) -> dict[str, str]:
    """The variables with which a member's programs call this server; makes a key if there is none."""
    key, secret = access_keys.one_to_show(member)
    return {
        "AWS_ENDPOINT_URL_MTURK": links.site_url(),
        "AWS_ACCESS_KEY_ID": key.public_id,
        "AWS_SECRET_ACCESS_KEY": secret,
        # Some programs read the one, some the other.
        "AWS_DEFAULT_REGION": signature.REGION,
        "AWS_REGION": signature.REGION,
    }

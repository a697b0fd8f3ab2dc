"""What a program finds in its environment, so that its calls to Amazon's hosts come to the proxy."""

import ssl
from collections.abc import Mapping
from pathlib import Path

from botocore.httpsession import where

from kempelen.toolkit.connection import Keys
from kempelen.toolkit.running.authority import AMAZON_HOSTS

# curl and many others read the small one only, some the large one.
_PROXY = ("HTTPS_PROXY", "https_proxy")
_NO_PROXY = ("NO_PROXY", "no_proxy")
_BUNDLES = ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
# Other SDKs would call there at once, past the proxy.
_PAST_US = ("AWS_ENDPOINT_URL_MTURK",)


def trusted(environment: Mapping[str, str]) -> str:
    """Give the certificates (PEM) that programs trust here anyway: certifi's, this machine's, those named."""
    named = [environment.get(name, "") for name in _BUNDLES]
    files = dict.fromkeys([str(where()), ssl.get_default_verify_paths().cafile or "", *named])
    return "\n".join(
        Path(file).read_text(encoding="utf-8", errors="replace") for file in files if Path(file).is_file()
    )


def given(
    environment: Mapping[str, str],
    *,
    proxy: str,
    bundle: Path,
    authority: Path,
    keys: Keys | None,
    region: str,
) -> dict[str, str]:
    """Give the environment of a program that is to call through the proxy.

    `bundle` has all certificates to be trusted, `authority` only the proxy's. Keys that the environment
    already names stay; so does a region.
    """
    changed = {name: value for name, value in environment.items() if name not in _PAST_US}
    changed |= dict.fromkeys(_PROXY, proxy) | dict.fromkeys(_BUNDLES, str(bundle))
    changed |= dict.fromkeys(_NO_PROXY, _around_the_proxy(environment))
    # Node trusts these beside its own; it heeds proxies from version 24 on, where it is told to.
    changed |= {"NODE_EXTRA_CA_CERTS": str(authority), "NODE_USE_ENV_PROXY": "1"}
    if keys and "AWS_ACCESS_KEY_ID" not in environment:
        changed |= {
            "AWS_ACCESS_KEY_ID": keys.access_key,
            "AWS_SECRET_ACCESS_KEY": keys.secret_key,
            "AWS_SESSION_TOKEN": keys.token or "",
        }
        if not keys.token:
            del changed["AWS_SESSION_TOKEN"]
    if not environment.get("AWS_REGION"):
        changed.setdefault("AWS_DEFAULT_REGION", region)
    return changed


def _around_the_proxy(environment: Mapping[str, str]) -> str:
    """Give the hosts that are called without a proxy: those named so far, less what would cover Amazon's."""
    said = ",".join(environment.get(name, "") for name in _NO_PROXY)
    hosts = [host.strip() for host in said.replace(" ", ",").split(",")]
    kept = [host for host in hosts if host and not any(_covers(host, one) for one in AMAZON_HOSTS)]
    return ",".join(dict.fromkeys([*kept, "localhost", "127.0.0.1", "::1"]))


def _covers(pattern: str, host: str) -> bool:
    # With a port it may stand too; `*` and the like leave an empty name.
    name = pattern.partition(":")[0].lstrip("*").lstrip(".").lower()
    return name in {"", host} or host.endswith(f".{name}")

"""Where workers' files are kept: a folder of the data folder, or a bucket."""

from pathlib import Path
from typing import Any

from kempelen.config import env

# Of a file that is read back from a bucket; the rest waits on disk.
_IN_MEMORY_BYTES = 2**20


def configuration(values: env.Values, folder: Path) -> dict[str, Any]:
    """Give Django's configuration of what settings ask for; `folder` is for those without a bucket."""
    if not values[env.FILES_BUCKET]:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        }
    endpoint = values[env.FILES_ENDPOINT_URL]
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": values[env.FILES_BUCKET],
            "endpoint_url": endpoint or None,
            "region_name": values[env.FILES_REGION],
            "access_key": values[env.FILES_ACCESS_KEY_ID] or None,
            "secret_key": values[env.FILES_SECRET_ACCESS_KEY] or None,
            "signature_version": "s3v4",
            # Storage elsewhere seldom has a host name for each bucket.
            "addressing_style": "path" if endpoint else "auto",
            "default_acl": None,
            # Names are ours and random: there is nothing to ask before writing.
            "file_overwrite": True,
            "max_memory_size": _IN_MEMORY_BYTES,
        },
    }

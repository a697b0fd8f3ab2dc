"""Workers' files as they are sent: to be saved, never shown as a page of ours."""

from django.http import FileResponse, Http404

from kempelen.domain import file_names, stored_files
from kempelen.domain.models import UploadedFile

# What a browser that shows it all the same may do with it: nothing, and with no origin.
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
_LONGEST_NAME_BYTES = 200


def attachment(file: UploadedFile | None) -> FileResponse:
    """Send the file's bytes, which may be anything, under a name that every system can have; 404 for None."""
    if file is None:
        raise Http404("There is no such file, or it is not for you.")
    try:
        content = stored_files.opened(file)
    except FileNotFoundError as error:
        raise Http404("This file is gone.") from error
    name = file_names.in_archive(file.name, longest_bytes=_LONGEST_NAME_BYTES)
    response = FileResponse(
        content, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response.block_size = stored_files.CHUNK_BYTES
    response["Content-Length"] = str(file.size)
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response

"""Files by a link that the API gave (GetFileUploadURL), without anybody logged in."""

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from kempelen.domain import file_links
from kempelen.domain.models import UploadedFile
from kempelen.web.file_download import attachment


@require_safe
def linked(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send the file that the link names; an old or forged one gets 403 and says what to do."""
    try:
        file_id = file_links.file_id_in(token)
    except BadSignature:
        text = "This link has expired. Ask for another with GetFileUploadURL.\n"
        return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
    return attachment(UploadedFile.objects.filter(public_id=file_id, is_answered=True).first())

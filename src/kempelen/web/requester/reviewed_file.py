"""A results file that was reviewed in a spreadsheet: upload, look at what it would do, do it."""

from typing import Any

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kempelen.domain.actions import bulk_reviews
from kempelen.domain.models import Membership
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.review import problem_of
from kempelen.web.requester.reviewing import reviewed_by
from kempelen.web.requester.work import work_of
from kempelen.web.ui.respond import respond


class ReviewedForm(forms.Form):
    """The file, and a reason for rejections that have none of their own."""

    file = forms.FileField(
        label="Reviewed CSV",
        max_length=1000,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        help_text="Nothing is decided yet: first you see what the file would do.",
    )
    reason = forms.CharField(
        label="Reason where Reject only says X",
        required=False,
        max_length=1024,
        help_text="The workers read it.",
    )

    def clean_reason(self) -> str:
        """Refuse what no worker could be sent."""
        reason: str = self.cleaned_data["reason"]
        if problem := problem_of("approve", reason, ""):
            raise forms.ValidationError(problem)
        return reason


@requester_required(Membership.Role.REVIEWER)
def upload(
    request: RequesterRequest, number: int = 0, group_id: str = "", project: int = 0
) -> HttpResponseBase:
    """Take a reviewed file and lead to the plan that is made of it."""
    work = work_of(request.requester, number=number, group_id=group_id, project=project)
    of = reviewed_by(work)
    is_sent = request.method == "POST"
    form = ReviewedForm(request.POST, request.FILES) if is_sent else ReviewedForm()
    if form.is_valid():
        file: Any = form.cleaned_data["file"]
        review = bulk_reviews.plan_file(
            request.requester,
            of,
            file,
            file_name=file.name,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
        return redirect(work.bulk_review, request.requester.slug, work.key, review.public_id)
    return respond(
        request,
        "requester/review/upload.html",
        status=422 if is_sent else 200,
        work=work,
        **work.head_context(),
        form=form,
    )

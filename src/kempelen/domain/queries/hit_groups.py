"""HIT groups of HITs that programs make: one for each HIT type, beside the groups of batches."""

from collections.abc import Sequence
from itertools import chain

from django.db.models import (
    Aggregate,
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce

from kempelen.domain.batches import liquid_templates, templates
from kempelen.domain.errors import NotFound
from kempelen.domain.models import HIT, HITGroup, Requester, TemplateLanguage, TemplateVersion
from kempelen.domain.statistics import recounting


def of_programs(requester: Requester, *, search: str = "") -> QuerySet[HITGroup]:
    """Give the requester's groups of HITs made by programs, newest first.

    `search` looks for each word in titles and keywords, and for the ids of group and type.
    """
    groups = HITGroup.objects.filter(requester=requester, is_of_type=True).select_related("hit_type")
    for word in search.split()[:10]:
        groups = groups.filter(
            Q(hit_type__title__icontains=word)
            | Q(hit_type__keywords__icontains=word)
            | Q(public_id=word)
            | Q(hit_type__public_id=word)
        )
    return groups.order_by("-pk")


def with_counts(groups: QuerySet[HITGroup], pks: Sequence[int]) -> QuerySet[HITGroup]:
    """Give those of the groups with `hit_count`, and over all HITs `open_places` and `waiting_count`.

    What waits is what is to be reviewed.  A page of groups is counted, not all there are; the large ones in
    the background.
    """
    return groups.filter(pk__in=pks).annotate(
        hit_count=_kept_or("hits", Count("pk")),
        open_places=_kept_or("open_places", Sum("places_left", filter=Q(status=HIT.Status.ASSIGNABLE))),
        waiting_count=_kept_or("unreviewed", Sum("unreviewed_count")),
    )


def _kept_or(name: str, counted: Aggregate) -> Case:
    """Give a figure as it is kept of a large group, or counted now."""
    hits = HIT.objects.filter(group=OuterRef("pk")).order_by().values("group")
    now = Coalesce(Subquery(hits.annotate(figure=counted).values("figure")), 0)
    is_large = Q(progress__hits__gt=recounting.MANY_HITS)
    return Case(When(is_large, then=F(f"progress__{name}")), default=now, output_field=IntegerField())


def found(requester: Requester, group_id: str) -> HITGroup:
    """Give the requester's group of HITs made by programs, or refuse with `NotFound`."""
    group = of_programs(requester).filter(public_id=group_id).first()
    if group is None:
        raise NotFound("HIT group", group_id)
    return group


def hits_in(group: HITGroup) -> QuerySet[HIT]:
    """Give the group's HITs without their questions, newest first."""
    return HIT.objects.filter(group=group).defer("question", "inputs").order_by("-pk")


def columns_of(group: HITGroup) -> list[str]:
    """Give the names of the values with which layouts of the group's HITs are filled, each once."""
    used = HIT.objects.filter(group=group, template_version__isnull=False).order_by()
    pages = TemplateVersion.objects.filter(pk__in=used.values("template_version")).order_by("pk")
    names = (_names_in(html, language) for html, language in pages.values_list("html", "language"))
    return list(dict.fromkeys(chain.from_iterable(names)))


def _names_in(html: str, language: str) -> Sequence[str]:
    if language == TemplateLanguage.LIQUID:
        return sorted(liquid_templates.known_columns(html))
    return templates.compile_template(html).names

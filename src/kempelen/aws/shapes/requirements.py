"""What a worker must have to see or do a HIT."""

from typing import Annotated, NotRequired, TypedDict

from kempelen.aws.shapes.named import DEPRECATED, Comparator, CountryParameters, HITAccessActions


class Locale(TypedDict):
    """A country, or a part of one.

    Country: Two letters of ISO 3166, such as US.
    Subdivision: Two letters of a state or province, such as CA.
    """

    Country: CountryParameters
    Subdivision: NotRequired[CountryParameters]


class QualificationRequirement(TypedDict):
    """A condition on the worker's qualification of one type.

    QualificationTypeId: The type; MTurk's own types have ids of their own.
    Comparator: How the worker's value is held against the values given here.
    IntegerValues: One number, or several with In and NotIn.
    LocaleValues: One place, or several with In and NotIn.
    RequiredToPreview: An old way to say that the HIT can be previewed only by whom it is meant for.
    ActionsGuarded: What a worker without it cannot do; Accept when left out.
    """

    QualificationTypeId: str
    Comparator: Comparator
    IntegerValues: NotRequired[list[int]]
    LocaleValues: NotRequired[list[Locale]]
    RequiredToPreview: NotRequired[Annotated[bool, DEPRECATED]]
    ActionsGuarded: NotRequired[HITAccessActions]

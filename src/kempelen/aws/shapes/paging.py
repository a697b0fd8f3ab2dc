"""What all lists share: they are asked for and given page by page."""

from typing import TypedDict

from kempelen.aws.shapes.named import PaginationToken, ResultSize


class Paged(TypedDict, total=False):
    """Which page of a list, and how long a page."""

    NextToken: PaginationToken
    MaxResults: ResultSize


class Page(TypedDict, total=False):
    """A page of a list, to which each list adds its items."""

    NextToken: PaginationToken
    NumResults: int

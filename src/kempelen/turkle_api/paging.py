"""Pages as Turkle has them: `?page=2`, a hundred at a time, projects twenty."""

from rest_framework.pagination import PageNumberPagination


class Hundred(PageNumberPagination):
    """Pages of users, groups and batches."""

    page_size = 100


class Twenty(PageNumberPagination):
    """Pages of projects, which hold whole templates."""

    page_size = 20

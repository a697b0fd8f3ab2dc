"""A review of many answers carried on as a process: `python -m tests.concurrency.review_race REVIEW`.

Prints a line for each page, of three answers, that is done.
"""

import sys

import django

django.setup()

from kempelen.domain.actions import bulk_reviews  # noqa: E402


def main() -> None:
    """Go on until all is done."""
    bulk_reviews.PAGE = 3
    review_pk = int(sys.argv[1])
    is_left = True
    while is_left:
        is_left = bulk_reviews.decide_page(review_pk)
        sys.stdout.write("page\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

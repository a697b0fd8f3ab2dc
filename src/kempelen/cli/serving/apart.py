"""Doing something once in a process of its own, which takes away with it the memory that it needed."""

import os
import sys
from collections.abc import Callable

from django.db import connections


def done_apart(work: Callable[[], object]) -> None:
    """Have a child do it, and wait; when that fails, do it here, where failures are told.

    A program that has migrated a database keeps twenty megabytes of that until it ends.
    """
    if not hasattr(os, "fork"):  # Windows
        work()
        return
    # No connection may be used on both sides of a fork.
    connections.close_all()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1]:
        work()

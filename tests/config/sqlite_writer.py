"""A process of `test_fair_sqlite`: some threads write to one file for a while; prints what became of them."""

import json
import sys
import threading
import time

from django.conf import settings


def main(file: str, threads: str, seconds: str) -> None:
    from kempelen.config import databases

    settings.configure(DATABASES={"default": databases.configuration(f"sqlite:///{file}", file)})
    until = time.monotonic() + float(seconds)
    results: list[dict[str, object]] = []
    running = [threading.Thread(target=write, args=(until, results)) for _ in range(int(threads))]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    print(json.dumps(results))


def write(until: float, results: list[dict[str, object]]) -> None:
    from django.db import DatabaseError, connection, transaction

    written, longest, problem = 0, 0.0, ""
    cursor = connection.cursor()
    try:
        while time.monotonic() < until:
            began = time.monotonic()
            with transaction.atomic():
                cursor.execute("SELECT value FROM number")
                value = cursor.fetchone()[0]
                with transaction.atomic():
                    cursor.execute("UPDATE number SET value = %s", [value + 1])
            cursor.execute("UPDATE number SET value = value + 1")
            longest = max(longest, time.monotonic() - began)
            written += 2
    except DatabaseError as error:
        problem = repr(error)
    connection.close()
    results.append({"written": written, "longest": longest, "problem": problem})


if __name__ == "__main__":
    main(*sys.argv[1:])

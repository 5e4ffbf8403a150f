"""A few hundred random requests to every route; `python -m tests.fuzz` makes as many as one likes."""

import time

from flask import Flask

from tests.fuzz.requests import random_requests

_COUNT = 400


def test_no_request_makes_the_server_fail_or_work_long(app: Flask) -> None:
    client = app.test_client()
    wrong = []
    for request in random_requests(app, client, _COUNT, seed=11):
        started = time.thread_time()
        with client.get(request.path, query_string=request.pairs, headers=request.headers) as answer:
            assert answer.data is not None
            if answer.status_code >= 500 or time.thread_time() - started > 2:
                wrong.append((answer.status_code, request))
    assert wrong == []

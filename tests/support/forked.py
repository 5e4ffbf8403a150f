"""Call functions in processes forked from one that has loaded everything already: dying costs no start.

A process of its own, without threads, is what others are forked from: a test process has some, and may not.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Self, cast

ROOT = Path(__file__).parents[2]


class Forks:
    """Calls functions of a module, each in a fork of one process. `warm_up` is called first, in that process itself.

    Arguments and results are what JSON has.
    """

    def __init__(self, module: str, warm_up: str, *arguments: object) -> None:
        self._module = module
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        assert self._ask(warm_up, arguments) == [0, None]

    def call(self, function: str, *arguments: object) -> tuple[int, object]:
        """Return how the process ended (as `Popen.returncode` says it) and what the function returned, if it did."""
        code, result = self._ask(function, arguments)
        return cast("int", code), result

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.communicate()

    def _ask(self, function: str, arguments: tuple[object, ...]) -> list[object]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([self._module, function, arguments]).encode() + b"\n")
        self._process.stdin.flush()
        return cast("list[object]", json.loads(self._process.stdout.readline()))


def _serve() -> None:
    """Answer each line of standard input; the first is called here, the others in forks."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # What a function prints is no answer.
    is_first = True
    for line in sys.stdin:
        module, name, arguments = json.loads(line)
        function = getattr(import_module(module), name)
        if is_first:
            function(*arguments)
            answers.write("[0, null]\n")
        else:
            answers.write(json.dumps(_in_a_fork(function, arguments)) + "\n")
        is_first = False


def _in_a_fork(function: Callable[..., object], arguments: list[object]) -> list[object]:
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(ours)
            os.write(theirs, json.dumps(function(*arguments)).encode())
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    os.close(theirs)
    with os.fdopen(ours) as results:
        written = results.read()
    _, status = os.waitpid(child, 0)
    return [os.waitstatus_to_exitcode(status), json.loads(written) if written else None]


if __name__ == "__main__":
    _serve()

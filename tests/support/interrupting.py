"""A module that is interrupted while it is imported, as by Ctrl-C, in whatever process imports it."""

import os
import signal
import time

os.kill(os.getpid(), signal.SIGINT)
# Where it is heard, it is heard here.
time.sleep(0.05)


def make_extractor(*_arguments: object) -> None:
    """Nothing that could extract."""

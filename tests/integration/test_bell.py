"""A listening worker ends when it is asked to, wherever the request reaches it."""

import contextlib
import logging
import os
import signal

import pytest
from redis import Redis
from rq import Worker

from service import children
from service.jobqueue import ARTICLES_QUEUE
from tests.servers.waiting import wait_until
from workers import bell


class Stopping(logging.Handler):
    """Sends its process a SIGTERM with the first line, and hides exceptions of kind `hidden`."""

    hidden: tuple[type[BaseException], ...] = (Exception,)  # as logging's own handlers do

    def emit(self, _record):
        logging.getLogger("rq").removeHandler(self)
        with contextlib.suppress(*self.hidden):
            os.kill(os.getpid(), signal.SIGTERM)


class Hiding(Stopping):
    """One that hides every way to end, as Python does within a finalizer."""

    hidden = (BaseException,)


@pytest.mark.parametrize("handler", [Stopping, Hiding])
def test_a_stop_is_heard_though_it_comes_while_the_loss_of_redis_is_logged(handler, start_redis):
    server = start_redis()

    def listen():
        logging.getLogger("rq").addHandler(handler())
        bell.listen(ARTICLES_QUEUE, server.url, "INFO")

    process = children.start(children.Child("listener", listen))
    with Redis.from_url(server.url) as client:
        wait_until(lambda: Worker.all(client), 10)
    server.process.kill()
    wait_until(lambda: not process.is_running(), 15, "the listener ended")

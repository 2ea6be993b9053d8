"""Imports the driver once, and forks a process for each `initialize` to `close`: they share no state.

The process that was started reads until a story begins, and then leaves input and output to its child. A child ends
with its parent: it waits for the end of a pipe that only the parent holds open.
"""

import gc
import os
import sys
from _thread import start_new_thread

from .protocol import INVALID_REQUEST, Refusal

_fork = getattr(os, "fork", None)
_pipe, _close, _read, _exit, _waitpid = os.pipe, os.close, os.read, os._exit, getattr(os, "waitpid", None)


def can_fork():
    return _fork is not None


class ForkServer:
    """`prepare` imports; `serve(first message, reusable)` serves one story in this process."""

    def __init__(self, channel, prepare, serve):
        self._channel = channel
        self._prepare = prepare
        self._serve = serve
        self._ready = False

    def run(self):
        """Serves stories until the input ends. Returns the exit code."""
        while True:
            self._channel.read_until(lambda: self._channel.incoming)
            if not self._channel.incoming:
                return 0
            message = self._channel.incoming.popleft()
            method = message.get("method") if isinstance(message, dict) else None
            if method == "initialize":
                code = self._story(message)
                if code != 0:
                    return code
            elif method == "close":
                self._channel.send({"jsonrpc": "2.0", "id": message.get("id"), "result": None})
            else:
                identifier = message.get("id") if isinstance(message, dict) else None
                error = {"code": INVALID_REQUEST, "message": "initialize comes first"}
                self._channel.send({"jsonrpc": "2.0", "id": identifier, "error": error})

    def _story(self, message):
        if not self._ready:
            try:
                self._prepare()
            except Refusal as error:
                answer = {"code": error.code, "message": str(error)}
                self._channel.send({"jsonrpc": "2.0", "id": message.get("id"), "error": answer})
                return 0
            self._ready = True
            # What was imported stays shared with the children.
            gc.collect()
            gc.freeze()
        alive, held = _pipe()
        sys.stderr.flush()
        child = _fork()
        if child == 0:
            _close(held)
            start_new_thread(_end_with_parent, (alive,))
            self._serve(message, True)
            _exit(0)
        _close(alive)
        self._left_to_child()
        status = _waitpid(child, 0)[1]
        _close(held)
        if os.WIFSIGNALED(status):
            os.kill(os.getpid(), os.WTERMSIG(status))
        return os.WEXITSTATUS(status)

    def _left_to_child(self):
        """Forgets the messages of the story that were read already: the child has them."""
        while self._channel.incoming:
            message = self._channel.incoming.popleft()
            if isinstance(message, dict) and message.get("method") == "close":
                return
        self._channel.forget_rest()


def _end_with_parent(alive):
    while True:
        try:
            if not _read(alive, 1):
                _exit(1)
        except InterruptedError:
            continue

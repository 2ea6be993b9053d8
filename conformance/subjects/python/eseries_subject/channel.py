"""Messages to and from the suite, a JSON object a line, over file descriptors.

The program answers the suite's requests and may send requests of its own (`ask`). A thread that waits for an answer
reads whatever comes meanwhile; requests are kept in `incoming` until the server takes them. Only functions of the
operating system and native locks are used, so that neither virtual time nor green threads get into the protocol.
"""

import collections
import json
import os
import select
from _thread import allocate_lock as _allocate_lock

# Taken by name now: eventlet replaces them in their modules later.
_read = os.read
_write = os.write
_select = select.select


class SuiteRefused(Exception):
    """The suite answered a request of the program with an error."""


class SuiteGone(SystemExit):
    """The input ended while an answer of the suite was due."""


class _Monitor:
    """A native lock with a queue of waiting threads: threading.Condition makes green locks once eventlet is there."""

    def __init__(self):
        self._lock = _allocate_lock()
        self._waiters = []

    def __enter__(self):
        self._lock.acquire()

    def __exit__(self, *_error):
        self._lock.release()

    def wait(self):
        waiter = _allocate_lock()
        waiter.acquire()
        self._waiters.append(waiter)
        self._lock.release()
        waiter.acquire()
        self._lock.acquire()

    def notify_all(self):
        for waiter in self._waiters:
            waiter.release()
        self._waiters.clear()


class Channel:
    def __init__(self, input_fd, output_fd):
        self.input_fd = input_fd
        self._output_fd = output_fd
        self._buffer = bytearray()
        self._state = _Monitor()
        self._reading = False
        self._writing = _allocate_lock()
        self._answers = {}
        self._callbacks = {}
        self._next_id = 1
        self.incoming = collections.deque()
        self.ended = False
        # Whether this process serves one story, and whether it has read its end.
        self._ends_with_close = False
        self._is_closed = False

    @property
    def is_over(self):
        """Whether there is nothing more to read: the input has ended, or the story."""
        return self.ended or self._is_closed

    def serve_one_story(self):
        """Reads nothing behind `close`: it is for the process that serves the next story."""
        self._ends_with_close = True
        self._is_closed = any(_is_close(each) for each in self.incoming)

    def send(self, message):
        line = memoryview((json.dumps(message, allow_nan=False) + "\n").encode("utf-8"))
        with self._writing:
            while line:
                line = line[_write(self._output_fd, line) :]

    def ask(self, method, params):
        """Sends a request to the suite and waits for the result. Raises SuiteRefused for an error."""
        identifier = self._request(method, params, None)
        self.read_until(lambda: identifier in self._answers)
        if identifier not in self._answers:
            raise SuiteGone("the suite has ended the story while it was asked for %s" % method)
        return _result(method, self._answers.pop(identifier))

    def ask_later(self, method, params, callback):
        """Sends a request to the suite; `callback` gets the answer when it has been read. It must not use the channel."""
        self._request(method, params, callback)

    def _request(self, method, params, callback):
        with self._state:
            identifier = "p%d" % self._next_id
            self._next_id += 1
            self._callbacks[identifier] = callback
        self.send({"jsonrpc": "2.0", "id": identifier, "method": method, "params": params})
        return identifier

    def read_until(self, done):
        """Reads until `done()` holds or the input ends. One thread reads; the others wait for what it finds."""
        while True:
            with self._state:
                while self._reading and not done() and not self.is_over:
                    self._state.wait()
                if done() or self.is_over:
                    return
                self._reading = True
            self._read_once()

    def read_ready(self):
        """Reads what is there without waiting."""
        with self._state:
            if self._reading or self.is_over or not _select([self.input_fd], [], [], 0)[0]:
                return
            self._reading = True
        self._read_once()

    def forget_rest(self):
        """Forgets the beginning of a line that was read."""
        self._buffer.clear()

    def _read_once(self):
        piece = b""
        try:
            piece = _read(self.input_fd, 1 << 16)
        finally:
            with self._state:
                self._reading = False
                self.ended = not piece
                for line in self._lines(piece):
                    self._sort(line)
                self._state.notify_all()

    def _lines(self, piece):
        self._buffer += piece
        if self.ended:
            # The last line may lack its line feed.
            self._buffer += b"\n"
        *lines, rest = bytes(self._buffer).split(b"\n")
        self._buffer = bytearray(rest)
        return [each for each in lines if each.strip()]

    def _sort(self, line):
        """Keeps a line as an answer or as a request."""
        try:
            message = json.loads(line.decode("utf-8", "replace"))
        except ValueError as error:
            self.incoming.append(error)
            return
        identifier = message.get("id") if isinstance(message, dict) and "method" not in message else None
        if not isinstance(identifier, str) or identifier not in self._callbacks:
            self.incoming.append(message)
            self._is_closed = self._is_closed or (self._ends_with_close and _is_close(message))
            return
        callback = self._callbacks.pop(identifier)
        if callback is None:
            self._answers[identifier] = message
        else:
            callback(message)


def _is_close(message):
    return isinstance(message, dict) and message.get("method") == "close"


def _result(method, message):
    if "error" in message:
        error = message["error"] or {}
        raise SuiteRefused("the suite refused %s: %s" % (method, error.get("message", error)))
    return message.get("result")

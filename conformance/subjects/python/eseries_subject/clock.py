"""The time and the chance that a driver sees: the machine's, or the suite's when the suite offers them.

`patch` replaces the functions of `time`, `datetime` and `uuid` before the driver is imported, so that names imported
from these modules are replaced too. What they return is decided at each call by `current`.
"""

import datetime
import math
import sys
import time
import types
import uuid

real = types.SimpleNamespace(
    datetime=datetime.datetime,
    date=datetime.date,
    uuid4=uuid.uuid4,
    **{name: getattr(time, name) for name in dir(time) if not name.startswith("_")}
)


class MachineClock:
    """The machine's time. `factor` shortens waits only."""

    virtual = False

    def __init__(self, factor=1.0):
        self.factor = factor

    time = staticmethod(real.time)
    monotonic = staticmethod(real.monotonic)
    perf_counter = staticmethod(real.perf_counter)
    uuid4 = staticmethod(real.uuid4)


class SuiteClock:
    """The suite's time: it stands still until the suite says that it has passed.

    What was heard last counts until something happened that may have taken virtual time: see `stale`.
    """

    virtual = True
    factor = 1.0

    def __init__(self, channel, requests):
        self._channel = channel
        self._now = channel.ask("now", {})["now"]
        self._offset = real.monotonic() - self._now
        self._stale = False
        if "uuid" not in requests:
            self.uuid4 = real.uuid4

    def time(self):
        if self._stale:
            self._stale = False
            self.passed(self._channel.ask("now", {})["now"])
        return self._now

    def monotonic(self):
        return self.time() + self._offset

    perf_counter = monotonic

    def known(self):
        """The monotonic time without asking the suite."""
        return self._now + self._offset

    def stale(self):
        """A request of the driver may have taken time: the next look asks the suite."""
        self._stale = True

    def passed(self, now):
        self._now = max(self._now, now)

    def sleep_later(self, until, call, then):
        """Has the suite answer when the monotonic time `until` has come, and calls `then`."""
        wanted = until - self._offset
        # The suite's clock counts milliseconds: a shorter wait would never end.
        milliseconds = max(1, math.ceil((wanted - self._now) * 1000 - 1e-3))

        def woken(answer):
            if "error" in answer:
                print("The suite refused to wait: %s" % answer["error"], file=sys.stderr)
            else:
                self.passed(answer["result"]["now"])
            self.passed(wanted)
            then()

        params = {"seconds": milliseconds / 1000}
        if call is not None:
            params["call"] = call
        self._channel.ask_later("sleep", params, woken)

    def uuid4(self):
        return uuid.UUID(self._channel.ask("uuid", {})["uuid"])


current = MachineClock()


def use(clock):
    global current
    current = clock


class _Function:
    """A function that does not become a method when a class keeps it as an attribute: as those written in C."""

    def __init__(self, name, function):
        self.__name__ = self.__qualname__ = name
        self._function = function

    def __call__(self, *args, **kwargs):
        return self._function(*args, **kwargs)

    def __repr__(self):
        return "<function %s>" % self.__name__


def _nanoseconds(seconds):
    return round(seconds * 1_000_000) * 1000


def _of_moment(name):
    """gmtime, localtime, ctime: without seconds they mean the present."""
    convert = getattr(real, name)
    return lambda seconds=None: convert(current.time() if seconds is None else seconds)


def _with_tuple(name, *leading):
    """strftime, asctime: without a tuple they mean the present."""
    convert = getattr(real, name)
    count = len(leading)

    def function(*args):
        return convert(*args) if len(args) > count else convert(*args, real.localtime(current.time()))

    return function


_FUNCTIONS = {
    "time": lambda: current.time(),
    "monotonic": lambda: current.monotonic(),
    "perf_counter": lambda: current.perf_counter(),
    "time_ns": lambda: _nanoseconds(current.time()),
    "monotonic_ns": lambda: _nanoseconds(current.monotonic()),
    "perf_counter_ns": lambda: _nanoseconds(current.perf_counter()),
    "gmtime": _of_moment("gmtime"),
    "localtime": _of_moment("localtime"),
    "ctime": _of_moment("ctime"),
    "asctime": _with_tuple("asctime"),
    "strftime": _with_tuple("strftime", "format"),
}

patched = types.SimpleNamespace(**{name: _Function(name, function) for name, function in _FUNCTIONS.items()})


def patch():
    """Replaces the functions of time. Once; `sleep` is replaced by who waits (eventlet_waits, thread_waits)."""
    import logging
    import queue
    import threading

    # Log records are for people: their times are the machine's, and cost no request.
    logging.time = types.SimpleNamespace(**vars(real))
    for name in _FUNCTIONS:
        setattr(time, name, getattr(patched, name))
    # These took their clock by name already.
    threading._time = patched.monotonic
    queue.time = patched.monotonic
    uuid.uuid4 = _Function("uuid4", lambda: current.uuid4())
    _patch_datetime()


class _StandIn(type):
    """A class that stands for another one in isinstance and issubclass."""

    def __instancecheck__(cls, instance):
        of = cls.__dict__.get("_real")
        return type.__instancecheck__(cls, instance) if of is None else isinstance(instance, of)

    def __subclasscheck__(cls, other):
        of = cls.__dict__.get("_real")
        return type.__subclasscheck__(cls, other) if of is None else issubclass(other, of)


def _patch_datetime():
    # Without slots of their own they have the size that extensions in C expect.
    class date(real.date, metaclass=_StandIn):
        __slots__ = ()
        _real = real.date

        @classmethod
        def today(cls):
            return cls.fromtimestamp(current.time())

    class moment(real.datetime, metaclass=_StandIn):
        __slots__ = ()
        _real = real.datetime

        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(current.time(), tz)

        @classmethod
        def today(cls):
            return cls.fromtimestamp(current.time())

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(current.time(), datetime.timezone.utc).replace(tzinfo=None)

    for replacement, name in ((date, "date"), (moment, "datetime")):
        replacement.__name__ = replacement.__qualname__ = name
        replacement.__module__ = "datetime"
        setattr(datetime, name, replacement)

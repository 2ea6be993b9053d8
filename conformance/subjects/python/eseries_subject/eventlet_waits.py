"""Green threads in virtual time, for drivers beside a real Cinder: it runs its drivers on one eventlet loop.

What sockets and other programs do takes real time, and so do their timers. A socket's timeout counts the suite's time as
well, once something comes.
"""

import heapq
import itertools
import weakref

from . import clock
from .eventlet_patches import ROUNDING_SECONDS, count_native_calls, time_out_by_the_suite, wait_really_for_programs

# How long a request of the driver may take in real time before other green threads' timers no longer wait for it.
PATIENCE_SECONDS = 1.0

_IO_TIMERS = ("trampoline.<locals>._timeout", "select.<locals>.on_timeout")


class Loop:
    """Runs calls as green threads. `install` comes before the driver's import, `start` in the process that serves."""

    def __init__(self):
        self.channel = None
        self.hub = None
        # The ids of the calls that are under way, in the order of their arrival.
        self.calls = {}
        self.native_calls = 0
        self.on_readable = None
        self._no_calls = None

    def install(self):
        import eventlet

        eventlet.monkey_patch()
        count_native_calls(self)
        wait_really_for_programs()
        time_out_by_the_suite()

    def start(self, channel):
        """A hub of this process' own: one that was made before a fork would share its file descriptors."""
        from eventlet import hubs

        self.channel = channel
        hubs.use_hub(_hub_class(self))
        self.hub = hubs.get_hub()

    def serve(self, handle):
        """Calls `handle(message)` for each message in a green thread of its own, until the input ends or `stop`."""
        import eventlet
        from eventlet import event

        self._end = event.Event()

        listener = None

        def readable(_fd=None):
            nonlocal listener
            self.channel.read_ready()
            while self.channel.incoming:
                eventlet.spawn_n(handle, self.channel.incoming.popleft())
            if self.channel.is_over and listener is not None:
                # What comes behind the end of a story is for another process.
                self.hub.remove(listener)
                listener = None
            if self.channel.ended:
                self.stop()

        self.on_readable = readable
        listener = self.hub.add(self.hub.READ, self.channel.input_fd, readable, lambda *_error: None, lambda: None)
        readable()
        self._end.wait()

    def stop(self):
        if not self._end.ready():
            self._end.send(None)

    def call_begins(self, identifier):
        import eventlet

        self.calls[identifier] = True
        if clock.current.virtual:
            clock.current.stale()
            clock.current.time()
            # What was due in the background comes first.
            eventlet.sleep(0)

    def call_ends(self, identifier):
        self.calls.pop(identifier, None)
        if not self.calls and self._no_calls is not None:
            self._no_calls.send(None)
            self._no_calls = None

    def wait_for_calls(self):
        from eventlet import event

        if self.calls:
            self._no_calls = self._no_calls or event.Event()
            self._no_calls.wait()


def _hub_class(loop):
    import greenlet
    from eventlet import patcher
    from eventlet.hubs import poll, selects

    select = patcher.original("select")
    base = poll.Hub if hasattr(select, "poll") else selects.Hub

    class Hub(base):
        """Fires timers in the order of their times and, at one time, of their making."""

        def __init__(self):
            super().__init__(clock=lambda: clock.current.known() if clock.current.virtual else clock.real.monotonic())
            self._order = itertools.count()
            self._io_timers = []
            self._io_timer_of = weakref.WeakKeyDictionary()
            self._asked_until = None
            self._idle_since = None

        @staticmethod
        def is_available():
            return True

        def add_timer(self, timer):
            function = getattr(timer, "tpl", (None,))[0]
            if getattr(function, "__qualname__", "") in _IO_TIMERS:
                due = clock.real.monotonic() + timer.seconds
                heapq.heappush(self._io_timers, (due, next(self._order), timer))
                if clock.current.virtual:
                    self._io_timer_of[greenlet.getcurrent()] = (timer, clock.current.monotonic() + timer.seconds)
                return due
            due = self.clock() + timer.seconds * clock.current.factor
            self.next_timers.append((due, next(self._order), timer))
            return due

        def add(self, evtype, fileno, cb, tb, mark_as_closed):
            """A socket's timeout counts the suite's time too: what comes later in it came too late."""
            timer, due = self._io_timer_of.pop(greenlet.getcurrent(), (None, None))
            if timer is None or timer.called or evtype != self.READ:
                return super().add(evtype, fileno, cb, tb, mark_as_closed)

            def ready(fd):
                clock.current.stale()
                if clock.current.monotonic() > due + ROUNDING_SECONDS and not timer.called:
                    timer()
                else:
                    cb(fd)

            return super().add(evtype, fileno, ready, tb, mark_as_closed)

        def timer_canceled(self, timer):
            """Timers that were cancelled are dropped when they come first."""

        def prepare_timers(self):
            for item in self.next_timers:
                heapq.heappush(self.timers, item)
            self.next_timers.clear()
            for heap in (self.timers, self._io_timers):
                while heap and heap[0][2].called:
                    heapq.heappop(heap)

        def fire_timers(self, when):
            self._fire(self.timers, when)
            self._fire(self._io_timers, clock.real.monotonic())

        def _fire(self, heap, when):
            import sys

            while heap and heap[0][0] <= when + ROUNDING_SECONDS:
                timer = heapq.heappop(heap)[2]
                if timer.called:
                    continue
                try:
                    timer()
                except self.SYSTEM_EXCEPTIONS:
                    raise
                except BaseException:
                    self.squelch_timer_exception(timer, sys.exc_info())

        def wait(self, seconds=None):
            """`seconds` is the time until the next timer, in the driver's time."""
            if loop.channel.incoming:
                loop.on_readable()
                seconds = 0
            if not clock.current.virtual:
                super().wait(min([60.0 if seconds is None else seconds, *self._until_io_timer()]))
                return
            self._poll(0)
            if self.next_timers or self._is_due():
                return
            if self.timers:
                self._pass_time()
            else:
                self._poll_long()

        def _is_due(self):
            return bool(self.timers) and self.timers[0][0] <= self.clock() + ROUNDING_SECONDS

        def _until_io_timer(self):
            return [max(0.0, self._io_timers[0][0] - clock.real.monotonic())] if self._io_timers else []

        def _poll_long(self, seconds=60.0):
            self._poll(min([seconds, *self._until_io_timer()]))

        def _poll(self, seconds):
            before = self._waiting_for()
            super().wait(seconds)
            if before != self._waiting_for():
                # The driver heard from elsewhere: time may have passed there.
                clock.current.stale()
                self._idle_since = None

        def _waiting_for(self):
            """The file descriptors that green threads wait for, beside those of the channel."""
            own = {loop.channel.input_fd, _native_results_fd()}
            return {(kind, fd) for kind, bucket in self.listeners.items() for fd in bucket if fd not in own}

        def _pass_time(self):
            """All green threads wait: the suite lets time pass until the first of them is due."""
            if not loop.calls:
                # What runs in the background waits for time that passes with the suite's own steps.
                self._poll_long()
                return
            if self._waiting_for() or self._io_timers or loop.native_calls:
                now = clock.real.monotonic()
                self._idle_since = self._idle_since or now
                left = self._idle_since + PATIENCE_SECONDS - now
                if left > 0:
                    self._poll_long(left)
                    return
            # Asks the suite when what was heard last may be old.
            clock.current.time()
            if self._is_due():
                return
            until = self.timers[0][0]
            if self._asked_until is None or until < self._asked_until:
                self._asked_until = until
                clock.current.sleep_later(until, next(iter(loop.calls), None), self._woken)
            self._poll_long()

        def _woken(self):
            self._asked_until = None
            self._idle_since = None

    return Hub


def _native_results_fd():
    from eventlet import tpool

    return tpool._rsock.fileno() if tpool._rsock is not None else None

"""Native threads in virtual time, for drivers that need no eventlet.

`time.sleep`, and with a timeout Condition.wait, Event.wait, Queue.get, Future.result, Timer and Thread.join, wait for the
suite's time. What waits in C does not: Lock.acquire with a timeout, sockets, other programs.
"""

import functools
import heapq
import itertools
import threading
import time
from _thread import allocate_lock

from . import clock

# How long nothing may happen in real time before the waits of threads that are not calls let time pass.
IDLE_SECONDS = 0.05

# How long a thread that was started or woken may take, in real time, until it waits or ends: then it is taken to be
# blocked in C.
WORK_SECONDS = 1

_condition_wait = threading.Condition.wait
_join = threading.Thread.join
_start = threading.Thread.start


class _Waiter:
    """A lock that the notifier or the timer releases, whichever is first. Calls `at_release` just before."""

    def __init__(self, at_release=None):
        self._lock = allocate_lock()
        self._lock.acquire()
        self._guard = allocate_lock()
        self._at_release = at_release
        self.notified = None

    def release(self, notified=True):
        with self._guard:
            if self.notified is None:
                self.notified = notified
                if self._at_release is not None:
                    self._at_release()
                self._lock.release()

    def acquire(self):
        self._lock.acquire()
        return self.notified


class Loop:
    """Runs calls in threads of their own, and lets time pass when they wait."""

    def __init__(self):
        self.channel = None
        self.calls = {}
        self._threads = threading.local()
        self._order = itertools.count()
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._timers = []
        self._running = []
        # Threads that were started or woken and that have neither waited nor ended since: no time passes.
        self._at_work = set()

    def install(self):
        time.sleep = clock._Function("sleep", self.sleep)
        threading.Condition.wait = _condition_waiter(self)
        threading.Thread.join = _joiner(self)
        threading.Thread.start = _starter(self)

    def start(self, channel):
        self.channel = channel
        # Locks of before a fork may be held by threads that are not there.
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._at_work = set()
        _start(threading.Thread(target=self._pass_time, daemon=True))

    def serve(self, handle):
        """Calls `handle(message)` for each message in a thread of its own, until the input ends or `stop`."""
        self._stopped = False
        while not self._stopped:
            self.rests(threading.current_thread())
            self.channel.read_until(lambda: self.channel.incoming)
            if not self.channel.incoming:
                return
            message = self.channel.incoming.popleft()
            if isinstance(message, dict) and message.get("method") == "call":
                thread = threading.Thread(target=handle, args=(message,), daemon=True)
                self._running = [each for each in self._running if each.is_alive()] + [thread]
                _start(thread)
            else:
                handle(message)

    def stop(self):
        self._stopped = True

    def call_begins(self, identifier):
        self._threads.call = identifier
        if clock.current.virtual:
            clock.current.stale()
            clock.current.time()
        with self._changed:
            self.calls[identifier] = True
            self._changed.notify_all()

    def call_ends(self, identifier):
        with self._changed:
            self.calls.pop(identifier, None)
            self._at_work.discard(threading.current_thread())
            self._changed.notify_all()

    def wait_for_calls(self):
        for thread in self._running:
            _join(thread)

    def sleep(self, seconds):
        if not clock.current.virtual or seconds <= 0:
            return clock.real.sleep(seconds * clock.current.factor)
        self.wait(self.waiter(), seconds)
        return None

    def begins(self, thread):
        """A thread begins to work: no time passes until it waits or ends, or has taken WORK_SECONDS."""
        self._at_work.add(thread)

    def rests(self, thread):
        """A thread waits or has ended."""
        if thread not in self._at_work:
            return
        with self._changed:
            self._at_work.discard(thread)
            self._changed.notify_all()

    def waiter(self):
        """What the current thread waits with: it is at work again from the moment when it is released."""
        return _Waiter(functools.partial(self.begins, threading.current_thread()))

    def wait(self, waiter, seconds=None):
        """Waits for the waiter or the time, if there is one; returns whether it was notified."""
        due = None if seconds is None else clock.current.monotonic() + seconds
        with self._changed:
            if due is not None:
                entry = (due, next(self._order), waiter, getattr(self._threads, "call", None))
                heapq.heappush(self._timers, entry)
            self._at_work.discard(threading.current_thread())
            self._changed.notify_all()
        return waiter.acquire()

    def _pass_time(self):
        """A thread of its own: the only one that asks the suite for time."""
        while True:
            with self._lock:
                while not self._timers or not self.calls:
                    _condition_wait(self._changed)
                if self._at_work:
                    if not _condition_wait(self._changed, WORK_SECONDS):
                        self._at_work.clear()
                    continue
                if not any(call is not None for _due, _order, waiter, call in self._timers if waiter.notified is None):
                    # Only threads that the driver started wait. The calls may be at work.
                    if _condition_wait(self._changed, IDLE_SECONDS):
                        continue
                self._drop_notified()
                first = self._timers[0] if self._timers and self.calls else None
            if first is None:
                continue
            due, _order, _waiter, call = first
            if due > clock.current.monotonic():
                done = _Waiter()
                clock.current.sleep_later(due, call if call is not None else next(iter(self.calls), None), done.release)
                self.channel.read_until(lambda done=done: done.notified)
                if self.channel.is_over:
                    return
            self._wake(clock.current.known())

    def _drop_notified(self):
        while self._timers and self._timers[0][2].notified is not None:
            heapq.heappop(self._timers)

    def _wake(self, now):
        with self._lock:
            while self._timers and self._timers[0][0] <= now + 1e-6:
                heapq.heappop(self._timers)[2].release(notified=False)


def _condition_waiter(loop):
    def wait(self, timeout=None):
        """Condition.wait, whose timeout is the suite's time."""
        if (timeout is not None and timeout <= 0) or not clock.current.virtual:
            return _condition_wait(self, timeout)
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        waiter = loop.waiter()
        self._waiters.append(waiter)
        state = self._release_save()
        notified = False
        try:
            notified = loop.wait(waiter, timeout)
            return notified
        finally:
            self._acquire_restore(state)
            if not notified:
                try:
                    self._waiters.remove(waiter)
                except ValueError:
                    pass

    return wait


def _joiner(loop):
    def join(self, timeout=None):
        """Thread.join, whose timeout is the suite's time."""
        if (timeout is not None and timeout <= 0) or not clock.current.virtual:
            return _join(self, timeout)
        _join(self, 0)
        if not self.is_alive():
            return None
        waiter = loop.waiter()

        def follow():
            _join(self)
            waiter.release()

        _start(threading.Thread(target=follow, daemon=True))
        loop.wait(waiter, timeout)
        return None

    return join


def _starter(loop):
    def start(self):
        """Thread.start: what the thread waits for first is known before time passes."""
        if not clock.current.virtual:
            return _start(self)
        run = self.run

        def run_to_the_end():
            try:
                run()
            finally:
                loop.rests(self)

        self.run = run_to_the_end
        loop.begins(self)
        return _start(self)

    return start

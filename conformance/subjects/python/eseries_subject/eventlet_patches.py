"""What eventlet does differently in the suite's time, beside its loop: see eventlet_waits.py."""

import functools

from . import clock

# Times are sums of floats: a timer is due this much early.
ROUNDING_SECONDS = 1e-6


def count_native_calls(loop):
    """Work in native threads (tpool) takes real time, as requests do."""
    from eventlet import tpool

    execute = tpool.execute

    @functools.wraps(execute)
    def counted(*args, **kwargs):
        loop.native_calls += 1
        try:
            return execute(*args, **kwargs)
        finally:
            loop.native_calls -= 1

    tpool.execute = counted


def wait_really_for_programs():
    """A program that the driver runs takes real time: its end is looked for every hundredth of a real second."""
    from eventlet.green import subprocess

    def wait(self, timeout=None, check_interval=0.01):
        from eventlet.green import select

        end = None if timeout is None else clock.real.monotonic() + timeout
        while True:
            status = self.poll()
            if status is not None:
                return status
            if end is not None and clock.real.monotonic() > end:
                raise subprocess.TimeoutExpired(self.args, timeout)
            select.select([], [], [], check_interval)

    subprocess.Popen.wait = wait


def time_out_by_the_suite():
    """An answer that was there at once came too late too, if the suite's time says so."""
    import socket

    from eventlet.greenio.base import GreenSocket

    send, receive = GreenSocket._send_loop, GreenSocket._recv_loop

    def sending(self, *args):
        if clock.current.virtual:
            self._sent_at = clock.current.monotonic()
        return send(self, *args)

    def receiving(self, *args):
        timeout = self.gettimeout()
        if not clock.current.virtual or not timeout:
            return receive(self, *args)
        began = getattr(self, "_sent_at", None)
        began = clock.current.monotonic() if began is None else began
        received = receive(self, *args)
        self._sent_at = None
        clock.current.stale()
        if clock.current.monotonic() > began + timeout + ROUNDING_SECONDS:
            raise socket.timeout("timed out")
        return received

    GreenSocket._send_loop, GreenSocket._recv_loop = sending, receiving

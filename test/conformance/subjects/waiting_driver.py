"""A driver without Cinder that waits in each way that Python's standard library has."""

import concurrent.futures
import datetime
import queue
import threading
import time
import uuid
from time import monotonic, sleep


class WaitingDriver:
    def __init__(self, configuration):
        self.ticks = []

    def do_setup(self, context):
        def tick():
            while True:
                sleep(60)
                self.ticks.append(round(time.time(), 3))

        threading.Thread(target=tick, daemon=True).start()

    def check_for_setup_error(self):
        before = [time.time(), time.time_ns() / 1e9, monotonic(), datetime.datetime.now().timestamp()]
        sleep(3)
        after = [time.time(), time.time_ns() / 1e9, monotonic(), datetime.datetime.now().timestamp()]
        year = [time.gmtime().tm_year, datetime.date.today().year, int(time.strftime("%Y")), datetime.datetime.utcnow().year]
        return {
            "took": [round(b - a, 3) for a, b in zip(before, after)],
            "year": year,
            "uuid": str(uuid.uuid4()),
            "isinstance": [isinstance(datetime.datetime(2024, 1, 1), datetime.datetime),
                           isinstance(datetime.datetime.now(), datetime.date),
                           isinstance(datetime.date(2024, 1, 1), datetime.datetime)],
        }

    def create_volume(self, volume):
        """The seconds that each way of waiting took."""
        waits = {
            "sleep": lambda: sleep(5),
            "event": lambda: threading.Event().wait(7),
            "condition": self._condition,
            "queue": self._queue,
            "timer": self._timer,
            "join": self._join,
            "future": self._future,
            "polling": self._polling,
        }
        return {name: self._took(wait) for name, wait in waits.items()}

    def delete_volume(self, volume):
        return self.ticks

    def create_snapshot(self, snapshot):
        """An event that comes before the timeout is no timeout."""
        came = threading.Event()
        threading.Timer(2, came.set).start()
        return [came.wait(1000), self._took(lambda: came.wait(1000))]

    def ensure_export(self, context, volume):
        sleep(10)
        return round(time.time(), 3)

    def _took(self, wait):
        before = monotonic()
        wait()
        return round(monotonic() - before, 3)

    def _condition(self):
        condition = threading.Condition()
        with condition:
            condition.wait_for(lambda: False, 11)

    def _queue(self):
        try:
            queue.Queue().get(timeout=13)
        except queue.Empty:
            pass

    def _timer(self):
        done = threading.Event()
        threading.Timer(17, done.set).start()
        done.wait()

    def _join(self):
        thread = threading.Thread(target=threading.Event().wait, daemon=True)
        thread.start()
        thread.join(19)

    def _future(self):
        with concurrent.futures.ThreadPoolExecutor() as pool:
            try:
                pool.submit(lambda: sleep(30)).result(timeout=23)
            except concurrent.futures.TimeoutError:
                pass

    def _polling(self):
        end = time.time() + 29
        while time.time() < end:
            sleep(2)

"""An array of one test."""

import base64
from urllib.parse import quote


class ArrayError(Exception):
    """An answer that is an error: `status`, and `answer` as text."""

    def __init__(self, method, url, status, answer):
        super().__init__("%s %s: %d %s" % (method, url, status, answer))
        self.status = status
        self.answer = answer


class Array:
    """A storage system of the simulator. `url` is where the web services are, as clients are told it."""

    user = "admin"
    password = "admin"

    def __init__(self, simulator, array_id):
        self._simulator = simulator
        self.id = array_id
        self.url = simulator.url
        self.system_url = "%s/devmgr/v2/storage-systems/%s" % (self.url, quote(array_id))

    def get(self, path):
        return self.request("GET", path)

    def post(self, path, body):
        return self.request("POST", path, body)

    def delete(self, path):
        return self.request("DELETE", path)

    def request(self, method, path, body=None):
        """A request below the storage system, as its administrator. Raises ArrayError for an error."""
        from .simulator import request

        credentials = base64.b64encode(("%s:%s" % (self.user, self.password)).encode()).decode()
        return request(method, "%s/%s" % (self.system_url, path), body, {"Authorization": "Basic %s" % credentials})

    def fault(self, rule):
        """Adds a fault rule for this array; gives it with its id."""
        return self._control("POST", "faults", {**rule, "array": self.id})

    def faults(self):
        """The fault rules of this array with their hits."""
        return self._control("GET", "faults?array=%s" % quote(self.id))

    def clear_faults(self):
        """Removes the fault rules of this array, and mends what they broke."""
        for rule in self.faults():
            self._control("DELETE", "faults/%s" % quote(rule["id"]))

    def advance(self, duration):
        """Moves the time on, e.g. by "5m"; a clock that runs is stopped first. It is the clock of all arrays."""
        if self._control("GET", "clock")["mode"] != "manual":
            self._control("PUT", "clock", {"mode": "manual"})
        return self._control("POST", "clock", {"advance": duration})

    def check(self):
        """What is wrong with the array's own invariants: an empty list."""
        return self._control("POST", "arrays/%s/check" % quote(self.id))["problems"]

    def journal(self, limit=20):
        """The last requests that this array was sent, with their answers."""
        return self._control("GET", "journal?limit=%d&array=%s" % (limit, quote(self.id)))

    def close(self):
        """Removes the array with its fault rules, and lets a stopped clock run again."""
        self.clear_faults()
        self._control("DELETE", "arrays/%s" % quote(self.id))
        self._control("PUT", "clock", {"mode": "real"})

    def _control(self, method, path, body=None):
        return self._simulator.control(method, path, body)

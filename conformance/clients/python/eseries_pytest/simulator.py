"""The program eseries-simulator as a process, and its control API."""

import json
import shlex
import subprocess
import urllib.error
import urllib.request

from .array import Array, ArrayError


class SimulatorError(Exception):
    """The program cannot be started."""


class Simulator:
    """A running eseries-simulator. `command` is its command line, e.g. "npx eseries-simulator"."""

    def __init__(self, command):
        words = shlex.split(command) + ["--port", "0", "--iscsi-port", "0", "--jobs", "instant", "--json"]
        try:
            self._process = subprocess.Popen(words, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        except OSError as error:
            raise SimulatorError("%s cannot be started: %s" % (command, error)) from error
        line = self._process.stdout.readline()
        if line == "":
            raise SimulatorError("%s ended with %s before it was ready" % (command, self._process.wait()))
        ready = json.loads(line)
        self.url = ready["url"]
        self._control_url = ready["controlUrl"]
        self._process_id = ready["pid"]
        self._arrays = 0

    def control(self, method, path, body=None):
        """A request to /sim/v1; raises ArrayError for an error."""
        return request(method, "%s/%s" % (self._control_url, path), body)

    def new_array(self, **options):
        """An array of its own; options are those of POST /sim/v1/arrays: preset, seed, label, pools, volumes, hosts."""
        self._arrays += 1
        array_id = "test-%d" % self._arrays
        self.control("POST", "arrays", {"id": array_id, **options})
        return Array(self, array_id)

    def close(self):
        """Stops the program."""
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


def request(method, url, body=None, headers=()):
    """Sends a request; gives the answer's JSON, None for an empty one. Raises ArrayError for an error."""
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(url, data=data, method=method, headers=dict(headers))
    if data is not None:
        asked.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(asked, timeout=60) as answered:
            text = answered.read()
    except urllib.error.HTTPError as error:
        with error:
            raise ArrayError(method, url, error.code, error.read().decode(errors="replace")) from None
    return json.loads(text) if text else None

"""The array's REST API over requests."""

import threading
import time

import requests

from cinder import exception

NULL_REF = "0" * 40
# Seconds. An array that says nothing for so long is given up on.
TIMEOUT = 60
ATTEMPTS = 4
PAUSE = 2
# What the array refuses for the moment only: SYMbol's return code, as number and as name.
BUSY = ("3", "busy")
# What keeps an object from being deleted now: in use, reconfigured, rolled back, copied.
IN_USE = (*BUSY, "493", "volumeInUse", "11", "volumeReconfiguring", "137", "rollbackInProgress")
# The password that the web services have of the array is not the array's.
WRONG_PASSWORD = ("30", "authFailPassword")
NO_CONTENT = 204
# How a proxy tells that it does not reach the array.
OFFLINE = 424


class ArrayError(exception.VolumeBackendAPIException):
    """The array refused a request, or did not answer it."""

    def __init__(self, method, path, status=None, code=None, text=""):
        self.status = status
        self.return_code = str(code)
        if status == OFFLINE:
            text = "the array is offline. " + text
        if self.return_code in WRONG_PASSWORD:
            text = "the array's password is wrong. " + text
        super().__init__(data="%s %s: %s %s" % (method, path, status or "no answer", text))

    @property
    def is_busy(self):
        """Whether the array may do later what it refuses now."""
        return self.status == 423 or self.return_code in IN_USE

    @property
    def is_unclear(self):
        """Whether it is unknown if the request was carried out."""
        return self.is_silence or self.status >= 500

    @property
    def is_silence(self):
        """Whether nothing has answered that could have decided anything."""
        return self.status in (None, OFFLINE, 502, 503, 504)


class Client:
    """Requests to the web services; paths that do not begin with '/' are those of the array itself."""

    def __init__(self, origin, base, login, password):
        self._origin = origin
        self._base = origin + "/" + base.strip("/")
        self._credentials = (login, password)
        self._threads = threading.local()
        self.system = None

    def get(self, path):
        return self._request("GET", path)

    def find(self, path):
        """The object at a path, or None when there is none."""
        try:
            return self._request("GET", path)
        except ArrayError as error:
            if error.status != 404:
                raise
            return None

    def post(self, path, body=None):
        return self._request("POST", path, body)

    def delete(self, path):
        """Deletes what is at a path; that it is gone already is well."""
        try:
            self._request("DELETE", path)
        except ArrayError as error:
            if error.status != 404:
                raise

    def _url(self, path):
        if path.startswith("/devmgr/utils/"):
            return self._origin + path
        if path.startswith("/"):
            return self._base + path
        return "%s/storage-systems/%s/%s" % (self._base, self.system, path)

    def _session(self):
        if not hasattr(self._threads, "session"):
            self._threads.session = requests.Session()
            self._threads.session.auth = self._credentials
            # The certificates of arrays are made by themselves.
            self._threads.session.verify = False
        return self._threads.session

    def _request(self, method, path, body=None):
        """One request. What can be repeated is, when the array is busy, does not answer or does not know what it did."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(method, path, body)
            except ArrayError as error:
                again = error.return_code in BUSY or (error.is_unclear and method != "POST")
                if attempt == ATTEMPTS or not again:
                    raise
            time.sleep(PAUSE)

    def _once(self, method, path, body):
        try:
            response = self._session().request(method, self._url(path), json=body, timeout=TIMEOUT)
        except requests.RequestException as error:
            raise ArrayError(method, path, text=type(error).__name__)
        if response.status_code >= 300:
            raise self._refusal(method, path, response)
        if not response.content:
            if method == "DELETE" or response.status_code == NO_CONTENT:
                return None
            raise ArrayError(method, path, text="an empty answer")
        try:
            return response.json()
        except ValueError:
            raise ArrayError(method, path, text="an answer that is not JSON")

    @staticmethod
    def _refusal(method, path, response):
        try:
            body = response.json()
        except ValueError:
            body = None
        body = body if isinstance(body, dict) else {}
        words = [str(body[name]) for name in ("errorMessage", "codeType", "retcode") if body.get(name)]
        return ArrayError(method, path, response.status_code, body.get("retcode"), ", ".join(words))

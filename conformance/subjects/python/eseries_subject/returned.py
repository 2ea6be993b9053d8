"""Makes JSON of what a driver returned, and of the exceptions that it raised."""

import datetime
import types

from .protocol import escaped


class Returned:
    """Makes JSON of what the driver returned, and notes the objects in it that are not new ones.

    `maker` knows Cinder's objects: see payloads.py.
    """

    def __init__(self, given, maker):
        self._places = given.places
        self._maker = maker
        self._seen = {}
        self._open = set()
        self.identities = {}

    def plain(self, value, place=""):
        if value is None or isinstance(value, (bool, int)):
            return value
        if isinstance(value, str):
            return str(value)
        if isinstance(value, float):
            return value if value == value and abs(value) != float("inf") else odd(value)
        if isinstance(value, (datetime.datetime, datetime.date)):
            return value.isoformat()
        is_object, is_list = self._maker.is_object(value), self._maker.is_list(value)
        if not is_object and not is_list and not isinstance(value, _CONTAINERS):
            return odd(value)
        if id(value) in self._open:
            return odd(value)
        # Tuples cannot be changed: whether they are the same does not matter.
        known = None if isinstance(value, tuple) else self._places.get(id(value)) or self._seen.get(id(value))
        if known is not None:
            self.identities[place] = known
            inner = Returned(_NOTHING, self._maker)
            inner._open = self._open
            return inner._members(value, place, is_object)
        self._seen[id(value)] = "/result" + place
        return self._members(value, place, is_object)

    def _members(self, value, place, is_object):
        self._open.add(id(value))
        try:
            members = self._maker.fields_of(value) if is_object else value
            if isinstance(members, (dict, types.MappingProxyType)):
                return {text(key): self.plain(each, place + "/" + escaped(text(key))) for key, each in members.items()}
            return [self.plain(each, "%s/%d" % (place, index)) for index, each in enumerate(members)]
        finally:
            self._open.discard(id(value))


_CONTAINERS = (dict, list, tuple, set, frozenset, types.MappingProxyType)
_NOTHING = types.SimpleNamespace(places={})


def odd(value):
    """What JSON does not have: who judges the driver sees that it is there."""
    cls = type(value)
    return {"$type": "%s.%s" % (cls.__module__, cls.__qualname__), "$text": text(value)[:200]}


def text(value):
    """str(value), also where that raises."""
    try:
        return str(value)
    except Exception as error:
        return "<%s whose text cannot be made: %s>" % (type(value).__name__, type(error).__name__)


def exception_data(error):
    """An exception as the protocol has it. Cinder's have their message as `msg`."""
    names = [each.__name__ for each in type(error).__mro__ if each is not object]
    try:
        message = error.msg
    except Exception:
        message = None
    return {"class": names[0], "parents": names[1:], "message": message if isinstance(message, str) else text(error)}

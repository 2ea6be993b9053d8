"""Answers the suite: makes the driver, calls its methods, and says what they returned or raised."""

import inspect
import sys
import traceback

from . import clock
from .payloads import Given
from .protocol import (
    EXCEPTION,
    INTERNAL_ERROR,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    METHODS,
    PARSE_ERROR,
    Refusal,
)
from .returned import Returned, exception_data, text

CONSTANTS = ("CI_WIKI_NAME", "DRIVER_NAME", "VERSION", "SUPPORTED")


class Server:
    """One driver. `load` gives its class; `source` is (options, file, backend): see command.py."""

    def __init__(self, channel, loop, around, load, source, reusable=False):
        self._channel = channel
        self._loop = loop
        self._around = around
        self._load = load
        self._source = source
        self._reusable = reusable
        self._driver = None
        self._maker = None
        self.closed = False

    def handle(self, message):
        """Answers a message. Whatever happens, there is one answer."""
        if isinstance(message, ValueError):
            self._send(None, error={"code": PARSE_ERROR, "message": "not JSON: %s" % message})
            return
        if not isinstance(message, dict) or not isinstance(message.get("method"), str):
            self._send(None, error={"code": INVALID_REQUEST, "message": "a request is an object with a method"})
            return
        identifier = message.get("id")
        params = message.get("params") or {}
        handlers = {"initialize": self._initialize, "call": self._call, "close": self._close}
        try:
            handler = handlers.get(message["method"])
            if handler is None:
                known = ", ".join(handlers)
                raise Refusal(METHOD_NOT_FOUND, "there is no method %s: there are %s" % (message["method"], known))
            if not isinstance(params, dict):
                raise Refusal(INVALID_PARAMS, "params is an object")
            answer = handler(params, identifier)
        except Refusal as error:
            answer = {"error": {"code": error.code, "message": str(error)}}
        except BaseException as error:
            traceback.print_exc()
            message = "%s: %s" % (type(error).__name__, text(error))
            answer = {"error": {"code": INTERNAL_ERROR, "message": message}}
        self._send(identifier, **answer)
        if self.closed:
            self._loop.stop()

    def _send(self, identifier, **answer):
        self._channel.send({"jsonrpc": "2.0", "id": identifier, **answer})

    def _initialize(self, params, _identifier):
        given, file, backend = self._source
        if file is None:
            given = params.get("configuration")
        if file is None and not isinstance(given, dict):
            raise Refusal(INVALID_PARAMS, 'initialize needs {"configuration": {option: value}}, or start with --config')
        cls = self._load()
        suite = params.get("suite") if isinstance(params.get("suite"), dict) else {}
        requests = suite.get("requests") or []
        if self._driver is None:
            if "sleep" in requests and "now" in requests:
                clock.use(clock.SuiteClock(self._channel, requests))
            self._around.connect(self._channel, requests)
            self._maker = self._around.maker()
            configuration = self._around.configuration(given, backend, file)
            try:
                self._driver = construct(cls, configuration, suite.get("host") or "cinder-host@%s" % backend, self._around)
            except Exception as error:
                print_traceback(error)
                told = "%s cannot be made with these options: %s: %s" % (cls.__name__, type(error).__name__, text(error))
                raise Refusal(INTERNAL_ERROR, told) from error
        told = {name: getattr(cls, name) for name in CONSTANTS if isinstance(getattr(cls, name, None), (str, bool))}
        about = {
            "name": str(told.get("DRIVER_NAME", cls.__name__)),
            "methods": [name for name in METHODS if callable(getattr(self._driver, name, None))],
            "constants": told,
        }
        if isinstance(told.get("VERSION"), str):
            about["version"] = told["VERSION"]
        used = [each for each in ("sleep", "now", "uuid", "read", "update") if each in requests]
        if suite:
            about["uses"] = used if clock.current.virtual else [each for each in used if each not in ("sleep", "now", "uuid")]
            if self._reusable:
                about["reusable"] = True
        return {"result": about}

    def _call(self, params, identifier):
        name = params.get("method")
        args = params.get("args") or {}
        if not isinstance(name, str):
            raise Refusal(INVALID_PARAMS, 'call needs {"method": a documented name, "args": {name: value}}')
        if not isinstance(args, dict):
            raise Refusal(INVALID_PARAMS, "args is an object: arguments by their documented names")
        if self._driver is None:
            raise Refusal(INVALID_REQUEST, "initialize comes first")
        method = None if name.startswith("_") else getattr(self._driver, name, None)
        if not callable(method):
            raise Refusal(METHOD_NOT_FOUND, "the driver has no method %s" % name)
        given = Given(self._maker)
        positional, keywords = self._arguments(name, args, given)
        self._loop.call_begins(identifier)
        try:
            returned = method(*positional, **keywords)
            if name == "check_for_setup_error" and callable(getattr(self._driver, "set_initialized", None)):
                # As Cinder's manager does: drivers refuse some calls until then.
                self._driver.set_initialized()
        except Exception as error:
            print("%s raised:" % name, file=sys.stderr)
            print_traceback(error)
            data = exception_data(error)
            return {"error": {"code": EXCEPTION, "message": data["message"], "data": data}}
        finally:
            self._loop.call_ends(identifier)
        out = Returned(given, self._maker)
        result = out.plain(returned)
        return {"result": result, "identities": out.identities} if out.identities else {"result": result}

    def _arguments(self, name, args, given):
        ordered, by_name = METHODS.get(name, ((), tuple(args)))
        unknown = [each for each in args if each not in ordered and each not in by_name and each != "context"]
        if unknown:
            raise Refusal(
                INVALID_PARAMS,
                "%s takes no argument %s: it takes %s" % (name, unknown[0], ", ".join((*ordered, *by_name)) or "none"),
            )

        def value(each):
            return self._maker.context if each == "context" else given.argument(name, each, args.get(each))

        last = max((index for index, each in enumerate(ordered) if each in args or each == "context"), default=-1)
        return [value(each) for each in ordered[: last + 1]], {each: value(each) for each in by_name if each in args}

    def _close(self, _params, _identifier):
        if not clock.current.virtual:
            self._loop.wait_for_calls()
        self._driver = None
        self.closed = True
        return {"result": None}


def print_traceback(error):
    """Prints where an exception was raised, also if its text cannot be made."""
    try:
        traceback.print_exception(type(error), error, error.__traceback__)
    except Exception:
        traceback.print_tb(error.__traceback__)
        print("%s: %s" % (type(error).__name__, text(error)), file=sys.stderr)


def construct(cls, configuration, host, around):
    """Makes the driver as Cinder's volume manager does; one that takes less gets less."""
    keywords = {
        "configuration": configuration,
        "db": around.database(),
        "host": host,
        "cluster_name": None,
        "is_vol_db_empty": True,
        "active_backend_id": None,
    }
    try:
        parameters = inspect.signature(cls).parameters
    except (TypeError, ValueError):
        parameters = {}
    if not any(each.kind is inspect.Parameter.VAR_KEYWORD for each in parameters.values()):
        keywords = {name: value for name, value in keywords.items() if name in parameters}
    return cls(**keywords)



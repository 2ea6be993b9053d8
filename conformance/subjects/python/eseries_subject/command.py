"""The command line: serves a Cinder volume driver as JSON-RPC 2.0 in lines."""

import argparse
import importlib
import logging
import os
import sys
import traceback

from . import clock, fork_server
from .channel import Channel
from .config_file import read_config
from .protocol import INTERNAL_ERROR, Refusal
from .server import Server
from .runtime import is_there, loop_for_waits, surroundings

_dup, _dup2, _exit = os.dup, os.dup2, os._exit


def parse_arguments(arguments=None):
    parser = argparse.ArgumentParser(prog="cinder_subject.py", description=__doc__)
    parser.add_argument("--driver", required=True, help="the driver's class, e.g. package.module.Class")
    parser.add_argument("--config", help="a cinder.conf; without it initialize brings the options")
    parser.add_argument("--backend", help="its section", default=None)
    parser.add_argument("--path", action="append", default=[], help="a folder to import from, besides PYTHONPATH")
    parser.add_argument(
        "--sleep-factor",
        type=float,
        default=1.0,
        help="what waits are multiplied by where the suite does not offer its time, e.g. 0.01",
    )
    parser.add_argument("--without-cinder", action="store_true", help="stand-ins even where Cinder is installed")
    parser.add_argument("--no-fork", action="store_true", help="serve one story in this process, e.g. for a debugger")
    parser.add_argument("--debug", action="store_true", help="write the debug messages of Cinder and its libraries too")
    parsed = parser.parse_args(arguments)
    if "." not in parsed.driver:
        parser.error("--driver is package.module.Class")
    if not 0 <= parsed.sleep_factor < float("inf"):
        parser.error("--sleep-factor is 0 or more")
    if (parsed.config is None) != (parsed.backend is None):
        parser.error("--config and --backend go together")
    return parsed


def load(class_path):
    module_name, _, class_name = class_path.rpartition(".")
    try:
        return getattr(importlib.import_module(module_name), class_name)
    except Exception as error:
        traceback.print_exc()
        raise Refusal(
            INTERNAL_ERROR,
            "the driver %s cannot be imported (%s: %s): is it on PYTHONPATH, with all that it needs?"
            % (class_path, type(error).__name__, error),
        ) from error


def package_of(class_path):
    """The package whose messages are the driver's own: all of them are written, as secrets may be in any."""
    steps = class_path.split(".")
    return ".".join(steps[: 4 if steps[:3] == ["cinder", "volume", "drivers"] else 1])


def main(arguments=None):
    parsed = parse_arguments(arguments)
    # Standard output is the protocol's: whatever else is printed, by whomever, goes to standard error.
    channel = Channel(_dup(0), _dup(1))
    _dup2(2, 1)
    sys.stdout = sys.stderr
    if parsed.config is not None:
        # Says at once what is wrong with the file.
        read_config(parsed.config, parsed.backend)
    sys.path[:0] = [*parsed.path, os.getcwd()]
    logging.basicConfig(stream=sys.stderr, level=logging.DEBUG if parsed.debug else logging.INFO)
    logging.getLogger(package_of(parsed.driver)).setLevel(logging.DEBUG)
    with_cinder = not parsed.without_cinder and is_there("cinder")
    loop = loop_for_waits(with_cinder)
    clock.patch()
    clock.use(clock.MachineClock(parsed.sleep_factor))
    loop.install()
    prepared = {}

    def prepare():
        if "class" not in prepared:
            prepared["around"] = prepared.get("around") or surroundings(with_cinder)
            prepared["class"] = load(parsed.driver)
        return prepared["class"]

    def serve(first, reusable):
        if first is not None:
            channel.incoming.appendleft(first)
        else:
            prepared["around"] = surroundings(with_cinder)
        channel.serve_one_story()
        around = prepared["around"]
        source = (None, parsed.config, parsed.backend or "backend")
        server = Server(channel, loop, around, prepare, source, reusable)
        loop.start(channel)
        try:
            loop.serve(server.handle)
            if not server.closed and not clock.current.virtual:
                loop.wait_for_calls()
        finally:
            around.end()
        # Threads that a driver started for its periodic work would keep the process.
        _exit(0)

    if parsed.no_fork or not fork_server.can_fork():
        serve(None, False)
    _exit(fork_server.ForkServer(channel, prepare, serve).run())

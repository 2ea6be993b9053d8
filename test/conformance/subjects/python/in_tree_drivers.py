"""Tries each driver module of the installed Cinder with the subject: a line for each driver class.

    python3 in_tree_drivers.py [--json] [WORD ...]

For each module below cinder.volume.drivers that defines drivers: whether it can be imported, whether the drivers' options
can be registered and read, and whether the subject can make the driver, with its options' defaults, and with those that it cannot do without. Each module is tried
in a process of its own. With words only modules that have one of them in their name.
"""

import argparse
import json
import os
import pathlib
import pkgutil
import sys

SUBJECT = pathlib.Path(__file__).resolve().parents[4] / "conformance" / "subjects" / "python"
sys.path.insert(0, str(SUBJECT))

from eseries_subject import clock  # noqa: E402
from eseries_subject.channel import Channel  # noqa: E402
from eseries_subject.returned import text  # noqa: E402
from eseries_subject.server import construct  # noqa: E402
from eseries_subject.runtime import WithCinder, is_there, loop_for_waits  # noqa: E402

BACKEND = "backend"

_LOGIN = {"san_login": "admin", "san_password": "admin"}

# What these drivers read when they are made, by a word in the module's name.
NEEDED = {
    "powermax": {
        "san_ip": "127.0.0.1",
        "powermax_array": "000197800123",
        "powermax_srp": "SRP_1",
        "powermax_port_groups": ["port-group"],
        **_LOGIN,
    },
    "macrosan": {"san_ip": "127.0.0.1,127.0.0.2", **_LOGIN},
    "lightos": {"lightos_api_address": ["127.0.0.1"]},
}


def modules():
    from cinder.volume import drivers

    found = pkgutil.walk_packages(drivers.__path__, drivers.__name__ + ".", onerror=lambda _name: None)
    return sorted(each.name for each in found if not each.ispkg or defines_drivers(each.name))


def defines_drivers(name):
    """Whether a module has a class that is marked as a driver: seen in its text, as it may not be importable."""
    import importlib.util

    try:
        spec = importlib.util.find_spec(name)
    except Exception:
        return True
    return "volumedriver" in pathlib.Path(spec.origin).read_text(encoding="utf-8") if spec and spec.origin else False


def reason_of(error):
    lines = text(error).strip().splitlines()
    return "%s: %s" % (type(error).__name__, lines[0] if lines else "")


def tried(name, around):
    """What came of a module: an entry for each driver class in it."""
    import importlib

    from cinder import interface

    try:
        module = importlib.import_module(name)
    except BaseException as error:
        return [{"module": name, "class": None, "imports": False, "reason": reason_of(error)}]
    # By name, as the subject takes them: some are made anew by a decorator after they were registered.
    classes = [getattr(module, each.__name__) for each in interface._volume_register if each.__module__ == name]
    return [tried_class(name, each, around) for each in classes]


def tried_class(name, cls, around):
    entry = {"module": name, "class": cls.__name__, "imports": True, "options": False, "constructs": False, "reason": ""}
    try:
        needed = next((options for word, options in NEEDED.items() if word in name), {})
        configuration = around.configuration(needed, BACKEND, None)
        options = cls.get_driver_options() or []
        configuration.append_config_values(options)
        for option in options:
            configuration.safe_get(option.dest)
        entry["options"] = True
        construct(cls, configuration, "host@%s" % BACKEND, around)
        entry["constructs"] = True
    except BaseException as error:
        entry["reason"] = reason_of(error)
    finally:
        around.end()
    return entry


def in_a_child(name, around):
    """Tries a module in a child: what one registers does not meet what another does."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            os.dup2(2, 1)
            found = tried(name, around)
        except BaseException as error:
            found = [{"module": name, "class": None, "imports": False, "reason": reason_of(error)}]
        os.write(write, json.dumps(found).encode())
        os._exit(0)
    os.close(write)
    pieces = []
    while True:
        piece = os.read(read, 1 << 16)
        if not piece:
            break
        pieces.append(piece)
    os.close(read)
    os.waitpid(child, 0)
    return json.loads(b"".join(pieces) or b"[]") or []


def printed(entries):
    rows = [("module", "class", "imports", "options", "constructs", "reason")]
    for each in entries:
        said = ["yes" if each.get(column) else "no" for column in ("imports", "options", "constructs")]
        rows.append((each["module"].replace("cinder.volume.drivers.", ""), each["class"] or "-", *said, each["reason"]))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:5], widths)]
        print("  ".join([*cells, row[5][:120]]).rstrip())
    names = {each["module"] for each in entries}
    missing = {each["module"] for each in entries if lacks_library(each)}
    unserved = {each["module"] for each in entries if not each.get("options")} - missing
    unmade = {each["module"] for each in entries if not each.get("constructs")} - missing - unserved
    print(
        "%d driver modules: %d are imported and have their options registered, %d lack a library, %d fail. "
        "Of the first, %d need more to be made than options with defaults."
        % (len(names), len(names - missing - unserved), len(missing), len(unserved), len(unmade))
    )


def lacks_library(entry):
    return entry["reason"].startswith("ModuleNotFoundError")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not is_there("cinder"):
        print("Skipped: this Python has no Cinder (Debian: python3-cinder), so its drivers are not tried.")
        return 0
    loop = loop_for_waits(True)
    clock.patch()
    loop.install()
    around = WithCinder()
    around.connect(Channel(0, 1), ())
    wanted = [each for each in modules() if defines_drivers(each)]
    if arguments.words:
        wanted = [each for each in wanted if any(word in each for word in arguments.words)]
    entries = [entry for each in wanted for entry in in_a_child(each, around)]
    if arguments.json:
        print(json.dumps(entries, indent=1))
    else:
        printed(entries)
    failed = [each for each in entries if not each.get("options") and not lacks_library(each)]
    return 1 if failed or not entries else 0


if __name__ == "__main__":
    sys.exit(main())

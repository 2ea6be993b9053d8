#!/usr/bin/env python3
"""Serves a Cinder volume driver to a conformance suite: JSON-RPC 2.0 on standard input and output, a message a line.

    python3 cinder_subject.py --driver package.module.Class [--config cinder.conf --backend NAME] [--sleep-factor 0.01]

Needs Python 3.9 and its standard library. Cinder need not be installed unless the driver imports it: the driver gets a
configuration and objects that behave as Cinder's do. The protocol is described in PROTOCOL.md.
"""

import argparse
import configparser
import datetime
import importlib
import inspect
import json
import os
import sys
import threading
import time
import traceback
import types

EXCEPTION = -32000
PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603

PAGING = ("marker", "limit", "offset", "sort_keys", "sort_dirs")

# The methods by which Cinder knows a driver: the parameters that it hands over in order, and those by name. Drivers
# name their parameters as they like, so that only those after the bar are handed over by name.
METHODS = {
    "do_setup": (("context",), ()),
    "check_for_setup_error": ((), ()),
    "get_volume_stats": ((), ("refresh",)),
    "get_pool": (("volume",), ()),
    "create_volume": (("volume",), ()),
    "create_volume_from_snapshot": (("volume", "snapshot"), ()),
    "create_cloned_volume": (("volume", "src_vref"), ()),
    "delete_volume": (("volume",), ()),
    "extend_volume": (("volume", "new_size"), ()),
    "create_snapshot": (("snapshot",), ()),
    "delete_snapshot": (("snapshot",), ()),
    "revert_to_snapshot": (("context", "volume", "snapshot"), ()),
    "retype": (("context", "volume", "new_type", "diff", "host"), ()),
    "migrate_volume": (("context", "volume", "host"), ()),
    "update_migrated_volume": (("context", "volume", "new_volume", "original_volume_status"), ()),
    "update_provider_info": (("volumes", "snapshots"), ()),
    "ensure_export": (("context", "volume"), ()),
    "create_export": (("context", "volume", "connector"), ()),
    "remove_export": (("context", "volume"), ()),
    "validate_connector": (("connector",), ()),
    "initialize_connection": (("volume", "connector"), ()),
    "terminate_connection": (("volume", "connector"), ("force",)),
    "attach_volume": (("context", "volume", "instance_uuid", "host_name", "mountpoint"), ()),
    "detach_volume": (("context", "volume", "attachment"), ()),
    "manage_existing": (("volume", "existing_ref"), ()),
    "manage_existing_get_size": (("volume", "existing_ref"), ()),
    "unmanage": (("volume",), ()),
    "get_manageable_volumes": (("cinder_volumes", *PAGING), ()),
    "manage_existing_snapshot": (("snapshot", "existing_ref"), ()),
    "manage_existing_snapshot_get_size": (("snapshot", "existing_ref"), ()),
    "unmanage_snapshot": (("snapshot",), ()),
    "get_manageable_snapshots": (("cinder_snapshots", *PAGING), ()),
    "create_group": (("context", "group"), ()),
    "delete_group": (("context", "group", "volumes"), ()),
    "update_group": (("context", "group"), ("add_volumes", "remove_volumes")),
    "create_group_from_src": (
        ("context", "group", "volumes", "group_snapshot", "snapshots", "source_group", "source_vols"),
        (),
    ),
    "create_group_snapshot": (("context", "group_snapshot", "snapshots"), ()),
    "delete_group_snapshot": (("context", "group_snapshot", "snapshots"), ()),
    "create_consistencygroup": (("context", "group"), ()),
    "delete_consistencygroup": (("context", "group", "volumes"), ()),
    "update_consistencygroup": (("context", "group"), ("add_volumes", "remove_volumes")),
    "create_consistencygroup_from_src": (
        ("context", "group", "volumes", "cgsnapshot", "snapshots", "source_cg", "source_vols"),
        (),
    ),
    "create_cgsnapshot": (("context", "cgsnapshot", "snapshots"), ()),
    "delete_cgsnapshot": (("context", "cgsnapshot", "snapshots"), ()),
}


# ---------------------------------------------------------------------------------------------------------------------
# What the driver is handed: objects as Cinder's.


class CinderObject:
    """An object of Cinder's: its fields as attributes and as items. A field that nobody set is None."""

    FIELDS = ()
    # Fields that hold objects: name -> class, and name -> class of a list's members.
    OBJECTS = {}
    LISTS = {}

    def __init__(self, values):
        own = self.__dict__
        own["_values"] = dict(values)
        own["_changed"] = set()

    def __getattr__(self, name):
        values = self.__dict__.get("_values", {})
        if name in values:
            return values[name]
        if name in self.FIELDS or name in self.OBJECTS:
            return None
        raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name))

    def __setattr__(self, name, value):
        if isinstance(getattr(type(self), name, None), property):
            object.__setattr__(self, name, value)
            return
        self._values[name] = value
        self._changed.add(name)

    def __getitem__(self, name):
        return getattr(self, name)

    def __setitem__(self, name, value):
        setattr(self, name, value)

    def __contains__(self, name):
        return name in self._values or isinstance(getattr(type(self), name, None), property)

    def __iter__(self):
        return iter(self.keys())

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join("%s=%r" % each for each in self._values.items()))

    # Cinder's objects are compared and kept in sets by what they are, not by what they hold.
    __hash__ = object.__hash__

    def get(self, name, default=None):
        value = getattr(self, name, None)
        return default if value is None and name not in self._values else value

    def keys(self):
        return list(dict.fromkeys([*self.FIELDS, *self.OBJECTS, *self.LISTS, *self._values]))

    def values(self):
        return [getattr(self, name) for name in self.keys()]

    def items(self):
        return [(name, getattr(self, name)) for name in self.keys()]

    iteritems = items

    def update(self, values=(), **more):
        for name, value in dict(values, **more).items():
            setattr(self, name, value)

    def save(self, *_args, **_kwargs):
        """Cinder writes the changes to its database; there is none here."""
        self._changed.clear()

    def refresh(self, *_args, **_kwargs):
        """Cinder reads its database again; there is none here."""

    @property
    def fields(self):
        return {name: None for name in self.keys()}

    @property
    def obj_fields(self):
        return self.keys()

    def obj_attr_is_set(self, name):
        if name not in self.keys() and not isinstance(getattr(type(self), name, None), property):
            raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name))
        return name in self._values

    def obj_what_changed(self):
        return set(self._changed)

    def obj_get_changes(self):
        return {name: self._values.get(name) for name in self._changed}

    def obj_reset_changes(self, *_args, **_kwargs):
        self._changed.clear()


class ObjectList(list):
    """A list of Cinder's objects, which also has them as `objects`."""

    @property
    def objects(self):
        return list(self)


class VolumeType(CinderObject):
    FIELDS = ("id", "name", "description", "is_public", "projects", "extra_specs", "qos_specs_id", "qos_specs")

    def is_replicated(self):
        return (self.extra_specs or {}).get("replication_enabled") == "<is> True"

    def is_multiattach(self):
        return (self.extra_specs or {}).get("multiattach") == "<is> True"


class VolumeAttachment(CinderObject):
    FIELDS = (
        "id",
        "volume_id",
        "instance_uuid",
        "attached_host",
        "mountpoint",
        "attach_time",
        "detach_time",
        "attach_status",
        "attach_mode",
        "connection_info",
        "connector",
    )


class Group(CinderObject):
    """A generic group, and a consistency group: they have the same id when Cinder turns one into the other."""

    FIELDS = (
        "id",
        "user_id",
        "project_id",
        "cluster_name",
        "host",
        "availability_zone",
        "name",
        "description",
        "group_type_id",
        "volume_type_id",
        "volume_type_ids",
        "status",
        "group_snapshot_id",
        "source_group_id",
        "cgsnapshot_id",
        "source_cgid",
        "replication_status",
        "created_at",
        "updated_at",
    )
    LISTS = {"volumes": "Volume", "volume_types": "VolumeType"}

    @property
    def is_replicated(self):
        return (self.replication_status or "not-capable") != "not-capable"


class GroupSnapshot(CinderObject):
    FIELDS = (
        "id",
        "group_id",
        "consistencygroup_id",
        "project_id",
        "user_id",
        "name",
        "description",
        "status",
        "group_type_id",
        "created_at",
        "updated_at",
    )
    OBJECTS = {"group": "Group", "consistencygroup": "Group"}
    LISTS = {"snapshots": "Snapshot"}


class Volume(CinderObject):
    FIELDS = (
        "id",
        "_name_id",
        "ec2_id",
        "user_id",
        "project_id",
        "snapshot_id",
        "cluster_name",
        "host",
        "size",
        "availability_zone",
        "status",
        "attach_status",
        "migration_status",
        "scheduled_at",
        "launched_at",
        "terminated_at",
        "created_at",
        "updated_at",
        "display_name",
        "display_description",
        "provider_id",
        "provider_location",
        "provider_auth",
        "provider_geometry",
        "volume_type_id",
        "source_volid",
        "encryption_key_id",
        "consistencygroup_id",
        "group_id",
        "bootable",
        "multiattach",
        "replication_status",
        "replication_extended_status",
        "replication_driver_data",
        "previous_status",
        "service_uuid",
        "shared_targets",
        "use_quota",
        "metadata",
        "admin_metadata",
        "glance_metadata",
    )
    OBJECTS = {"volume_type": "VolumeType", "consistencygroup": "Group", "group": "Group"}
    LISTS = {"volume_attachment": "VolumeAttachment", "snapshots": "Snapshot"}

    @property
    def name_id(self):
        """The id that the backend's volume is named by; another than `id` after a migration."""
        return self._name_id or self.id

    @name_id.setter
    def name_id(self, value):
        self._name_id = value

    @property
    def name(self):
        return "volume-%s" % self.name_id

    @property
    def volume_metadata(self):
        return [{"key": key, "value": value} for key, value in (self.metadata or {}).items()]

    @property
    def volume_admin_metadata(self):
        return [{"key": key, "value": value} for key, value in (self.admin_metadata or {}).items()]

    @property
    def service_topic_queue(self):
        return self.cluster_name or self.host

    def is_replicated(self):
        return self.volume_type is not None and self.volume_type.is_replicated()

    def is_multiattach(self):
        return bool(self.multiattach)

    def is_migration_target(self):
        return (self.migration_status or "").startswith("target:")


class Snapshot(CinderObject):
    FIELDS = (
        "id",
        "user_id",
        "project_id",
        "volume_id",
        "cgsnapshot_id",
        "group_snapshot_id",
        "status",
        "progress",
        "volume_size",
        "display_name",
        "display_description",
        "encryption_key_id",
        "volume_type_id",
        "provider_id",
        "provider_location",
        "provider_auth",
        "metadata",
        "use_quota",
        "created_at",
        "updated_at",
    )
    OBJECTS = {"volume": "Volume", "cgsnapshot": "GroupSnapshot", "group_snapshot": "GroupSnapshot"}

    @property
    def name(self):
        return "snapshot-%s" % self.id

    @property
    def volume_name(self):
        return self.volume.name if self.volume is not None else "volume-%s" % self.volume_id


CLASSES = {each.__name__: each for each in (Volume, Snapshot, Group, GroupSnapshot, VolumeType, VolumeAttachment)}

# The class of an argument, or of the members of a list, by the documented name.
ARGUMENTS = {
    "volume": Volume,
    "src_vref": Volume,
    "new_volume": Volume,
    "volumes": Volume,
    "source_vols": Volume,
    "add_volumes": Volume,
    "remove_volumes": Volume,
    "cinder_volumes": Volume,
    "snapshot": Snapshot,
    "snapshots": Snapshot,
    "cinder_snapshots": Snapshot,
    "group": Group,
    "source_group": Group,
    "source_cg": Group,
    "group_snapshot": GroupSnapshot,
    "cgsnapshot": GroupSnapshot,
    "new_type": VolumeType,
    "attachment": VolumeAttachment,
}


class Given:
    """Makes what the driver is handed of JSON, and remembers which object stands where: for the rule of identities."""

    def __init__(self):
        self.places = {}
        # Ids are only good for objects that live.
        self.alive = []

    def argument(self, name, value):
        return self.made(ARGUMENTS.get(name), value, "/args/" + escaped(name))

    def made(self, cls, value, place):
        if isinstance(value, list):
            made = ObjectList() if cls else []
            self.remember(made, place)
            made.extend(self.made(cls, each, "%s/%d" % (place, index)) for index, each in enumerate(value))
            return made
        if not isinstance(value, dict):
            return value
        if cls is None:
            made = {}
            self.remember(made, place)
            made.update((key, self.made(None, each, place + "/" + escaped(key))) for key, each in value.items())
            return made
        fields = {}
        for key, each in value.items():
            inner = CLASSES.get(cls.OBJECTS.get(key) or cls.LISTS.get(key))
            fields[key] = dated(key, self.made(inner, each, place + "/" + escaped(key)))
        for key in cls.LISTS:
            if fields.get(key) is None:
                fields[key] = ObjectList()
        # Properties are worked out; a name_id that is told counts as the field behind it.
        for key in [each for each in fields if isinstance(getattr(cls, each, None), property)]:
            told = fields.pop(key)
            if key == "name_id" and told != fields.get("id"):
                fields.setdefault("_name_id", told)
        made = cls(fields)
        self.remember(made, place)
        return made

    def remember(self, made, place):
        self.alive.append(made)
        self.places[id(made)] = place


def escaped(key):
    """A step of a JSON pointer."""
    return str(key).replace("~", "~0").replace("/", "~1")


def dated(name, value):
    """Cinder's dates are datetimes in UTC."""
    if not (isinstance(value, str) and (name.endswith("_at") or name.endswith("_time"))):
        return value
    try:
        moment = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return value
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)


class RequestContext:
    """Who asks: here always the administrator."""

    def __init__(self):
        self.is_admin = True
        self.user_id = self.project_id = None
        self.user = self.tenant = None
        self.request_id = "req-00000000-0000-0000-0000-000000000000"
        self.read_deleted = "no"
        self.roles = ["admin"]

    def elevated(self, *_args, **_kwargs):
        return self

    def to_dict(self):
        return dict(self.__dict__)


def new_context():
    try:
        from cinder import context
    except Exception:
        return RequestContext()
    return context.get_admin_context()


# ---------------------------------------------------------------------------------------------------------------------
# What the driver is configured with.

# Options that Cinder itself registers for every backend, as far as drivers ask for them.
BACKEND_DEFAULTS = {
    "volume_backend_name": None,
    "reserved_percentage": 0,
    "max_over_subscription_ratio": "20.0",
    "use_chap_auth": False,
    "chap_username": "",
    "chap_password": "",
    "use_multipath_for_image_xfer": False,
    "enforce_multipath_for_image_xfer": False,
    "replication_device": None,
    "num_volume_device_scan_tries": 3,
    "volume_dd_blocksize": "1M",
    "image_volume_cache_enabled": False,
    "filter_function": None,
    "goodness_function": None,
    "driver_ssl_cert_verify": False,
    "driver_ssl_cert_path": None,
    "driver_use_ssl": False,
    "trace_flags": None,
    "suppress_requests_ssl_warnings": False,
    "backend_availability_zone": None,
    "report_discard_supported": False,
    "extra_capabilities": "{}",
    "target_protocol": "iscsi",
    "target_helper": "tgtadm",
    "target_ip_address": "127.0.0.1",
    "target_port": 3260,
    "num_iser_scan_tries": 3,
    "iser_target_prefix": "iqn.2010-10.org.openstack:",
    "iser_ip_address": "127.0.0.1",
    "iser_port": 3260,
    "volume_driver": None,
    "host": None,
}


class Configuration:
    """A backend's options as cinder.volume.configuration.Configuration gives them."""

    def __init__(self, given, backend):
        own = self.__dict__
        own["_given"] = dict(given)
        own["_registered"] = dict(BACKEND_DEFAULTS)
        own["_overrides"] = {}
        own["config_group"] = backend

    @property
    def local_conf(self):
        return self

    def append_config_values(self, volume_opts):
        """Registers options: whatever has a name, a default and a type, as those of oslo.config have."""
        for option in volume_opts or ():
            name = getattr(option, "dest", None) or option.name.replace("-", "_")
            self._registered[name] = option

    def safe_get(self, name):
        try:
            return getattr(self, name)
        except AttributeError:
            return None

    def get(self, name, default=None):
        value = self.safe_get(name)
        return default if value is None else value

    def set_override(self, name, value):
        self._overrides[name] = value

    set_default = set_override

    def __setattr__(self, name, value):
        self._overrides[name] = value

    def __contains__(self, name):
        return name in self._registered or name in self._given

    def __getitem__(self, name):
        return getattr(self, name)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._overrides:
            return self._overrides[name]
        option = self._registered.get(name)
        names = [name, *(each.name.replace("-", "_") for each in getattr(option, "deprecated_opts", None) or ())]
        given = next((self._given[each] for each in names if self._given.get(each) is not None), None)
        if given is not None:
            return typed(option, given)
        if name in self._registered:
            return getattr(option, "default", None) if hasattr(option, "default") else option
        raise AttributeError("no such option %s in group [%s]" % (name, self.config_group))


def typed(option, value):
    """A value as its option has it: as if it had been written in a cinder.conf."""
    if not hasattr(option, "name"):
        example = option
        return converted(type(example), value) if isinstance(example, (bool, int)) and isinstance(value, str) else value
    kind = getattr(option, "type", None)
    if getattr(option, "multi", False):
        return [each if isinstance(each, dict) else converted(kind, text_of(each)) for each in several(value)]
    if isinstance(value, dict):
        return value
    return converted(kind, text_of(value))


def several(value):
    return value if isinstance(value, list) else value.split("\n") if isinstance(value, str) else [value]


def converted(kind, text):
    if kind is bool:
        word = text.strip().lower()
        if word in ("true", "1", "on", "yes"):
            return True
        if word in ("false", "0", "off", "no"):
            return False
        raise ValueError("Unexpected boolean value %r" % text)
    if kind is list:
        return [each.strip() for each in text.split(",") if each.strip()]
    return kind(text) if callable(kind) else text


def text_of(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(text_of(each) for each in value)
    if isinstance(value, dict):
        return ",".join("%s:%s" % (key, text_of(each)) for key, each in value.items())
    return str(value)


class Repeated(dict):
    """Keeps each value of an option that is there more than once, a line each, as oslo.config's MultiOpt has them."""

    def __setitem__(self, key, value):
        before = self.get(key)
        if isinstance(value, list) and isinstance(before, list):
            value = before + value
        dict.__setitem__(self, key, value)


def read_config(path, backend):
    """One backend's options out of a cinder.conf; what its section does not say is as in DEFAULT."""
    parser = configparser.RawConfigParser(
        dict_type=Repeated, strict=False, default_section="DEFAULT", inline_comment_prefixes=None
    )
    parser.optionxform = lambda name: name.strip().replace("-", "_")
    with open(path, encoding="utf-8") as file:
        parser.read_file(file)
    if not parser.has_section(backend):
        raise SystemExit(
            "cinder_subject: %s has no section [%s]: it has %s" % (path, backend, ", ".join(parser.sections()) or "none")
        )
    return {name: unquoted(value) for name, value in parser.items(backend)}


def unquoted(value):
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


# ---------------------------------------------------------------------------------------------------------------------
# What the driver gives back.


class Returned:
    """Makes JSON of what the driver returned, and notes the objects in it that are no new ones."""

    def __init__(self, given):
        self.given = given.places
        self.seen = {}
        self.identities = {}
        self.open = set()

    def plain(self, value, place=""):
        if value is None or isinstance(value, (bool, int, str)):
            return value
        if isinstance(value, float):
            return value if value == value and abs(value) != float("inf") else odd(value)
        if isinstance(value, (datetime.datetime, datetime.date)):
            return value.isoformat()
        if not isinstance(value, (dict, list, tuple, set, frozenset, CinderObject, types.MappingProxyType)):
            return odd(value)
        if id(value) in self.open:
            return odd(value)
        # Tuples can't be changed: it is no matter whether they are the same.
        known = None if isinstance(value, tuple) else self.given.get(id(value)) or self.seen.get(id(value))
        if known is not None:
            self.identities[place] = known
            inner = Returned(Given())
            inner.open = self.open
            return inner.members(value, place)
        self.seen[id(value)] = "/result" + place
        return self.members(value, place)

    def members(self, value, place):
        self.open.add(id(value))
        try:
            if isinstance(value, CinderObject):
                value = value._values
            if isinstance(value, (dict, types.MappingProxyType)):
                return {str(key): self.plain(each, place + "/" + escaped(key)) for key, each in value.items()}
            return [self.plain(each, "%s/%d" % (place, index)) for index, each in enumerate(value)]
        finally:
            self.open.discard(id(value))


def odd(value):
    """What JSON does not have: who judges the driver sees that it is there."""
    cls = type(value)
    return {"$type": "%s.%s" % (cls.__module__, cls.__qualname__), "$text": str(value)[:200]}


def exception_data(error):
    names = [each.__name__ for each in type(error).__mro__ if each is not object]
    message = getattr(error, "msg", None)
    return {"class": names[0], "parents": names[1:], "message": message if isinstance(message, str) else str(error)}


# ---------------------------------------------------------------------------------------------------------------------
# Time.


def shorten_sleeps(factor):
    """Has everyone sleep a part of the time only. Before the driver is imported, as it may take `sleep` by name."""
    if factor == 1:
        return
    shorten(time, "sleep", factor)
    for module in ("eventlet", "eventlet.greenthread"):
        shorten(imported(module), "sleep", factor)
    for module in ("oslo_service.loopingcall", "oslo_service.backend._threading.loopingcall"):
        found = imported(module)
        for name in ("FixedIntervalLoopingCall", "FixedIntervalWithTimeoutLoopingCall", "DynamicLoopingCall"):
            shorten_loop(getattr(found, name, None), factor)


def imported(name):
    try:
        return importlib.import_module(name)
    except Exception:
        return None


def shorten(module, name, factor):
    real = getattr(module, name, None)
    if real is None or getattr(real, "shortened", False):
        return

    def sleep(seconds=0, *args, **kwargs):
        return real(seconds * factor, *args, **kwargs)

    sleep.shortened = True
    setattr(module, name, sleep)


def shorten_loop(cls, factor):
    real = getattr(cls, "start", None)
    if real is None or getattr(real, "shortened", False):
        return
    try:
        signature = inspect.signature(real)
    except (TypeError, ValueError):
        return

    def start(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        for name in ("interval", "initial_delay", "periodic_interval_max"):
            for holder in (bound.arguments, bound.arguments.get("kwargs") or {}):
                if isinstance(holder.get(name), (int, float)) and not isinstance(holder.get(name), bool):
                    holder[name] = holder[name] * factor
        return real(*bound.args, **bound.kwargs)

    start.shortened = True
    cls.start = start


# ---------------------------------------------------------------------------------------------------------------------
# The protocol.


class Refusal(Exception):
    """A message that is no call of the driver: its code and the reason."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Server:
    def __init__(self, class_path, given, backend, write):
        self.class_path = class_path
        self.given = given
        self.backend = backend
        self.write_line = write
        self.writing = threading.Lock()
        self.driver = None
        self.context = None

    def write(self, identifier, **answer):
        line = json.dumps({"jsonrpc": "2.0", "id": identifier, **answer}, allow_nan=False)
        with self.writing:
            self.write_line(line + "\n")

    def receive(self, line):
        """Answers a line. A call runs beside others, in a thread of its own, which is returned."""
        try:
            message = json.loads(line)
        except ValueError as error:
            self.write(None, error={"code": PARSE_ERROR, "message": "no JSON: %s" % error})
            return None
        if not isinstance(message, dict) or not isinstance(message.get("method"), str):
            self.write(None, error={"code": INVALID_REQUEST, "message": "a request is an object with a method"})
            return None
        if message["method"] == "call":
            thread = threading.Thread(target=self.answer, args=(message,), daemon=True)
            thread.start()
            return thread
        self.answer(message)
        return None

    def answer(self, message):
        identifier = message.get("id")
        params = message.get("params") or {}
        handlers = {"initialize": self.initialize, "call": self.call, "close": self.close}
        try:
            handler = handlers.get(message["method"])
            if handler is None:
                known = ", ".join(handlers)
                raise Refusal(METHOD_NOT_FOUND, "there is no method %s: there are %s" % (message["method"], known))
            if not isinstance(params, dict):
                raise Refusal(INVALID_PARAMS, "params is an object")
            self.write(identifier, **handler(params))
        except Refusal as error:
            self.write(identifier, error={"code": error.code, "message": str(error)})
        except BaseException as error:  # Whatever happens, there is an answer.
            traceback.print_exc()
            self.write(identifier, error={"code": INTERNAL_ERROR, "message": "%s: %s" % (type(error).__name__, error)})

    def initialize(self, params):
        given = self.given if self.given is not None else params.get("configuration")
        if not isinstance(given, dict):
            raise Refusal(INVALID_PARAMS, 'initialize needs {"configuration": {option: value}}, or start with --config')
        cls = load(self.class_path)
        if self.driver is None:
            self.driver = construct(cls, Configuration(given, self.backend), self.backend)
        constants = ("CI_WIKI_NAME", "DRIVER_NAME", "VERSION", "SUPPORTED")
        told = {name: getattr(cls, name) for name in constants if isinstance(getattr(cls, name, None), (str, bool))}
        about = {
            "name": str(told.get("DRIVER_NAME", cls.__name__)),
            "methods": [name for name in METHODS if callable(getattr(self.driver, name, None))],
            "constants": told,
        }
        if isinstance(told.get("VERSION"), str):
            about["version"] = told["VERSION"]
        return {"result": about}

    def call(self, params):
        name = params.get("method")
        args = params.get("args") or {}
        if not isinstance(name, str):
            raise Refusal(INVALID_PARAMS, 'call needs {"method": a documented name, "args": {name: value}}')
        if not isinstance(args, dict):
            raise Refusal(INVALID_PARAMS, "args is an object: arguments by their documented names")
        if self.driver is None:
            raise Refusal(INVALID_REQUEST, "initialize comes first")
        method = None if name.startswith("_") else getattr(self.driver, name, None)
        if not callable(method):
            raise Refusal(METHOD_NOT_FOUND, "the driver has no method %s" % name)
        given = Given()
        positional, keywords = self.arguments(name, args, given)
        try:
            returned = method(*positional, **keywords)
        except Exception as error:
            print("%s raised:" % name, file=sys.stderr)
            traceback.print_exc()
            data = exception_data(error)
            return {"error": {"code": EXCEPTION, "message": data["message"], "data": data}}
        out = Returned(given)
        result = out.plain(returned)
        return {"result": result, "identities": out.identities} if out.identities else {"result": result}

    def arguments(self, name, args, given):
        ordered, by_name = METHODS.get(name, ((), tuple(args)))
        unknown = [each for each in args if each not in ordered and each not in by_name and each != "context"]
        if unknown:
            raise Refusal(
                INVALID_PARAMS,
                "%s takes no argument %s: it takes %s" % (name, unknown[0], ", ".join((*ordered, *by_name)) or "none"),
            )
        last = max((index for index, each in enumerate(ordered) if each in args or each == "context"), default=-1)
        positional = [self.value(each, args, given) for each in ordered[: last + 1]]
        return positional, {each: self.value(each, args, given) for each in by_name if each in args}

    def value(self, name, args, given):
        if name != "context":
            return given.argument(name, args.get(name))
        if self.context is None:
            self.context = new_context()
        return self.context

    def close(self, _params):
        self.driver = None
        return {"result": None}


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


def construct(cls, configuration, backend):
    """Makes the driver as Cinder's volume manager does; one that takes less gets less."""
    keywords = {
        "configuration": configuration,
        "db": None,
        "host": "cinder-host@%s" % backend,
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


def parse_arguments():
    parser = argparse.ArgumentParser(description="Serves a Cinder volume driver as JSON-RPC 2.0 in lines.")
    parser.add_argument("--driver", required=True, help="the driver's class, e.g. package.module.Class")
    parser.add_argument("--config", help="a cinder.conf; without it initialize brings the options")
    parser.add_argument("--backend", help="its section", default=None)
    parser.add_argument("--path", action="append", default=[], help="a folder to import from, besides PYTHONPATH")
    parser.add_argument(
        "--sleep-factor", type=float, default=1.0, help="what sleeps and polling intervals are multiplied by, e.g. 0.01"
    )
    arguments = parser.parse_args()
    if "." not in arguments.driver:
        parser.error("--driver is package.module.Class")
    if not 0 <= arguments.sleep_factor < float("inf"):
        parser.error("--sleep-factor is 0 or more")
    if (arguments.config is None) != (arguments.backend is None):
        parser.error("--config and --backend go together")
    return arguments


def main():
    arguments = parse_arguments()
    # Standard output is the protocol's: whatever else is printed, by whomever, goes to standard error.
    protocol = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    sys.stdout = sys.stderr

    def write(line):
        protocol.write(line)
        protocol.flush()

    given = read_config(arguments.config, arguments.backend) if arguments.config else None
    sys.path[:0] = [*arguments.path, os.getcwd()]
    shorten_sleeps(arguments.sleep_factor)
    server = Server(arguments.driver, given, arguments.backend or "backend", write)
    running = []
    with os.fdopen(os.dup(0), "r", encoding="utf-8", errors="replace", newline="\n") as lines:
        for line in lines:
            if not line.strip():
                continue
            running = [each for each in running if each.is_alive()]
            thread = server.receive(line)
            if thread is not None:
                running.append(thread)
    for thread in running:
        thread.join()
    protocol.flush()
    # Threads that a driver started for its periodic work would keep the process.
    os._exit(0)


if __name__ == "__main__":
    main()

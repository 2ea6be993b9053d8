"""Records of the suite in the form of rows of Cinder's database."""

import datetime
import json

from .dates import dated

# The group type of groups that name none.
DEFAULT_GROUP_TYPE = "5bd3a2a0-1ff5-4d9c-8f4f-0b7c6b8f8a11"

# The object of Cinder whose fields a row has at least.
_OBJECTS = {
    "volume": "Volume",
    "snapshot": "Snapshot",
    "group": "Group",
    "group_snapshot": "GroupSnapshot",
    "volume_type": "VolumeType",
    "group_type": "GroupType",
    "attachment": "VolumeAttachment",
    "qos_specs": "QualityOfServiceSpecs",
}

# Fields that hold records of another kind.
_NESTED = {
    "volume": "volume",
    "volume_type": "volume_type",
    "volume_attachment": "attachment",
    "group": "group",
    "consistencygroup": "group",
    "group_snapshot": "group_snapshot",
    "cgsnapshot": "group_snapshot",
    "snapshots": "snapshot",
    "volumes": "volume",
    "volume_types": "volume_type",
    "qos_specs": "qos_specs",
}


class Row(dict):
    """A row: columns as items and as attributes."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError("a row of %s has no column %s" % (self.get("__kind__", "the database"), name)) from None

    def __setattr__(self, name, value):
        self[name] = value


def row_of(kind, record):
    """A record as its row. Columns that the record lacks are None."""
    from cinder import objects

    row = Row({name: None for name in getattr(objects, _OBJECTS[kind]).fields})
    for name, value in record.items():
        nested = _NESTED.get(name)
        if nested and isinstance(value, dict):
            value = row_of(nested, value)
        elif nested and isinstance(value, list):
            value = [row_of(nested, each) for each in value]
        row[name] = without_zone(dated(name, value))
    row["deleted"] = False
    for name in ("metadata", "admin_metadata"):
        if kind in ("volume", "snapshot"):
            row["%s_%s" % (kind, name)] = [Row(key=key, value=value) for key, value in (row.get(name) or {}).items()]
    if kind == "attachment":
        for name in ("connector", "connection_info"):
            row[name] = None if row[name] is None else json.dumps(row[name])
    if kind == "volume_type" and row["is_public"] is None:
        row["is_public"] = True
    if kind == "group" and row["group_type_id"] is None:
        row["group_type_id"] = DEFAULT_GROUP_TYPE
    return row


def without_zone(value):
    """The database has its dates in UTC without saying so."""
    if isinstance(value, datetime.datetime) and value.tzinfo:
        return value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return value


def matching(rows, filters):
    """The rows whose columns have the values, or one of the values, of the filters."""
    wanted = [(name, each if isinstance(each, (list, tuple, set)) else [each]) for name, each in (filters or {}).items()]
    return [row for row in rows if all(row.get(name) in values for name, values in wanted if name != "deleted")]


def first_with(rows, name, value):
    return next((row for row in rows if row.get(name) == value), None)


def metadata_after(now, metadata, delete):
    """The changes that make metadata so; None removes a key."""
    return {**({key: None for key in now} if delete else {}), **{key: str(each) for key, each in metadata.items()}}


def admin_metadata_after(now, metadata, delete, add, update):
    """The same, without keys that may not be added or changed."""
    allowed = {key: each for key, each in metadata.items() if (update if key in now else add)}
    gone = {key: None for key in now if delete and key not in metadata}
    return {**gone, **{key: str(each) for key, each in allowed.items()}}

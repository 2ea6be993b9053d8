"""Cinder's database for drivers beside a real Cinder: the records of the suite's volume manager.

All functions of `cinder.db` go to an object that `install` replaces. What drivers look up and save is read from the suite
and written to it; every other function raises DatabaseFunctionMissing with its name.
"""

import json

from .db_rows import admin_metadata_after, matching, metadata_after, row_of
from .type_records import TypeRecords


class DatabaseFunctionMissing(RuntimeError):
    """A function of cinder.db that the suite's records do not answer."""

    def __init__(self, name, reason=None):
        super().__init__(
            "cinder.db.%s is not answered by the conformance suite%s" % (name, ": %s" % reason if reason else "")
        )


def install():
    """Replaces Cinder's database. Returns the object that answers: its `connect` gives it the suite."""
    from cinder.db import api

    records = Records()
    api.IMPL = records
    return records


class Records(TypeRecords):
    """The functions of cinder.db, by their names and parameters."""

    def __init__(self):
        self._channel = None
        self._offered = ()

    def connect(self, channel, requests):
        self._channel = channel
        self._offered = requests

    @property
    def can_read(self):
        return "read" in self._offered

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)

        def missing(*_args, **_kwargs):
            raise DatabaseFunctionMissing(name)

        return missing

    def _read(self, name, kind, identifier):
        if not self.can_read:
            raise DatabaseFunctionMissing(name, "it offers no records")
        record = None if identifier is None else self._channel.ask("read", {"kind": kind, "id": identifier})
        return None if record is None else row_of(kind, record)

    def _list(self, name, kind, where=None, filters=None):
        if not self.can_read:
            raise DatabaseFunctionMissing(name, "it offers no records")
        found = self._channel.ask("read", {"kind": kind, "where": where or {}})
        return matching([row_of(kind, each) for each in found], filters)

    def _update(self, name, kind, identifier, values):
        if "update" not in self._offered:
            raise DatabaseFunctionMissing(name, "it saves no records")
        self._channel.ask("update", {"kind": kind, "id": identifier, "values": plain_values(values)})

    # Objects of Cinder ask for their model, and get records by it.

    def get_model_for_versioned_object(self, versioned_object):
        return {"CGSnapshot": "GroupSnapshot", "ConsistencyGroup": "Group"}.get(
            versioned_object.obj_name(), versioned_object.obj_name()
        )

    def get_by_id(self, context, model, id, *_args, **_kwargs):
        getters = {
            "Volume": self.volume_get,
            "Snapshot": self.snapshot_get,
            "Group": self.group_get,
            "GroupSnapshot": self.group_snapshot_get,
            "VolumeType": self.volume_type_get,
            "GroupType": self.group_type_get,
            "VolumeAttachment": self.volume_attachment_get,
            "QualityOfServiceSpecs": self.qos_specs_get,
        }
        if model not in getters:
            raise DatabaseFunctionMissing("get_by_id", "there are no records of %s" % model)
        return getters[model](context, id)

    # Volumes.

    def volume_get(self, _context, volume_id):
        from cinder import exception

        row = self._read("volume_get", "volume", volume_id)
        if row is None:
            raise exception.VolumeNotFound(volume_id=volume_id)
        return row

    def volume_get_all(self, _context, marker=None, limit=None, sort_keys=None, sort_dirs=None, filters=None, offset=None):
        return self._list("volume_get_all", "volume", filters=filters)

    def volume_get_all_by_host(self, _context, host, filters=None):
        rows = self._list("volume_get_all_by_host", "volume", filters=filters)
        return [each for each in rows if on_host(each["host"], host)]

    def volume_get_all_by_project(self, _context, project_id, *_args, filters=None, **_kwargs):
        return self._list("volume_get_all_by_project", "volume", {"project_id": project_id}, filters)

    def volume_get_all_by_generic_group(self, _context, group_id, filters=None):
        return self._list("volume_get_all_by_generic_group", "volume", {"group_id": group_id}, filters)

    volume_get_all_by_group = volume_get_all_by_generic_group

    def volume_update(self, _context, volume_id, values):
        values = dict(values)
        for name in ("metadata", "admin_metadata"):
            given = values.pop(name, None)
            if given is not None:
                getattr(self, "volume_%s_update" % name)(_context, volume_id, given, False)
        if values:
            self._update("volume_update", "volume", volume_id, values)
        return values

    def _metadata(self, name, kind, identifier):
        if not self.can_read:
            raise DatabaseFunctionMissing(name, "it offers no records")
        return dict(self._channel.ask("read", {"kind": kind, "id": identifier}) or {})

    def _change_metadata(self, name, kind, identifier, changes):
        self._update(name, kind, identifier, changes)
        return self._metadata(name, kind, identifier)

    def volume_metadata_get(self, _context, volume_id):
        return self._metadata("volume_metadata_get", "volume_metadata", volume_id)

    def volume_metadata_update(self, _context, volume_id, metadata, delete, meta_type=None):
        now = self._metadata("volume_metadata_update", "volume_metadata", volume_id)
        changes = metadata_after(now, metadata, delete)
        return self._change_metadata("volume_metadata_update", "volume_metadata", volume_id, changes)

    def volume_metadata_delete(self, _context, volume_id, key, meta_type=None):
        self._update("volume_metadata_delete", "volume_metadata", volume_id, {key: None})

    def volume_admin_metadata_get(self, _context, volume_id):
        return self._metadata("volume_admin_metadata_get", "volume_admin_metadata", volume_id)

    def volume_admin_metadata_update(self, _context, volume_id, metadata, delete, add=True, update=True):
        name, kind = "volume_admin_metadata_update", "volume_admin_metadata"
        changes = admin_metadata_after(self._metadata(name, kind, volume_id), metadata, delete, add, update)
        return self._change_metadata(name, kind, volume_id, changes)

    def volume_admin_metadata_delete(self, _context, volume_id, key):
        self._update("volume_admin_metadata_delete", "volume_admin_metadata", volume_id, {key: None})

    def volume_glance_metadata_get(self, _context, volume_id):
        from cinder import exception

        raise exception.GlanceMetadataNotFound(id=volume_id)

    # Attachments.

    def volume_attachment_get(self, _context, attachment_id):
        from cinder import exception

        row = self._read("volume_attachment_get", "attachment", attachment_id)
        if row is None:
            raise exception.VolumeAttachmentNotFound(filter="attachment_id = %s" % attachment_id)
        return row

    def volume_attachment_get_all(self, _context, filters=None, *_args, **_kwargs):
        return self._list("volume_attachment_get_all", "attachment", filters=filters)

    def volume_attachment_get_all_by_volume_id(self, _context, volume_id):
        return self._list("volume_attachment_get_all_by_volume_id", "attachment", {"volume_id": volume_id})

    def volume_attachment_get_all_by_host(self, _context, host, filters=None):
        return self._list("volume_attachment_get_all_by_host", "attachment", {"attached_host": host}, filters)

    def volume_attachment_get_all_by_instance_uuid(self, _context, instance_uuid):
        name = "volume_attachment_get_all_by_instance_uuid"
        return self._list(name, "attachment", {"instance_uuid": instance_uuid})

    def volume_attachment_update(self, _context, attachment_id, values):
        self._update("volume_attachment_update", "attachment", attachment_id, values)

    def attachment_specs_get(self, _context, attachment_id):
        row = self._read("attachment_specs_get", "attachment", attachment_id)
        return json.loads((row or {}).get("connector") or "{}")

    # Snapshots.

    def snapshot_get(self, _context, snapshot_id):
        from cinder import exception

        row = self._read("snapshot_get", "snapshot", snapshot_id)
        if row is None:
            raise exception.SnapshotNotFound(snapshot_id=snapshot_id)
        return row

    def snapshot_get_all(self, _context, filters=None, *_args, **_kwargs):
        return self._list("snapshot_get_all", "snapshot", filters=filters)

    def snapshot_get_all_by_host(self, _context, host, filters=None):
        rows = self._list("snapshot_get_all_by_host", "snapshot", filters=filters)
        return [each for each in rows if each["volume"] and on_host(each["volume"]["host"], host)]

    def snapshot_get_all_for_volume(self, _context, volume_id):
        return self._list("snapshot_get_all_for_volume", "snapshot", {"volume_id": volume_id})

    def snapshot_get_all_for_group_snapshot(self, _context, group_snapshot_id):
        return self._list("snapshot_get_all_for_group_snapshot", "snapshot", {"group_snapshot_id": group_snapshot_id})

    snapshot_get_all_for_cgsnapshot = snapshot_get_all_for_group_snapshot

    def snapshot_update(self, _context, snapshot_id, values):
        values = dict(values)
        metadata = values.pop("metadata", None)
        if metadata is not None:
            self.snapshot_metadata_update(_context, snapshot_id, metadata, True)
        if values:
            self._update("snapshot_update", "snapshot", snapshot_id, values)

    def snapshot_metadata_get(self, _context, snapshot_id):
        return self._metadata("snapshot_metadata_get", "snapshot_metadata", snapshot_id)

    def snapshot_metadata_update(self, _context, snapshot_id, metadata, delete):
        name, kind = "snapshot_metadata_update", "snapshot_metadata"
        return self._change_metadata(
            name, kind, snapshot_id, metadata_after(self._metadata(name, kind, snapshot_id), metadata, delete)
        )

    def snapshot_metadata_delete(self, _context, snapshot_id, key):
        self._update("snapshot_metadata_delete", "snapshot_metadata", snapshot_id, {key: None})

    # Groups.

    def group_get(self, _context, group_id):
        from cinder import exception

        row = self._read("group_get", "group", group_id)
        if row is None:
            raise exception.GroupNotFound(group_id=group_id)
        return row

    consistencygroup_get = group_get

    def group_get_all(self, _context, filters=None, *_args, **_kwargs):
        return self._list("group_get_all", "group", filters=filters)

    def group_update(self, _context, group_id, values):
        self._update("group_update", "group", group_id, values)

    def group_snapshot_get(self, _context, group_snapshot_id):
        from cinder import exception

        row = self._read("group_snapshot_get", "group_snapshot", group_snapshot_id)
        if row is None:
            raise exception.GroupSnapshotNotFound(group_snapshot_id=group_snapshot_id)
        return row

    cgsnapshot_get = group_snapshot_get

    def group_snapshot_get_all(self, _context, filters=None, *_args, **_kwargs):
        return self._list("group_snapshot_get_all", "group_snapshot", filters=filters)

    def group_snapshot_get_all_by_group(self, _context, group_id, filters=None, *_args, **_kwargs):
        return self._list("group_snapshot_get_all_by_group", "group_snapshot", {"group_id": group_id}, filters)

    cgsnapshot_get_all_by_group = group_snapshot_get_all_by_group

    def group_snapshot_update(self, _context, group_snapshot_id, values):
        self._update("group_snapshot_update", "group_snapshot", group_snapshot_id, values)


def on_host(record_host, host):
    """Whether a record's `host@backend#pool` is on a host: with or without the pool, as Cinder's filter."""
    return record_host == host or ("#" not in host and (record_host or "").startswith(host + "#"))


def plain_values(values):
    """Values as JSON has them."""
    return {name: each.isoformat() if hasattr(each, "isoformat") else each for name, each in values.items()}

"""The functions of cinder.db for types of volumes and of groups, and for specs of quality of service: see records.py."""

from .db_rows import DEFAULT_GROUP_TYPE, first_with, row_of

# What groups of a type that the suite does not name may have: consistent snapshots.
GROUP_SPECS = {"consistent_group_snapshot_enabled": "<is> True"}


class TypeRecords:
    def volume_type_get(self, _context, id, inactive=False, expected_fields=None):
        from cinder import exception

        row = self._read("volume_type_get", "volume_type", id)
        if row is None:
            raise exception.VolumeTypeNotFound(volume_type_id=id)
        return self._with_qos(row)

    def _with_qos(self, row):
        if row["qos_specs_id"]:
            row["qos_specs"] = self._read("volume_type_get", "qos_specs", row["qos_specs_id"])
        return row

    def volume_type_get_by_name(self, _context, name):
        from cinder import exception

        row = first_with(self._list("volume_type_get_by_name", "volume_type"), "name", name)
        if row is None:
            raise exception.VolumeTypeNotFoundByName(volume_type_name=name)
        return self._with_qos(row)

    def volume_types_get_by_name_or_id(self, _context, volume_type_list):
        rows = self._list("volume_types_get_by_name_or_id", "volume_type")
        return [each for each in rows if each["id"] in volume_type_list or each["name"] in volume_type_list]

    def volume_type_get_all(self, _context, inactive=False, filters=None, *_args, list_result=False, **_kwargs):
        rows = self._list("volume_type_get_all", "volume_type", filters=filters)
        return rows if list_result else {each["name"]: each for each in rows}

    def volume_type_get_all_by_group(self, _context, group_id):
        group = self.group_get(_context, group_id)
        return [self.volume_type_get(_context, each) for each in group["volume_type_ids"] or []]

    def volume_type_extra_specs_get(self, _context, volume_type_id):
        return dict(self.volume_type_get(_context, volume_type_id)["extra_specs"] or {})

    def volume_type_qos_specs_get(self, _context, type_id):
        return {"qos_specs": self.volume_type_get(_context, type_id)["qos_specs"]}

    def volume_type_encryption_get(self, _context, _volume_type_id):
        return None

    def qos_specs_get(self, _context, qos_specs_id, inactive=False):
        from cinder import exception

        row = self._read("qos_specs_get", "qos_specs", qos_specs_id)
        if row is None:
            raise exception.QoSSpecsNotFound(specs_id=qos_specs_id)
        return row

    def qos_specs_get_all(self, _context, filters=None, *_args, **_kwargs):
        return self._list("qos_specs_get_all", "qos_specs", filters=filters)

    def group_type_get(self, _context, id, inactive=False, expected_fields=None):
        from cinder import exception

        row = self._read("group_type_get", "group_type", id)
        if row is None and id == DEFAULT_GROUP_TYPE:
            row = row_of("group_type", {"id": id, "name": "group type", "group_specs": dict(GROUP_SPECS)})
        if row is None:
            raise exception.GroupTypeNotFound(group_type_id=id)
        return row

    def group_type_get_by_name(self, _context, name):
        from cinder import exception

        row = first_with(self._list("group_type_get_by_name", "group_type"), "name", name)
        if row is None:
            raise exception.GroupTypeNotFoundByName(group_type_name=name)
        return row

    def group_type_get_all(self, _context, inactive=False, filters=None, *_args, list_result=False, **_kwargs):
        rows = self._list("group_type_get_all", "group_type", filters=filters)
        return rows if list_result else {each["name"]: each for each in rows}

    def group_type_specs_get(self, _context, group_type_id):
        return dict(self.group_type_get(_context, group_type_id)["group_specs"] or {})

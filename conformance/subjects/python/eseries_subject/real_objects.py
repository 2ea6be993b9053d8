"""Cinder's own objects and its context, made of the suite's JSON."""

from .db_rows import DEFAULT_GROUP_TYPE


class RealObjects:
    """Makes the objects that Cinder's volume manager hands to drivers."""

    def __init__(self, records):
        from cinder import context, objects
        from oslo_versionedobjects import base

        self._objects = objects
        self._base = base
        self._records = records
        self.context = context.get_admin_context()

    def list(self, of, members, plain):
        if plain:
            return members
        made = getattr(self._objects, of + "List")(self.context)
        made.objects = members
        made.obj_reset_changes()
        return made

    def make(self, of, fields):
        cls = getattr(self._objects, of)
        made = cls(self.context)
        fields = dict(fields)
        if fields.get("name_id") not in (None, fields.get("id")):
            fields.setdefault("_name_id", fields["name_id"])
        if of == "Group" and fields.get("group_type_id") is None:
            fields["group_type_id"] = DEFAULT_GROUP_TYPE
        for name, field in cls.fields.items():
            if name in fields and not self._is_looked_up(fields, name):
                assign(made, name, fields[name])
            elif name not in cls.OPTIONAL_FIELDS:
                assign(made, name, default_of(field))
            elif not self._records.can_read:
                assign(made, name, self._empty(field))
        made.obj_reset_changes()
        return made

    def _is_looked_up(self, fields, name):
        """Whether an object was left out although its id is there."""
        return fields[name] is None and fields.get(name + "_id") is not None and self._records.can_read

    def _empty(self, field):
        """The value of a field that would be looked up, where there is nothing to look it up in."""
        kind = type(field).__name__
        if kind.startswith("Dict"):
            return {}
        of = getattr(field._type, "_obj_name", "")
        return getattr(self._objects, of)(self.context, objects=[]) if of.endswith("List") else None

    def is_object(self, value):
        return isinstance(value, self._base.VersionedObject) and not self.is_list(value)

    def is_list(self, value):
        return isinstance(value, self._base.ObjectListBase)

    def fields_of(self, value):
        return {name: getattr(value, name) for name in value.fields if value.obj_attr_is_set(name)}


def default_of(field):
    from oslo_versionedobjects import fields

    default = getattr(field, "_default", None)
    return None if default is fields.UnspecifiedDefault else default


def assign(made, name, value):
    """Sets a field. What Cinder's own type refuses, such as a status that it does not have, is set as it is."""
    try:
        setattr(made, name, value)
    except (ValueError, TypeError):
        setattr(made, "_obj_" + name, value)

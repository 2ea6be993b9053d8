"""Objects that behave as Cinder's do, for drivers that are judged without Cinder."""

from .dates import dated
from .stand_in_base import CinderObject, ObjectList


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
CLASSES["ConsistencyGroup"] = Group
CLASSES["CGSnapshot"] = GroupSnapshot


class StandIns:
    """Makes the objects and the context of drivers that are judged without Cinder."""

    def __init__(self):
        self.context = RequestContext()

    def list(self, _of, members, _plain):
        return ObjectList(members)

    def make(self, of, fields):
        cls = CLASSES[of]
        fields = {key: dated(key, each) for key, each in fields.items()}
        for key in cls.LISTS:
            if fields.get(key) is None:
                fields[key] = ObjectList()
        # Properties are worked out; a name_id that is told counts as the field behind it.
        for key in [each for each in fields if isinstance(getattr(cls, each, None), property)]:
            told = fields.pop(key)
            if key == "name_id" and told != fields.get("id"):
                fields.setdefault("_name_id", told)
        return cls(fields)

    def is_object(self, value):
        return isinstance(value, CinderObject)

    def is_list(self, _value):
        return False

    def fields_of(self, value):
        return value._values


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

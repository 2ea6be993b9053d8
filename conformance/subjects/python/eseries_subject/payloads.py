"""Makes what a driver is handed of JSON, and remembers which object stands where: for the rule of identities."""

from .protocol import escaped

# The class of an argument, or of the members of a list, by the documented name.
ARGUMENTS = {
    "volume": "Volume",
    "src_vref": "Volume",
    "new_volume": "Volume",
    "volumes": "Volume",
    "source_vols": "Volume",
    "add_volumes": "Volume",
    "remove_volumes": "Volume",
    "cinder_volumes": "Volume",
    "snapshot": "Snapshot",
    "snapshots": "Snapshot",
    "cinder_snapshots": "Snapshot",
    "group": "Group",
    "source_group": "Group",
    "source_cg": "ConsistencyGroup",
    "group_snapshot": "GroupSnapshot",
    "cgsnapshot": "CGSnapshot",
    "new_type": "VolumeType",
    "attachment": "VolumeAttachment",
}

# Fields of these that hold objects, or lists of them.
FIELDS = {
    "volume_type": "VolumeType",
    "volume_attachment": "VolumeAttachment",
    "group": "Group",
    "consistencygroup": "ConsistencyGroup",
    "volume": "Volume",
    "cgsnapshot": "CGSnapshot",
    "group_snapshot": "GroupSnapshot",
    "snapshots": "Snapshot",
    "volumes": "Volume",
    "volume_types": "VolumeType",
}

# Cinder's manager builds these lists itself; the others are lists of its objects.
PLAIN_LISTS = ("source_vols", "add_volumes", "remove_volumes")


class Given:
    """`maker` makes the objects: `make(class name, fields)` and `list(class name, members, plain)`."""

    def __init__(self, maker=None):
        self.places = {}
        self._maker = maker
        # Ids are only good for objects that live.
        self._alive = []

    def argument(self, method, name, value):
        of = ARGUMENTS.get(name)
        if of == "Group" and "consistencygroup" in method:
            of = "ConsistencyGroup"
        return self._made(of, value, "/args/" + escaped(name), name in PLAIN_LISTS)

    def _made(self, of, value, place, plain=False):
        if isinstance(value, list):
            members = [self._made(of, each, "%s/%d" % (place, index)) for index, each in enumerate(value)]
            made = members if of is None else self._maker.list(of, members, plain)
        elif not isinstance(value, dict):
            return value
        elif of is None:
            made = {key: self._made(None, each, place + "/" + escaped(key)) for key, each in value.items()}
        else:
            fields = {
                key: self._made(FIELDS.get(key), each, place + "/" + escaped(key)) for key, each in value.items()
            }
            made = self._maker.make(of, fields)
        self._alive.append(made)
        self.places[id(made)] = place
        return made

"""The protocol's error codes, and the methods by which Cinder knows a driver."""

EXCEPTION = -32000
PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603

PAGING = ("marker", "limit", "offset", "sort_keys", "sort_dirs")

# For each method the parameters that are passed by position, in order, and those that are passed by name. Drivers name
# their positional parameters as they like; Cinder's volume manager passes only the second kind by name.
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


class Refusal(Exception):
    """A message that cannot be answered with a result of the driver: its code and the reason."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def escaped(key):
    """A step of a JSON pointer."""
    return str(key).replace("~", "~0").replace("/", "~1")

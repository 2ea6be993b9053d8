"""A driver that has no array: it tells what it was handed, and does what drivers should not."""

import datetime
import os
import threading
from time import sleep


class CinderException(Exception):
    def __init__(self, msg):
        super().__init__("not this text")
        self.msg = msg


class NotFound(CinderException):
    pass


class VolumeNotFound(NotFound):
    pass


class Option:
    def __init__(self, name, default=None, type=str, multi=False, deprecated=()):
        self.name = name
        self.dest = name.replace("-", "_")
        self.default = default
        self.type = type
        self.multi = multi
        self.deprecated_opts = [Option(each) for each in deprecated]


class FakeDriver:
    DRIVER_NAME = "Fake"
    VERSION = "2.0"
    CI_WIKI_NAME = "Fake_CI"

    def __init__(self, *args, **kwargs):
        self.configuration = kwargs["configuration"]
        self.configuration.append_config_values(
            [
                Option("fake-port", 80, int),
                Option("fake-flag", False, bool),
                Option("fake-list", [], list),
                Option("fake-multi", multi=True),
                Option("fake-new", deprecated=["fake-old"]),
                Option("fake-default", "as it is"),
            ]
        )
        self.host = kwargs["host"]
        self.let_go = threading.Event()

    def do_setup(self, ctxt):
        print("what drivers print")
        os.write(1, b"and what their programs print\n")
        return {"admin": ctxt.is_admin, "elevated": ctxt.elevated() is ctxt, "host": self.host}

    def check_for_setup_error(self):
        raise KeyError("neither Cinder's nor told")

    def get_volume_stats(self, refresh=False):
        configuration = self.configuration
        names = ["fake_port", "fake_flag", "fake_list", "fake_multi", "fake_new", "fake_default", "unknown"]
        return {
            "refresh": refresh,
            "safe_get": {name: configuration.safe_get(name) for name in names},
            "attribute": configuration.fake_port,
            "local_conf": configuration.local_conf.fake_port,
            "registered by Cinder": configuration.reserved_percentage,
            "unknown": hasattr(configuration, "unknown"),
            "group": configuration.config_group,
        }

    def create_volume(self, volume):
        told = {
            "name": volume.name,
            "name_id": volume["name_id"],
            "id": volume["id"],
            "get": [volume.get("size"), volume.get("provider_id", 7), volume.get("no_such", 7)],
            "unset": volume.provider_auth,
            "keys": "id" in volume.keys() and "provider_auth" in volume.keys(),
            "in": ["id" in volume, "provider_auth" in volume, "no_such" in volume],
            "set": [volume.obj_attr_is_set("size"), volume.obj_attr_is_set("provider_auth")],
            "no_such": hasattr(volume, "no_such"),
            "specs": volume.volume_type.extra_specs["netapp:raid_type"],
            "specs item": volume["volume_type"]["extra_specs"],
            "attached": [each.attached_host for each in volume.volume_attachment],
            "objects": len(volume.volume_attachment.objects),
            "group": volume.consistencygroup.id,
            "year": volume.created_at.year,
            "zone": volume.created_at.tzinfo == datetime.timezone.utc,
            "metadata": volume.volume_metadata,
        }
        volume.provider_id = "new"
        volume["status"] = "available"
        told["changed"] = sorted(volume.obj_what_changed())
        volume.save()
        told["saved"] = [volume.provider_id, volume.status, sorted(volume.obj_what_changed())]
        volume.name_id = "another"
        told["renamed"] = volume.name
        return told

    def create_snapshot(self, snapshot):
        return [snapshot.name, snapshot.volume_name, snapshot.volume.size, snapshot["volume"].snapshots]

    def delete_volume(self, volume):
        raise VolumeNotFound("Volume '%s' could not be found." % volume.id)

    def ensure_export(self, context, volume):
        raise NotImplementedError()

    def extend_volume(self, volume, new_size):
        sleep(new_size)

    def create_export(self, context, volume, connector):
        self.let_go.wait()
        return {"provider_location": connector["initiator"]}

    def remove_export(self, context, volume):
        self.let_go.set()

    def terminate_connection(self, volume, connector, **kwargs):
        return [connector, kwargs]

    def delete_group(self, ctxt, a_group, some_volumes):
        update = {"id": some_volumes[0].id}
        return {"status": a_group.status}, [some_volumes[0], update, update, dict(update)]

    def update_group(self, context, group, add_volumes=None, remove_volumes=None):
        return [add_volumes.objects[0].name, remove_volumes, group.volumes]

    def initialize_connection(self, volume, connector):
        return connector

    def get_pool(self, volume):
        endless = []
        endless.append(endless)
        return {"set": {1}, "nan": float("nan"), "object": threading.Event, "endless": endless, 5: (1, 2)}

    def unmanage(self, volume):
        raise SystemExit("drivers may do anything")

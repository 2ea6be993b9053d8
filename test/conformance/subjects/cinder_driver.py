"""A driver beside a real Cinder that has no array: it tells what it was handed and what its environment answers."""

import datetime
import socket
import threading
import time
from time import sleep

import eventlet
import tenacity
from cinder import coordination, db, exception, objects, utils
from cinder.volume import driver, group_types, qos_specs, volume_types, volume_utils
from oslo_concurrency import lockutils
from oslo_config import cfg, types
from oslo_log import log as logging
from oslo_service import loopingcall
from oslo_utils import timeutils

LOG = logging.getLogger(__name__)

OPTIONS = [
    cfg.PortOpt("told_port", default=80),
    cfg.BoolOpt("told_flag", default=False),
    cfg.ListOpt("told_list", default=[]),
    cfg.MultiStrOpt("told_multi", default=[]),
    cfg.MultiOpt("told_dicts", item_type=types.Dict()),
    cfg.StrOpt("told_new", deprecated_name="told_old"),
    cfg.StrOpt("told_default", default="as it is"),
]


class Unprintable(Exception):
    def __str__(self):
        raise ValueError("no text")


class CinderDriver(driver.ISCSIDriver):
    DRIVER_NAME = "Told"
    VERSION = "3.0"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.configuration.append_config_values(OPTIONS)
        self.ticks = []
        self.retries = 0

    def do_setup(self, context):
        self.began = time.time()
        self.timer = loopingcall.FixedIntervalLoopingCall(lambda: self.ticks.append(round(time.time(), 3)))
        self.timer.start(interval=60, initial_delay=60)
        return [context.is_admin, self.host, type(context).__name__]

    def check_for_setup_error(self):
        return self.initialized

    def _update_volume_stats(self):
        self._stats = {"volume_backend_name": "told"}

    def get_volume_stats(self, refresh=False):
        configuration = self.configuration
        names = [each.dest for each in OPTIONS]
        return {
            "options": {name: configuration.safe_get(name) for name in names},
            "attribute": configuration.told_port,
            "base": [configuration.reserved_percentage, configuration.chap_username],
            "unknown": configuration.safe_get("no_such_option"),
            "group": configuration.config_group,
            "initialized": self.initialized,
        }

    def create_volume(self, volume):
        told = {
            "class": [type(volume).__name__, isinstance(volume, objects.Volume)],
            "name": [volume.name, volume["name_id"]],
            "type": [volume.volume_type.extra_specs, volume["volume_type"]["name"]],
            "attached": [each.attached_host for each in volume.volume_attachment],
            "changed": sorted(volume.obj_what_changed()),
            "primitive": volume.obj_to_primitive()["versioned_object.name"],
            "context": volume._context.is_admin,
            "lazy": [volume.admin_metadata, volume.metadata, [each.id for each in volume.snapshots]],
            "group": volume.group.id if volume.group else None,
        }
        told["status"] = volume.status
        volume.provider_id = "new"
        volume.metadata = {"a": "1"}
        volume.save()
        changed = sorted(volume.obj_what_changed())
        volume.admin_metadata_update({"told": "yes"}, False)
        told["saved"] = [volume.provider_id, changed, volume.admin_metadata]
        return told

    def manage_existing(self, volume, existing_ref):
        """What look-ups give."""
        type_id = volume.volume_type_id
        context = volume._context
        return {
            "type": volume_types.get_volume_type(context, type_id)["name"],
            "specs": volume_types.get_volume_type_extra_specs(type_id),
            "qos": volume_types.get_volume_type_qos_specs(type_id)["qos_specs"]["specs"],
            "qos specs": qos_specs.get_qos_specs(context, existing_ref["qos"])["consumer"],
            "group spec": group_types.get_group_type_specs(existing_ref["group_type"], "a"),
            "group": volume_utils.is_group_a_cg_snapshot_type(objects.Group.get_by_id(context, existing_ref["group"])),
            "volumes": [each.id for each in objects.VolumeList.get_all_by_host(context, "host@backend")],
            "types": [each.name for each in objects.VolumeTypeList.get_all(context)],
            "db": db.volume_get(context, volume.id)["id"],
            "snapshots": [each.id for each in db.snapshot_get_all_for_volume(context, volume.id)],
        }

    def get_pool(self, volume):
        return [volume.metadata, len(volume.volume_attachment), volume.volume_type, volume.admin_metadata]

    def unmanage(self, volume):
        self.db.service_get_all(volume._context)

    def delete_volume(self, volume):
        db.volume_get(volume._context, "11111111-1111-4111-8111-111111111111")

    def delete_snapshot(self, snapshot):
        raise Unprintable()

    def manage_existing_get_size(self, volume, existing_ref):
        return Unprintable()

    def create_snapshot(self, snapshot):
        return [snapshot.name, snapshot.volume_name, snapshot.volume.size, snapshot.volume.volume_type.name]

    def ensure_export(self, context, volume):
        raise exception.VolumeDriverException(message="told by message")

    @lockutils.synchronized("told", external=True)
    @coordination.synchronized("told-{volume.id}")
    def create_export(self, context, volume, connector):
        """The seconds that each way of waiting took."""
        waits = {
            "sleep": lambda: sleep(5),
            "eventlet.sleep": lambda: eventlet.sleep(7),
            "Event": lambda: threading.Event().wait(11),
            "FixedIntervalLoopingCall": self._poll,
            "tenacity": self._attempts,
            "retry": self._retry,
            "greenthread": lambda: eventlet.spawn(eventlet.sleep, 17).wait(),
        }
        took = {name: self._took(wait) for name, wait in waits.items()}
        back_off = self._took(self._back_off)
        took["backoff"] = "about a minute" if 20 < back_off < 180 else back_off
        return took

    def _took(self, wait):
        before = [time.time(), time.monotonic(), datetime.datetime.now().timestamp(), timeutils.utcnow()]
        wait()
        after = [time.time(), time.monotonic(), datetime.datetime.now().timestamp(), timeutils.utcnow()]
        took = {round((b - a).total_seconds() if hasattr(b - a, "total_seconds") else b - a, 3)
                for a, b in zip(before, after)}
        assert len(took) == 1, took
        return took.pop()

    def _poll(self):
        left = [3]

        def look():
            left[0] -= 1
            if not left[0]:
                raise loopingcall.LoopingCallDone()

        loopingcall.FixedIntervalLoopingCall(look).start(interval=10).wait()

    def _attempts(self):
        tenacity.Retrying(
            stop=tenacity.stop_after_attempt(3),
            wait=tenacity.wait_fixed(13),
            retry=tenacity.retry_if_result(lambda _: True),
            retry_error_callback=lambda _: None,
        )(lambda: None)

    def _back_off(self):
        answers = [False] * 5

        def look():
            if not answers:
                raise loopingcall.LoopingCallDone()
            return answers.pop()

        loopingcall.BackOffLoopingCall(look).start(jitter=0.9).wait()

    def _retry(self):
        @utils.retry(KeyError, interval=2, retries=3, backoff_rate=3)
        def often():
            self.retries += 1
            if self.retries < 3:
                raise KeyError()

        often()

    def remove_export(self, context, volume):
        return {"ticks": self.ticks, "elapsed": round(time.time() - self.began, 3)}

    def delete_group(self, context, group, volumes):
        return [type(group).__name__, type(volumes).__name__, [each.id for each in group.volumes]], volumes

    def delete_consistencygroup(self, context, group, volumes):
        return [type(group).__name__, type(volumes[0].consistencygroup).__name__], [{"id": volumes[0].id}]

    def initialize_connection(self, volume, connector):
        return {"driver_volume_type": "iscsi", "data": {"volume": volume, "connector": connector}}

    def validate_connector(self, connector):
        with socket.create_connection(("127.0.0.1", connector["port"]), timeout=connector["timeout"]) as connection:
            try:
                connection.sendall(b"?")
                return connection.recv(100).decode()
            except socket.timeout:
                return "timeout"

    def detach_volume(self, context, volume, attachment=None):
        LOG.debug("told in debug")
        LOG.info("told in info")
        return "logged"

    def terminate_connection(self, volume, connector, **kwargs):
        pass

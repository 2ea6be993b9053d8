"""Volumes: made, copied, grown, deleted."""

from oslo_log import log as logging

from cinder import exception
from cinder.volume import volume_types
from cinder.volume import volume_utils
from second_driver import array
from second_driver import client as rest
from second_driver import labels

LOG = logging.getLogger(__name__)

CACHES = {"netapp:read_cache": "readCacheEnable", "netapp:write_cache": "writeCacheEnable"}
# What an extra spec says for yes; anything else is no.
YES = ("true", "yes", "y", "enabled", "1")
RUNNING = ("pending", "inProgress", "unknown")


class Volumes(array.ArrayAccess):
    """Volumes of Cinder's as volumes of the array, and copies between them."""

    def create_volume(self, volume):
        with self._undoing() as undo:
            self._make_volume(volume, undo)
            self._join_group(volume)

    def create_volume_from_snapshot(self, volume, snapshot):
        with self._undoing() as undo:
            self._volume_of_snapshot(volume, snapshot, undo)
            self._join_group(volume)

    def _volume_of_snapshot(self, volume, snapshot, undo):
        image = self._image(snapshot)
        if image is None:
            raise exception.SnapshotNotFound(snapshot_id=snapshot.id)
        target = self._make_volume(volume, undo)
        self._copy_image(image, target)
        return target

    def create_cloned_volume(self, volume, src_vref):
        source = self._required(src_vref)
        with self._undoing() as undo:
            target = self._make_volume(volume, undo)
            # The array takes a snapshot of its own for it, so that the source can be written to.
            self._copy(source["volumeRef"], target["volumeRef"], online=True)
            self._join_group(volume)

    def delete_volume(self, volume):
        found = self._array_volume(volume)
        if found is None:
            LOG.warning("Volume %s is not on the array.", volume.id)
            return
        groups = [member["consistencyGroupId"] for member in self._memberships(found["volumeRef"])]
        with self._locked(found["volumeRef"], "map", *groups):
            self._refuse_busy(found)
            for mapping in self._mappings_of(found["volumeRef"]):
                self.client.delete("volume-mappings/" + mapping["lunMappingRef"])
            self._leave_all_groups(found["volumeRef"])
            self._drop_snapshot_groups(found["volumeRef"])
            try:
                self.client.delete("ssc/volumes/" + found["volumeRef"])
            except rest.ArrayError as error:
                if error.is_busy:
                    raise exception.VolumeIsBusy(volume_name=volume.name)
                raise

    def extend_volume(self, volume, new_size):
        found = self._required(volume)
        reference, wanted = found["volumeRef"], new_size * array.GIB
        if int(found["capacity"]) < wanted:
            body = {"expansionSize": str(wanted), "sizeUnit": "bytes"}
            try:
                self.client.post("volumes/%s/expand" % reference, body)
            except rest.ArrayError:
                if int(self._required(volume)["capacity"]) < wanted:
                    raise
        self._wait("The expansion of " + found["label"], lambda: self._expansion(reference))

    def retype(self, context, volume, new_type, diff, host):
        """What stays in its pool and changes nothing but caches is retyped here; else Cinder migrates."""
        specs = diff.get("extra_specs", {})
        changed = {name for name, (old, new) in specs.items() if old != new}
        elsewhere = host["host"] != volume.host
        if elsewhere or diff.get("encryption") or diff.get("qos_specs") or changed - set(CACHES):
            return False
        found = self._required(volume)
        self._set_caches(found["volumeRef"], new_type.get("extra_specs") or {}, changed)
        return True

    @staticmethod
    def _label(volume):
        return labels.of_volume(volume.name_id)

    def get_pool(self, volume):
        pool = self._required(volume)["volumeGroupRef"]
        return self.client.get("storage-pools/" + pool)["label"]

    def _pool_of(self, volume):
        name = volume_utils.extract_host(volume.host, level="pool")
        if not name:
            raise exception.InvalidHost(reason="%s names no pool" % volume.host)
        for pool in self._pools():
            if pool["label"] == name:
                return pool
        raise exception.VolumeBackendAPIException(data="there is no usable pool %s on the array" % name)

    def _make_volume(self, volume, undo):
        """An empty volume on the array, of the size and in the pool that Cinder decided."""
        pool, label, capacity = self._pool_of(volume), self._label(volume), volume.size * array.GIB
        body = {
            "poolId": pool["id"],
            "name": label,
            "sizeUnit": "bytes",
            "size": str(capacity),
            "segSize": 128,
        }
        undo.append(lambda: self._delete_labelled(label))
        try:
            made = self.client.post("volumes", body)
        except rest.ArrayError:
            # Either it was made although the answer was lost, or an earlier attempt left it.
            made = self._volume_labelled(label)
            if made is None:
                raise
            if int(made["capacity"]) != capacity or made["volumeGroupRef"] != pool["id"]:
                self._delete_labelled(label)
                made = self.client.post("volumes", body)
        specs = {}
        if volume.volume_type_id:
            specs = volume_types.get_volume_type_extra_specs(volume.volume_type_id)
        self._set_caches(made["volumeRef"], specs, set(specs) & set(CACHES))
        return made

    def _delete_labelled(self, label):
        found = self._volume_labelled(label)
        if found is not None:
            self._leave_all_groups(found["volumeRef"])
            self.client.delete("ssc/volumes/" + found["volumeRef"])

    def _set_caches(self, reference, specs, names):
        """Switches the caches that a type speaks of; without a word they are on."""
        settings = {}
        for name in names:
            word = specs.get(name, "true").lower()
            settings[CACHES[name]] = word.replace("<is>", "").strip() in YES
        if settings:
            self.client.post("volumes/" + reference, {"cacheSettings": settings})

    def _copy_image(self, image, target):
        """Copies a snapshot image through a view of it."""
        label = labels.temporary()
        try:
            view = self.client.post(
                "snapshot-volumes", {"snapshotImageId": image["pitRef"], "name": label, "viewMode": "readOnly"}
            )["viewRef"]
        except rest.ArrayError:
            self._quietly(self._drop_views, lambda view: view["label"] == label)
            raise
        try:
            self._copy(view, target["volumeRef"], online=False)
        finally:
            self._discard(self.client.delete, "snapshot-volumes/" + view)

    def _drop_views(self, chosen):
        for view in self.client.get("snapshot-volumes"):
            if chosen(view):
                self.client.delete("snapshot-volumes/" + view["viewRef"])

    def _copy(self, source, target, online):
        """Copies all blocks and waits for the end; the copy pair is gone afterwards."""
        body = {
            "sourceId": source,
            "targetId": target,
            "copyPriority": "priority4",
            "targetWriteProtected": False,
            "onlineCopy": online,
        }
        try:
            pair = self.client.post("volume-copy-jobs", body)["volcopyRef"]
        except rest.ArrayError:
            self._quietly(self._drop_copies, target)
            raise
        try:
            self._wait("The copy to " + target, lambda: self._copy_progress(pair))
        except Exception:
            self._quietly(self.client.delete, "volume-copy-jobs/" + pair)
            raise
        # While the pair is there the target is not free.
        self.client.delete("volume-copy-jobs/" + pair)

    def _drop_copies(self, target):
        for pair in self.client.get("volume-copy-jobs"):
            if pair["targetVolume"] == target:
                self.client.delete("volume-copy-jobs/" + pair["volcopyRef"])

    def _copy_progress(self, pair):
        status = self.client.get("volume-copy-jobs/" + pair)["status"]
        if status == "complete":
            return None
        if status not in RUNNING:
            raise exception.VolumeBackendAPIException(data="the copy ended as " + status)
        return self.client.get("volume-copy-jobs-control/" + pair)["percentComplete"]

    def _expansion(self, reference):
        progress = self.client.get("volumes/%s/expand" % reference)
        return progress["percentComplete"] if progress["action"].startswith("remapping") else None

    def _refuse_busy(self, found):
        """A volume that copies are made from, or that has snapshots in use, must stay. What a dead copy left goes."""
        reference = found["volumeRef"]
        for pair in self.client.get("volume-copy-jobs"):
            if reference not in (pair["sourceVolume"], pair.get("baseSourceVolumeId"), pair["targetVolume"]):
                continue
            if pair["status"] in RUNNING:
                raise exception.VolumeIsBusy(volume_name=found["label"])
            self.client.delete("volume-copy-jobs/" + pair["volcopyRef"])
        gone = self._gone_markers()
        for image in self.client.get("snapshot-images"):
            if image["baseVol"] == reference and not self._is_gone(image, gone):
                raise exception.VolumeIsBusy(volume_name=found["label"])

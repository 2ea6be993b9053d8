"""Snapshots as snapshot images. An array deletes the oldest image of a group only: what is deleted before its turn is
marked in the key-value store, and goes when its turn comes."""

from oslo_log import log as logging

from cinder import exception
from second_driver import array
from second_driver import client as rest
from second_driver import labels

LOG = logging.getLogger(__name__)

IMAGES_PER_GROUP = 32
# Of the four snapshot groups that a volume can have, one is left for copies.
GROUPS_PER_VOLUME = 3
GONE = "cinder.gone."
RESERVE_PERCENT = 20
FULL_POLICY = "failbasewrites"


def by_age(images):
    return sorted(images, key=lambda image: int(image["pitSequenceNumber"]))


class Snapshots(array.ArrayAccess):
    """Snapshots of single volumes, and what those of groups have in common with them."""

    def create_snapshot(self, snapshot):
        base = self._required(snapshot.volume)
        with self._locked(base["volumeRef"]), self._undoing() as undo:
            group = self._group_with_room(base, undo)
            return {"provider_id": self._take_image(group)["pitRef"]}

    def delete_snapshot(self, snapshot):
        image = self._image(snapshot)
        if image is None:
            LOG.warning("Snapshot %s is not on the array.", snapshot.id)
            self._reap_groups_of(snapshot.volume)
            return
        if self._in_consistency_group(image):
            self._delete_group_images([image])
            return
        volume, group = image["baseVol"], image["pitGroupRef"]
        with self._locked(volume):
            self._free_of_views(image)
            images = self._images_in(group)
            if images and images[0]["pitRef"] == image["pitRef"]:
                self._delete_image(image)
            elif images:
                self._mark_gone(image["pitRef"])
        # An earlier attempt may have left older ones.
        self._discard(self._reap_group, volume, group)

    def _delete_image(self, image):
        try:
            self.client.delete("snapshot-images/" + image["pitRef"])
        except rest.ArrayError as error:
            if error.is_busy:
                raise exception.SnapshotIsBusy(snapshot_name=image["pitRef"])
            raise

    def revert_to_snapshot(self, context, volume, snapshot):
        image, found = self._image(snapshot), self._required(volume)
        if image is None:
            raise exception.SnapshotNotFound(snapshot_id=snapshot.id)
        if image["baseVol"] != found["volumeRef"]:
            raise exception.InvalidSnapshot(reason="it is of another volume")
        with self._locked(found["volumeRef"]):
            self.client.post("symbol/startPITRollback", {"pitRef": [image["pitRef"]]})
            self._wait("The rollback of " + found["label"], lambda: self._rollback(image["pitGroupRef"]))

    def _rollback(self, group):
        status = self.client.get("snapshot-groups/" + group)["rollbackStatus"]
        if status == "paused":
            raise exception.VolumeBackendAPIException(data="the rollback is paused")
        return None if status == "none" else status

    def _image(self, snapshot):
        """The image of a snapshot of Cinder's, or None."""
        return self.client.find("snapshot-images/" + snapshot.provider_id) if snapshot.provider_id else None

    @staticmethod
    def _in_consistency_group(image):
        return (image.get("consistencyGroupId") or rest.NULL_REF) != rest.NULL_REF

    def _own_groups(self, volume_ref):
        return [
            group
            for group in self.client.get("snapshot-groups")
            if group["baseVolume"] == volume_ref
            and not group["consistencyGroup"]
            and labels.is_snapshot_group(group["label"])
        ]

    def _group_with_room(self, base, undo):
        groups = self._own_groups(base["volumeRef"])
        for group in groups:
            if group["snapshotCount"] < IMAGES_PER_GROUP and group["status"] in ("optimal", "overThreshold"):
                return group["pitGroupRef"]
        # Consistency groups that the volume is in take their share.
        others = [each for each in self.client.get("snapshot-groups") if each["baseVolume"] == base["volumeRef"]]
        if len(others) >= GROUPS_PER_VOLUME:
            raise exception.SnapshotLimitExceeded(allowed=GROUPS_PER_VOLUME * IMAGES_PER_GROUP)
        used = {group["label"] for group in groups}
        names = [labels.of_snapshot_group(base["worldWideName"], number) for number in range(GROUPS_PER_VOLUME)]
        name = next(name for name in names if name not in used)
        undo.append(lambda: self._drop_empty_group(base["volumeRef"], name))
        return self.client.post(
            "snapshot-groups",
            {
                "baseMappableObjectId": base["volumeRef"],
                "name": name,
                "repositoryPercentage": RESERVE_PERCENT,
                "fullPolicy": FULL_POLICY,
                "autoDeleteLimit": 0,
                "warningThreshold": 80,
            },
        )["pitGroupRef"]

    def _drop_empty_group(self, volume_ref, label):
        for group in self._own_groups(volume_ref):
            if group["label"] == label and group["snapshotCount"] == 0:
                self.client.delete("snapshot-groups/" + group["pitGroupRef"])

    def _images_in(self, group):
        return by_age(image for image in self.client.get("snapshot-images") if image["pitGroupRef"] == group)

    def _take_image(self, group):
        before = {image["pitRef"] for image in self._images_in(group)}
        try:
            return self.client.post("snapshot-images", {"groupId": group})
        except rest.ArrayError:
            # It may have been taken although the answer was lost. Nothing else takes one under this lock.
            for image in self._images_in(group):
                if image["pitRef"] not in before:
                    return image
            raise

    def _free_of_views(self, image):
        """Deletes the views that a copy left behind; those of others keep the image."""
        for view in self.client.get("snapshot-volumes"):
            if view["basePIT"] != image["pitRef"]:
                continue
            if not view["label"].startswith(labels.TEMPORARY) or view["volumeCopySource"]:
                raise exception.SnapshotIsBusy(snapshot_name=image["pitRef"])
            self.client.delete("snapshot-volumes/" + view["viewRef"])

    # Markers of images that Cinder has deleted.

    def _gone_markers(self):
        return {entry["key"] for entry in self.client.get("/key-values") if entry["key"].startswith(GONE)}

    def _mark_gone(self, name):
        self.client.post("/key-values/%s%s?value=1" % (GONE, name))

    def _forget_gone(self, name):
        self.client.delete("/key-values/%s%s" % (GONE, name))

    @staticmethod
    def _is_gone(image, markers):
        return GONE + image["pitRef"] in markers

    def _reap_group(self, volume_ref, group):
        """Deletes images from the oldest on while they are marked, and the group when it is empty."""
        with self._locked(volume_ref):
            markers = self._gone_markers()
            images = self._images_in(group)
            while images and self._is_gone(images[0], markers):
                oldest = images.pop(0)["pitRef"]
                self.client.delete("snapshot-images/" + oldest)
                self._discard(self._forget_gone, oldest)
            if not images:
                self.client.delete("snapshot-groups/" + group)

    def _reap_groups_of(self, volume):
        """What an earlier attempt to delete a snapshot may have left."""
        found = self._array_volume(volume)
        for group in self._own_groups(found["volumeRef"]) if found else []:
            self._discard(self._reap_group, found["volumeRef"], group["pitGroupRef"])

    def _drop_snapshot_groups(self, volume_ref):
        """Deletes the groups of a volume whose images are all marked, or that are empty."""
        for group in self._own_groups(volume_ref):
            images = self._images_in(group["pitGroupRef"])
            self.client.delete("snapshot-groups/" + group["pitGroupRef"])
            for image in images:
                self._discard(self._forget_gone, image["pitRef"])

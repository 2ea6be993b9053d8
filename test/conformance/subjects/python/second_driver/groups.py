"""Groups with consistent snapshots as consistency groups of the array. Other groups are Cinder's own affair."""

from oslo_log import log as logging

from cinder import exception
from cinder.objects import fields
from cinder.volume import volume_utils
from second_driver import array
from second_driver import client as rest
from second_driver import labels
from second_driver import snapshots as plain

LOG = logging.getLogger(__name__)


class Groups(array.ArrayAccess):
    """The generic group surface, and the older one of consistency groups."""

    def create_group(self, context, group):
        self._must_be_consistent(group)
        return self.create_consistencygroup(context, group)

    def create_consistencygroup(self, context, group):
        self._make_group(labels.of_group(group.id))
        return {"status": fields.GroupStatus.AVAILABLE}

    def delete_group(self, context, group, volumes):
        self._must_be_consistent(group)
        return self.delete_consistencygroup(context, group, volumes)

    def delete_consistencygroup(self, context, group, volumes):
        updates, status = [], fields.GroupStatus.DELETED
        for volume in volumes:
            update = {"id": volume.id, "status": "deleted"}
            try:
                self.delete_volume(volume)
            except exception.CinderException:
                LOG.exception("Volume %s of group %s was not deleted.", volume.id, group.id)
                update["status"] = status = "error_deleting"
            updates.append(update)
        if status == fields.GroupStatus.DELETED:
            found = self._group_labelled(labels.of_group(group.id))
            if found:
                self.client.delete("consistency-groups/" + found["cgRef"])
        return {"status": status}, updates

    def update_group(self, context, group, add_volumes=None, remove_volumes=None):
        self._must_be_consistent(group)
        return self.update_consistencygroup(context, group, add_volumes, remove_volumes)

    def update_consistencygroup(self, context, group, add_volumes=None, remove_volumes=None):
        found = self._group_labelled(labels.of_group(group.id)) or self._make_group(labels.of_group(group.id))
        with self._locked(found["cgRef"]), self._undoing() as undo:
            for volume in add_volumes or []:
                self._add_member(found, self._required(volume), undo)
            for volume in remove_volumes or []:
                member = self._array_volume(volume)
                if member is not None:
                    self._remove_member(found, member, undo)
        return None, None, None

    def create_group_from_src(
        self, context, group, volumes, group_snapshot=None, snapshots=None, source_group=None, source_vols=None
    ):
        self._must_be_consistent(group)
        return self.create_consistencygroup_from_src(
            context, group, volumes, group_snapshot, snapshots, source_group, source_vols
        )

    def create_consistencygroup_from_src(
        self, context, group, volumes, cgsnapshot=None, snapshots=None, source_cg=None, source_vols=None
    ):
        label = labels.of_group(group.id)
        with self._undoing() as undo:
            undo.append(lambda: self._drop_group(label))
            made = self._make_group(label)
            if cgsnapshot is not None:
                for volume, snapshot in zip(volumes, snapshots):
                    target = self._volume_of_snapshot(volume, snapshot, undo)
                    self._add_member(made, target, [])
            else:
                self._clone_together(made, volumes, source_vols, undo)
        return None, None

    def create_group_snapshot(self, context, group_snapshot, snapshots):
        self._must_be_consistent(group_snapshot)
        return self._snapshot_group(group_snapshot.group_id, snapshots)

    def create_cgsnapshot(self, context, cgsnapshot, snapshots):
        return self._snapshot_group(cgsnapshot.consistencygroup_id, snapshots)

    def delete_group_snapshot(self, context, group_snapshot, snapshots):
        self._must_be_consistent(group_snapshot)
        return self.delete_cgsnapshot(context, group_snapshot, snapshots)

    def delete_cgsnapshot(self, context, cgsnapshot, snapshots):
        images = [image for image in (self._image(snapshot) for snapshot in snapshots) if image is not None]
        self._delete_group_images(images)
        return None, None

    @staticmethod
    def _must_be_consistent(group):
        if not volume_utils.is_group_a_cg_snapshot_type(group):
            raise NotImplementedError()

    # The group on the array.

    def _group_labelled(self, label):
        for group in self.client.get("consistency-groups"):
            if group["label"] == label:
                return group
        return None

    def _make_group(self, label):
        body = {
            "name": label,
            "fullWarnThresholdPercent": 80,
            "autoDeleteThreshold": 0,
            "repositoryFullPolicy": plain.FULL_POLICY,
            "rollbackPriority": "high",
        }
        try:
            return self.client.post("consistency-groups", body)
        except rest.ArrayError:
            found = self._group_labelled(label)
            if found is None:
                raise
            return found

    def _drop_group(self, label):
        found = self._group_labelled(label)
        if found:
            self.client.delete("consistency-groups/" + found["cgRef"])

    # Members.

    def _members(self):
        return self.client.get("consistency-groups/member-volumes")

    def _memberships(self, volume_ref):
        return [member for member in self._members() if member["volumeId"] == volume_ref]

    def _join_group(self, volume):
        """A volume that is made in a group with consistent snapshots becomes a member."""
        group_id = volume.group_id or volume.consistencygroup_id
        if group_id is None or (volume.group_id and not volume_utils.is_group_a_cg_snapshot_type(volume.group)):
            return
        label = labels.of_group(group_id)
        # What an administrator has deleted is made again.
        found = self._group_labelled(label) or self._make_group(label)
        with self._locked(found["cgRef"]):
            self._add_member(found, self._required(volume), [])

    def _is_member(self, group, volume_ref):
        return any(member["consistencyGroupId"] == group["cgRef"] for member in self._memberships(volume_ref))

    def _add_member(self, group, volume, undo):
        reference = volume["volumeRef"]
        if self._is_member(group, reference):
            return
        undo.append(lambda: self._expel(group["cgRef"], reference))
        body = {
            "volumeId": reference,
            "repositoryPercent": plain.RESERVE_PERCENT,
            "repositoryPoolId": volume["volumeGroupRef"],
        }
        try:
            self.client.post("consistency-groups/%s/member-volumes" % group["cgRef"], body)
        except rest.ArrayError:
            if not self._is_member(group, reference):
                raise

    def _remove_member(self, group, volume, undo):
        reference = volume["volumeRef"]
        if not self._is_member(group, reference):
            return
        markers = self._gone_markers()
        images = self.client.get("consistency-groups/%s/snapshots" % group["cgRef"])
        if any(image["baseVol"] == reference and not self._is_gone(image, markers) for image in images):
            # The array would delete these with the member.
            raise exception.VolumeBackendAPIException(data="snapshots of the group need %s" % volume["label"])
        undo.append(lambda: self._add_member(group, volume, []))
        self._expel(group["cgRef"], reference)

    def _expel(self, group_ref, volume_ref):
        self.client.delete("consistency-groups/%s/member-volumes/%s" % (group_ref, volume_ref))

    def _leave_all_groups(self, volume_ref):
        for member in self._memberships(volume_ref):
            self._expel(member["consistencyGroupId"], volume_ref)

    # Snapshots of the group.

    def _snapshot_group(self, group_id, snapshots):
        found = self._group_labelled(labels.of_group(group_id))
        if found is None:
            raise exception.VolumeBackendAPIException(data="the array has no consistency group for %s" % group_id)
        volumes = {snapshot.id: self._required(snapshot.volume)["volumeRef"] for snapshot in snapshots}
        with self._locked(found["cgRef"]):
            members = {m["volumeId"] for m in self._members() if m["consistencyGroupId"] == found["cgRef"]}
            if not set(volumes.values()) <= members:
                raise exception.VolumeBackendAPIException(data="volumes of group %s are not members" % group_id)
            taken = {image["baseVol"]: image["pitRef"] for image in self._take_images(found["cgRef"])}
        updates = [
            {"id": snapshot.id, "status": "available", "provider_id": taken[volumes[snapshot.id]]}
            for snapshot in snapshots
        ]
        return None, updates

    def _group_images(self, group_ref):
        return plain.by_age(self.client.get("consistency-groups/%s/snapshots" % group_ref))

    def _take_images(self, group_ref):
        before = {image["pitRef"] for image in self._group_images(group_ref)}
        try:
            return self.client.post("consistency-groups/%s/snapshots" % group_ref)
        except rest.ArrayError:
            taken = [image for image in self._group_images(group_ref) if image["pitRef"] not in before]
            if not taken:
                raise
            return taken

    def _delete_group_images(self, images):
        """Deletes images of consistency groups: marked first, as all of one snapshot go together and in their turn."""
        for group_ref in sorted({image["consistencyGroupId"] for image in images}):
            chosen = [image for image in images if image["consistencyGroupId"] == group_ref]
            with self._locked(group_ref):
                for image in chosen:
                    self._free_of_views(image)
                for image in chosen:
                    self._mark_gone(image["pitRef"])
                self._reap_consistency_group(group_ref)

    def _reap_consistency_group(self, group_ref):
        markers = self._gone_markers()
        by_number = {}
        for image in self._group_images(group_ref):
            by_number.setdefault(image["pitSequenceNumber"], []).append(image)
        for number, images in by_number.items():
            if not all(self._is_gone(image, markers) for image in images):
                break
            self.client.delete("consistency-groups/%s/snapshots/%s" % (group_ref, number))
            for image in images:
                self._discard(self._forget_gone, image["pitRef"])

    def _clone_together(self, made, volumes, source_vols, undo):
        """Copies volumes as they are at one moment, by a consistency group that lasts as long as that takes."""
        label = labels.temporary()
        undo.append(lambda: self._drop_group(label))
        group = self._make_group(label)
        sources = [self._required(source) for source in source_vols]
        for source in sources:
            self._add_member(group, source, [])
        images = {image["baseVol"]: image for image in self._take_images(group["cgRef"])}
        for volume, source in zip(volumes, sources):
            target = self._make_volume(volume, undo)
            self._copy_image(images[source["volumeRef"]], target)
            self._add_member(made, target, [])
        self._discard(self.client.delete, "consistency-groups/" + group["cgRef"])

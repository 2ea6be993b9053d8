"""Volumes that are given to Cinder's care, and taken out of it."""

from cinder import exception
from cinder.volume import volume_utils
from second_driver import array
from second_driver import labels


class Managing(array.ArrayAccess):
    """A managed volume has the driver's label. One that is taken out of Cinder's care gets another."""

    def manage_existing(self, volume, existing_ref):
        found = self._referred(existing_ref)
        if found["label"] == self._label(volume):
            # It was done before, and the answer was lost.
            return
        problem = self._problem(found)
        if problem:
            raise exception.ManageExistingInvalidReference(existing_ref=existing_ref, reason=problem)
        wanted = volume_utils.extract_host(volume.host, level="pool")
        pools = {pool["id"]: pool["label"] for pool in self._pools()}
        if wanted and pools[found["volumeGroupRef"]] != wanted:
            reason = "it is in pool %s, not in %s" % (pools[found["volumeGroupRef"]], wanted)
            raise exception.ManageExistingInvalidReference(existing_ref=existing_ref, reason=reason)
        self._rename(found, self._label(volume))

    def manage_existing_get_size(self, volume, existing_ref):
        return self._size(self._referred(existing_ref))

    def unmanage(self, volume):
        found = self._array_volume(volume)
        if found is not None:
            self._rename(found, labels.unmanaged(found["label"]))

    def get_manageable_volumes(self, cinder_volumes, marker, limit, offset, sort_keys, sort_dirs):
        known = {self._label(volume): volume.id for volume in cinder_volumes}
        pools = {pool["id"] for pool in self._pools()}
        entries = []
        for found in self.client.get("ssc/volumes"):
            if found["volumeGroupRef"] not in pools or found["volumeUse"] not in array.STANDARD_VOLUMES:
                continue
            cinder_id = known.get(found["label"])
            problem = "already managed" if cinder_id else self._problem(found)
            entries.append(
                {
                    "reference": {"source-name": found["label"]},
                    "size": self._size(found),
                    "safe_to_manage": problem is None,
                    "reason_not_safe": problem,
                    "cinder_id": cinder_id,
                    "extra_info": None,
                }
            )
        return volume_utils.paginate_entries_list(entries, marker, limit, offset, sort_keys, sort_dirs)

    def _referred(self, reference):
        """The array's volume that an administrator means: by `source-name`, its label, or `source-id`, its reference."""
        given = [reference[key] for key in ("source-name", "source-id") if reference.get(key)]
        if len(given) != 1:
            reason = "it must have a source-name or a source-id"
            raise exception.ManageExistingInvalidReference(existing_ref=reference, reason=reason)
        names = ("label",) if reference.get("source-name") else ("volumeRef", "worldWideName")
        for found in self.client.get("ssc/volumes"):
            if given[0] in [found[name] for name in names]:
                return found
        reason = "the array has no such volume"
        raise exception.ManageExistingInvalidReference(existing_ref=reference, reason=reason)

    def _problem(self, found):
        """Why a volume should not be given to Cinder's care, or None."""
        if found["label"].startswith(labels.VOLUME):
            return "it is in Cinder's care already"
        if found["volumeUse"] not in array.STANDARD_VOLUMES or found["thinProvisioned"]:
            return "it is not a volume of the usual kind"
        if found["volumeGroupRef"] not in {pool["id"] for pool in self._pools()}:
            return "it is in a pool that Cinder does not use"
        if found["listOfMappings"]:
            return "it is mapped to a host"
        if found["volumeCopyTarget"]:
            return "it is the target of a copy"
        return None

    def _rename(self, found, label):
        self.client.post("ssc/volumes/" + found["volumeRef"], {"name": label})

    @staticmethod
    def _size(found):
        return -(-int(found["capacity"]) // array.GIB)

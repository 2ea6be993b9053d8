"""Connections over iSCSI: hosts and mappings."""

import collections

from cinder import exception
from second_driver import array
from second_driver import client as rest
from second_driver import labels
from second_driver import options

# LUN 0 is left to the array's own devices.
LUNS = range(255, 0, -1)
LUN_ATTEMPTS = 8


class Connections(array.ArrayAccess):
    """Volumes mapped to hosts. A volume has one mapping; several hosts share it through one host group."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # How many attachments of a volume to an initiator have ended while another one of that host stayed.
        self._left = collections.Counter()

    def ensure_export(self, context, volume):
        pass

    def create_export(self, context, volume, connector=None):
        pass

    def remove_export(self, context, volume):
        pass

    def validate_connector(self, connector):
        if not connector.get("initiator"):
            raise exception.InvalidConnectorException(missing="initiator")

    def initialize_connection(self, volume, connector):
        found = self._required(volume)
        target = self.client.get("iscsi/target-settings")
        portals = self._portals(target, found)
        login = self._login(volume, target, connector)
        with self._locked("map"), self._undoing() as undo:
            host = self._host(connector["initiator"], undo)
            lun = self._map(volume, found["volumeRef"], host, undo)
        iqn = target["nodeName"]["iscsiNodeName"]
        data = {
            "target_discovered": False,
            "target_iqn": iqn,
            "target_portal": portals[0],
            "target_lun": lun,
            "volume_id": volume.id,
        }
        if len(portals) > 1:
            data["target_iqns"] = [iqn] * len(portals)
            data["target_portals"] = portals
            data["target_luns"] = [lun] * len(portals)
        return {"driver_volume_type": "iscsi", "data": {**data, **login}}

    def terminate_connection(self, volume, connector, **kwargs):
        """Ends what the connector has; True when another attachment of the same host still needs it."""
        if connector is not None:
            self.validate_connector(connector)
        leaving = (volume.id, (connector or {}).get("initiator"))
        before = self._left[leaving]
        with self._locked("map"):
            found = self._array_volume(volume)
            mappings = self._mappings_of(found["volumeRef"]) if found else []
            for mapping in mappings:
                if connector is None:
                    self._unmap(mapping)
                    continue
                host = self._host_with(connector["initiator"])
                if host is None or not self._sees(host, mapping):
                    continue
                # The records are as they were when the call began: others of this host may have left since.
                if len(self._attachments(volume, connector, True)) - (self._left[leaving] - before) > 1:
                    self._left[leaving] += 1
                    return True
                self._release(mapping, self._attachments(volume, connector, False))
        return False

    # Hosts.

    def _host_with(self, initiator):
        for host in self.client.get("hosts"):
            for port in host["initiators"]:
                if (port["nodeName"]["iscsiNodeName"] or "").lower() == initiator.lower():
                    return host
        return None

    def _host(self, initiator, undo):
        found = self._host_with(initiator)
        if found:
            if found["hostTypeIndex"] != self._host_type():
                # The host works with the other type too.
                body = {"hostType": {"index": self._host_type()}}
                self._quietly(self.client.post, "hosts/" + found["hostRef"], body)
            return found
        iqn = initiator.lower()
        ports = [{"type": "iscsi", "port": iqn, "label": labels.of_port(iqn)}]
        body = {"name": labels.of_host(iqn), "hostType": {"index": self._host_type()}, "ports": ports}
        try:
            host = self.client.post("hosts", body)
        except rest.ArrayError:
            # Another service may have been faster, or a host of ours has lost its port.
            found = self._host_with(initiator)
            if found:
                return found
            for host in self.client.get("hosts"):
                if host["label"] == labels.of_host(iqn):
                    return self.client.post("hosts/" + host["hostRef"], {"ports": ports})
            raise
        undo.append(lambda: self.client.delete("hosts/" + host["hostRef"]))
        return host

    def _host_type(self):
        """The index of the configured host type: one of the words for it, or the array's code or name."""
        wanted = self.configuration.safe_get("netapp_host_type") or "linux_dm_mp"
        known = {}
        for each in self.client.get("host-types"):
            known.setdefault(each["name"].lower(), each["index"])
            known[each["code"].lower()] = each["index"]
        for code in options.HOST_TYPES.get(wanted, (wanted,)):
            if code.lower() in known:
                return known[code.lower()]
        raise exception.InvalidConfigurationValue(option="netapp_host_type", value=wanted)

    @staticmethod
    def _in_group(host):
        return host["clusterRef"] != rest.NULL_REF

    def _sees(self, host, mapping):
        return mapping["mapRef"] in (host["hostRef"], host["clusterRef"]) and mapping["mapRef"] != rest.NULL_REF

    # Mappings.

    def _mappings_of(self, volume_ref):
        return [each for each in self.client.get("volume-mappings") if each["volumeRef"] == volume_ref]

    def _unmap(self, mapping):
        self.client.delete("volume-mappings/" + mapping["lunMappingRef"])

    def _map(self, volume, volume_ref, host, undo):
        """The LUN by which the host sees the volume."""
        for mapping in self._mappings_of(volume_ref):
            if self._sees(host, mapping):
                return int(mapping["lun"])
            if not self._attached_elsewhere(volume, host) and self._made_here(mapping):
                # What an attachment that has gone left behind.
                self._unmap(mapping)
                continue
            if not self.configuration.netapp_enable_multiattach:
                raise exception.VolumeBackendAPIException(data="volume %s is mapped to another host" % volume.id)
            return self._share(mapping, host, undo)
        return self._map_anew(volume_ref, host)

    def _map_anew(self, volume_ref, host):
        for _attempt in range(LUN_ATTEMPTS):
            lun = self._free_lun(host)
            body = {"mappableObjectId": volume_ref, "targetId": host["hostRef"], "lun": lun}
            try:
                return int(self.client.post("volume-mappings", body)["lun"])
            except rest.ArrayError:
                mappings = self.client.get("volume-mappings")
                for mapping in mappings:
                    if mapping["volumeRef"] == volume_ref and self._sees(host, mapping):
                        return int(mapping["lun"])
                if not any(int(mapping["lun"]) == lun for mapping in mappings):
                    raise
        raise exception.VolumeBackendAPIException(data="others take each LUN of host %s" % host["label"])

    def _free_lun(self, host):
        """The highest LUN that is free; on all hosts, where they may come to share volumes."""
        mappings = self.client.get("volume-mappings")
        everywhere = {int(mapping["lun"]) for mapping in mappings}
        here = {int(m["lun"]) for m in mappings if self._sees(host, m) or m["type"] == "all"}
        for used in (everywhere, here) if self.configuration.netapp_enable_multiattach else (here,):
            for lun in LUNS:
                if lun not in used:
                    return lun
        raise exception.VolumeBackendAPIException(data="host %s has no free LUN" % host["label"])

    def _made_here(self, mapping):
        if mapping["type"] == "host":
            return self.client.get("hosts/" + mapping["mapRef"])["label"].startswith(labels.HOST)
        shared = self._shared_group()
        return shared is not None and mapping["mapRef"] == shared["clusterRef"]

    def _share(self, mapping, host, undo):
        """Moves a mapping to the shared host group, so that its host and another one see the volume alike."""
        group = self._shared_group()
        if group is None:
            group = self._make_shared_group()
        joining = [host]
        if mapping["type"] == "host":
            joining.insert(0, self.client.get("hosts/" + mapping["mapRef"]))
        elif mapping["mapRef"] != group["clusterRef"]:
            raise exception.VolumeBackendAPIException(data="the volume is mapped by others")
        for each in joining:
            self._join_hosts(each, group, undo)
        if mapping["mapRef"] != group["clusterRef"]:
            self._move(mapping, group["clusterRef"])
        return int(mapping["lun"])

    def _join_hosts(self, host, group, undo):
        if host["clusterRef"] == group["clusterRef"]:
            return
        if self._in_group(host):
            raise exception.VolumeBackendAPIException(data="host %s is in a host group of others" % host["label"])
        undo.append(lambda: self.client.post("hosts/%s/move" % host["hostRef"], {"groupId": rest.NULL_REF}))
        self.client.post("hosts/%s/move" % host["hostRef"], {"groupId": group["clusterRef"]})

    def _move(self, mapping, target):
        path = "volume-mappings/%s/move" % mapping["lunMappingRef"]
        try:
            self.client.post(path, {"targetId": target, "lun": mapping["lun"]})
        except rest.ArrayError:
            if not any(each["mapRef"] == target for each in self._mappings_of(mapping["volumeRef"])):
                raise

    def _shared_group(self):
        for group in self.client.get("host-groups"):
            if group["label"] == labels.SHARED_HOST_GROUP:
                return group
        return None

    def _make_shared_group(self):
        try:
            return self.client.post("host-groups", {"name": labels.SHARED_HOST_GROUP})
        except rest.ArrayError:
            group = self._shared_group()
            if group is None:
                raise
            return group

    def _release(self, mapping, others):
        """Takes a host's access; the hosts of the other attachments keep theirs."""
        if not others:
            self._unmap(mapping)
            return
        hosts = {}
        for initiator in others:
            host = self._host_with(initiator)
            if host is not None and self._sees(host, mapping):
                hosts[host["hostRef"]] = host
        if len(hosts) == 1 and mapping["type"] != "host":
            self._move(mapping, *hosts)

    # Attachments, as Cinder knows them.

    @staticmethod
    def _attachments(volume, connector, of_host):
        """The initiators of the attachments of the connector's host, or of all other hosts."""
        found = []
        for attachment in volume.volume_attachment or []:
            theirs = attachment.connector or {}
            name = theirs.get("initiator")
            if name is None or attachment.attach_status in ("detached", "deleted"):
                continue
            if (name.lower() == connector["initiator"].lower()) == of_host:
                found.append(name)
        return found

    def _attached_elsewhere(self, volume, host):
        own = {(port["nodeName"]["iscsiNodeName"] or "").lower() for port in host["initiators"]}
        for attachment in volume.volume_attachment or []:
            theirs = attachment.connector or {}
            if theirs.get("initiator") and theirs["initiator"].lower() not in own:
                return True
        return False

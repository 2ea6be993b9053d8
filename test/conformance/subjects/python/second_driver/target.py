"""The array's iSCSI target: its portals, and how initiators log in."""

import hashlib
import hmac
import ipaddress

from cinder import exception
from second_driver import array


class Target(array.ArrayAccess):
    """What a host has to know of the target."""

    def _portals(self, target, volume):
        """Addresses of the portals that can be used: those of the volume's controller, if it has any."""
        usable = {}
        for interface in self.client.get("interfaces?channelType=hostside"):
            iscsi = (interface.get("ioInterfaceTypeData") or {}).get("iscsi")
            if iscsi:
                link = (iscsi["interfaceData"].get("ethernetData") or {}).get("linkStatus")
                address = iscsi["ipv4Data"]["ipv4AddressData"]["ipv4Address"] if iscsi["ipv4Enabled"] else None
                usable[(address, iscsi["tcpListenPort"])] = (link, interface["controllerRef"])
        ranked = []
        for portal in target["portals"]:
            address = portal["ipAddress"]["ipv4Address"] or self._ipv6(portal["ipAddress"]["ipv6Address"])
            link, controller = usable.get((address, portal["tcpListenPort"]), (None, None))
            if not address or ipaddress.ip_address(address).is_unspecified:
                continue
            text = "[%s]" % address if ":" in address else address
            order = (link == "down", controller != volume["currentControllerId"])
            ranked.append((order, "%s:%d" % (text, portal["tcpListenPort"])))
        if not ranked:
            raise exception.VolumeBackendAPIException(data="the array has no iSCSI portal that can be used")
        best = min(order for order, _text in ranked)
        return [text for order, text in ranked if order == best]

    @staticmethod
    def _ipv6(text):
        """The usual spelling of what the array writes as 32 digits."""
        if not text:
            return None
        return str(ipaddress.ip_address(bytes.fromhex(text) if ":" not in text else text))

    def _login(self, volume, target, connector):
        """How initiators log in. The array has one secret for all: it must be the same in each service, always."""
        if not self.configuration.safe_get("use_chap_auth"):
            kept = (volume.provider_auth or "").split()
            return dict(zip(("auth_method", "auth_username", "auth_password"), kept)) if len(kept) == 3 else {}
        iqn = target["nodeName"]["iscsiNodeName"]
        secret = self.configuration.safe_get("chap_password")
        if not secret:
            key = self.configuration.netapp_password.encode()
            secret = hmac.new(key, iqn.encode(), hashlib.sha256).hexdigest()[:32]
        methods = [each["authMethod"] for each in target["configuredAuthMethods"]["authMethodData"]]
        user = self.configuration.safe_get("chap_username")
        if not self._chap_is_set or methods != ["chap"]:
            body = {"enableChapAuthentication": True, "chapSecret": secret}
            # The array takes the initiator's own name, or its target's alias.
            self.client.post("iscsi/target-settings", {**body, "alias": user} if user else body)
            self._chap_is_set = True
        name = user or connector["initiator"]
        login = {"auth_method": "CHAP", "auth_username": name, "auth_password": secret}
        # Who looks for the target's portals has to log in too.
        return {**login, **{"discovery_" + key: value for key, value in login.items()}}

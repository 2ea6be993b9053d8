"""A Cinder driver for E-Series arrays over iSCSI."""

import copy
import socket
import time

from oslo_log import log as logging
import urllib3

from cinder.common import constants
from cinder import exception
from cinder import interface
from cinder.volume import configuration as volume_configuration
from cinder.volume import driver
from second_driver import array
from second_driver import client as rest
from second_driver import connections
from second_driver import groups
from second_driver import managing
from second_driver import options
from second_driver import snapshots
from second_driver import target
from second_driver import volumes

LOG = logging.getLogger(__name__)

PORTS = {"http": 8080, "https": 8443}
# Seconds that an array may take to be reachable through a proxy after it was made known to it.
START = 300
PASSWORD = 25
# The first web services with the key-value store and what else is used here.
OLDEST = (1, 54)
USABLE = ("optimal", "needsAttn")
HOPELESS = ("removed", "lockDown")
DISK_TYPES = {"sas": "SAS", "sas4k": "SAS", "sata": "SATA", "fibre": "FC", "scsi": "SCSI", "nvme4k": "NVMe"}
RAID_TYPES = {"raidDiskPool": "DDP"}


@interface.volumedriver
class SecondDriver(
    connections.Connections,
    groups.Groups,
    managing.Managing,
    snapshots.Snapshots,
    target.Target,
    volumes.Volumes,
    driver.ISCSIDriver,
):
    """Volumes on an E-Series array, reached over iSCSI and managed over REST."""

    VERSION = "1.0.0"
    DRIVER_NAME = "NetApp_iSCSI_ESeries"
    CI_WIKI_NAME = "NetApp_Eseries_CI"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.configuration.append_config_values(options.OPTIONS)
        # What could not be removed yet: steps, and what they are given.
        self._litter = []
        self._chap_is_set = False

    @staticmethod
    def get_driver_options():
        return options.OPTIONS

    def do_setup(self, context):
        options.check(self.configuration)
        settings = self.configuration
        for address in options.controller_addresses(settings):
            if self._resolved(address) is None:
                raise exception.InvalidInput(reason="the controller address %s has no IP address" % address)
        scheme = settings.netapp_transport_type
        origin = "%s://%s:%d" % (scheme, settings.netapp_server_hostname, settings.netapp_server_port or PORTS[scheme])
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        client = rest.Client(origin, settings.netapp_webservice_path, settings.netapp_login, settings.netapp_password)
        self._until_reachable(lambda: self._connect(client))
        self.client = client
        self._await_array()

    def _connect(self, client):
        about = client.get("/devmgr/utils/about")
        if tuple(int(part) for part in about["version"].split(".")[:2]) < OLDEST:
            raise exception.VolumeBackendAPIException(data="the web services %s are too old" % about["version"])
        client.system = self._registered(client) if about["runningAsProxy"] else client.get("/storage-systems")[0]["id"]

    @staticmethod
    def _until_reachable(step):
        """Repeats what an array that is coming up does not answer."""
        since = time.time()
        while True:
            try:
                return step()
            except rest.ArrayError as error:
                if not error.is_silence or time.time() - since > START:
                    raise
            time.sleep(array.POLL)

    def check_for_setup_error(self):
        self._host_type()
        if not self._pools():
            raise exception.VolumeBackendAPIException(data="no pool fits netapp_pool_name_search_pattern")

    def _registered(self, client):
        """The id by which a proxy knows the array, which it is told about when it does not."""
        addresses = options.controller_addresses(self.configuration)
        wanted = set(addresses) | {self._resolved(each) for each in addresses}
        for system in client.get("/storage-systems"):
            known = {system["ip1"], system["ip2"], *(system.get("managementPaths") or [])}
            if wanted & (known | {self._resolved(each) for each in known if each}):
                return system["id"]
        body = {"controllerAddresses": addresses}
        if self.configuration.netapp_sa_password:
            body["password"] = self.configuration.netapp_sa_password
        return client.post("/storage-systems", body)["id"]

    @staticmethod
    def _resolved(address):
        try:
            return socket.gethostbyname(address)
        except OSError:
            return None

    def _await_array(self):
        """Waits until the array can be used, and knows the password that it was sent."""
        if self.configuration.netapp_sa_password:
            body = {"storedPassword": self.configuration.netapp_sa_password}
            self._until_reachable(lambda: self.client.post("", body))
        self._wait("The array", self._unusable, START)
        self._wait("The password of the array", self._password_problem, PASSWORD)

    def _unusable(self):
        status = self._until_reachable(lambda: self.client.get(""))["status"]
        if status in HOPELESS:
            raise exception.VolumeBackendAPIException(data="the array is " + status)
        return None if status in USABLE else status

    def _password_problem(self):
        status = (self.client.get("").get("passwordStatus") or "valid").lower()
        if status == "securitylockout":
            raise exception.VolumeBackendAPIException(data="the array is locked after wrong passwords")
        return None if status == "valid" else status

    # Pools and statistics.

    def _pools(self):
        """The array's pools that the configuration means."""
        pattern = options.pool_pattern(self.configuration)
        return [
            pool
            for pool in self.client.get("storage-pools")
            if pattern.match(pool["label"]) and pool["usage"] == "standard"
        ]

    def get_volume_stats(self, refresh=False):
        if refresh or not self._stats:
            try:
                self._update_volume_stats()
                self._tidy()
            except rest.ArrayError as error:
                # Cinder's start would end at an exception, and the scheduler knows the last statistics anyway.
                LOG.error("The statistics could not be refreshed: %s", error)
                self._stats = self._stats or self._backend()
        return copy.deepcopy(self._stats)

    def _backend(self):
        return {
            "volume_backend_name": self.configuration.safe_get("volume_backend_name") or type(self).__name__,
            "vendor_name": "NetApp",
            "driver_version": self.VERSION,
            "storage_protocol": constants.ISCSI,
            "replication_enabled": False,
            "pools": [],
        }

    def _update_volume_stats(self):
        provisioned = {}
        for volume in self.client.get("ssc/volumes"):
            # Repositories and the like are the array's own.
            if volume["volumeUse"] not in array.STANDARD_VOLUMES:
                continue
            pool = volume["volumeGroupRef"]
            provisioned[pool] = provisioned.get(pool, 0) + int(volume["capacity"])
        stats = self._backend()
        for pool in self._pools():
            if pool["offline"] or pool["raidStatus"] == "failed":
                continue
            stats["pools"].append(self._pool_stats(pool, provisioned.get(pool["id"], 0)))
        self._stats = stats

    @staticmethod
    def _disk_type(pool):
        return DISK_TYPES.get(pool["drivePhysicalType"], "unknown")

    def _pool_stats(self, pool, provisioned):
        raid = pool["raidLevel"]
        return {
            "pool_name": pool["label"],
            "total_capacity_gb": int(pool["totalRaidedSpace"]) / array.GIB,
            "free_capacity_gb": int(pool["freeSpace"]) / array.GIB,
            "provisioned_capacity_gb": provisioned / array.GIB,
            "reserved_percentage": self.configuration.safe_get("reserved_percentage") or 0,
            "max_over_subscription_ratio": self.configuration.safe_get("max_over_subscription_ratio") or 1,
            "thin_provisioning_support": False,
            "thick_provisioning_support": True,
            "multiattach": bool(self.configuration.netapp_enable_multiattach),
            "consistent_group_snapshot_enabled": True,
            "consistencygroup_support": True,
            "QoS_support": False,
            "netapp_raid_type": RAID_TYPES.get(raid, raid),
            "netapp_disk_type": "SSD" if pool["driveMediaType"] == "ssd" else self._disk_type(pool),
        }

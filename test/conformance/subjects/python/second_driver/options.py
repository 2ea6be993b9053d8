"""The options of cinder.conf that the driver reads."""

import re

from oslo_config import cfg

from cinder import exception

OPTIONS = [
    cfg.StrOpt("netapp_storage_family", default="eseries", help="The family of the array."),
    cfg.StrOpt("netapp_storage_protocol", default="iscsi", help="The protocol of the data path."),
    cfg.StrOpt("netapp_server_hostname", help="Address of the web services: a proxy or a controller."),
    cfg.IntOpt("netapp_server_port", help="Port of the web services: 8080 for HTTP, 8443 for HTTPS when not set."),
    cfg.StrOpt("netapp_transport_type", default="http", choices=["http", "https"], help="Protocol of the web services."),
    cfg.StrOpt("netapp_webservice_path", default="/devmgr/v2", help="Base path of the web services."),
    cfg.StrOpt("netapp_login", help="Account at the web services."),
    cfg.StrOpt("netapp_password", secret=True, help="Password of that account."),
    cfg.StrOpt("netapp_controller_ips", help="Management addresses of the array's controllers, separated by commas."),
    cfg.StrOpt("netapp_sa_password", secret=True, help="Password of the array, which a proxy is told."),
    cfg.BoolOpt("netapp_enable_multiattach", default=False, help="Whether a volume may be attached to several hosts."),
    cfg.StrOpt("netapp_host_type", help="Host type of the hosts that the driver defines."),
    cfg.StrOpt(
        "netapp_pool_name_search_pattern",
        default="(.+)",
        deprecated_opts=[cfg.DeprecatedOpt("netapp_storage_pools"), cfg.DeprecatedOpt("netapp_volume_list")],
        help="Regular expressions, separated by commas: the pools that are used.",
    ),
]

REQUIRED = ("netapp_server_hostname", "netapp_login", "netapp_password", "netapp_controller_ips")

# Words for netapp_host_type besides the array's own codes and names: the codes they stand for, preferred ones first.
HOST_TYPES = {
    "linux_dm_mp": ("LnxALUA", "LnxDHALUA"),
    "linux_atto": ("LnxTPGSALUA",),
    "linux_mpp_rdac": ("LNX",),
    "linux_pathmanager": ("LnxTPGSALUA_PM",),
    "linux_sf": ("LnxTPGSALUA_SF",),
    "ontap": ("ONTAP_ALUA", "ONTAP_RDAC"),
    "svc": ("SVC",),
    "solaris_v11": ("SolTPGSALUA",),
    "solaris_v10": ("SOL",),
    "vmware": ("VmwTPGSALUA",),
    "windows": ("W2KNETNCL",),
    "windows_clustered": ("W2KNETCL",),
    "windows_atto": ("WinTPGSALUA",),
    "hpux": ("HPXTPGS",),
    "aix": ("AIX MPIO",),
    "macos": ("MacTPGSALUA",),
    "avt": ("AVT_4M",),
    "factoryDefault": ("FactoryDefault",),
}


def check(configuration):
    """Raises for what is missing or cannot be."""
    for name in REQUIRED:
        if not configuration.safe_get(name):
            raise exception.InvalidInput(reason="the option %s is not set" % name)
    pool_pattern(configuration)


def controller_addresses(configuration):
    return [each.strip() for each in configuration.netapp_controller_ips.split(",") if each.strip()]


def pool_pattern(configuration):
    """The expression that the whole name of a pool must match."""
    text = configuration.safe_get("netapp_pool_name_search_pattern") or "(.+)"
    parts = [part.strip().strip("^$") for part in text.split(",") if part.strip()]
    try:
        return re.compile("(?:%s)\\Z" % "|".join("(?:%s)" % part for part in parts))
    except re.error:
        raise exception.InvalidConfigurationValue(option="netapp_pool_name_search_pattern", value=text)

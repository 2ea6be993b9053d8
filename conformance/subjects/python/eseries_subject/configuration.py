"""A backend's options without oslo.config: as cinder.volume.configuration.Configuration gives them."""

# Options that Cinder itself registers for every backend, as far as drivers ask for them.
BACKEND_DEFAULTS = {
    "volume_backend_name": None,
    "reserved_percentage": 0,
    "max_over_subscription_ratio": "20.0",
    "use_chap_auth": False,
    "chap_username": "",
    "chap_password": "",
    "use_multipath_for_image_xfer": False,
    "enforce_multipath_for_image_xfer": False,
    "replication_device": None,
    "num_volume_device_scan_tries": 3,
    "volume_dd_blocksize": "1M",
    "image_volume_cache_enabled": False,
    "filter_function": None,
    "goodness_function": None,
    "driver_ssl_cert_verify": False,
    "driver_ssl_cert_path": None,
    "driver_use_ssl": False,
    "trace_flags": None,
    "suppress_requests_ssl_warnings": False,
    "backend_availability_zone": None,
    "report_discard_supported": False,
    "extra_capabilities": "{}",
    "target_protocol": "iscsi",
    "target_helper": "tgtadm",
    "target_ip_address": "127.0.0.1",
    "target_port": 3260,
    "num_iser_scan_tries": 3,
    "iser_target_prefix": "iqn.2010-10.org.openstack:",
    "iser_ip_address": "127.0.0.1",
    "iser_port": 3260,
    "volume_driver": None,
    "host": None,
}


class Configuration:
    """A backend's options as cinder.volume.configuration.Configuration gives them."""

    def __init__(self, given, backend):
        own = self.__dict__
        own["_given"] = dict(given)
        own["_registered"] = dict(BACKEND_DEFAULTS)
        own["_overrides"] = {}
        own["config_group"] = backend

    @property
    def local_conf(self):
        return self

    def append_config_values(self, volume_opts):
        """Registers options: whatever has a name, a default and a type, as those of oslo.config have."""
        for option in volume_opts or ():
            name = getattr(option, "dest", None) or option.name.replace("-", "_")
            self._registered[name] = option

    def safe_get(self, name):
        try:
            return getattr(self, name)
        except AttributeError:
            return None

    def get(self, name, default=None):
        value = self.safe_get(name)
        return default if value is None else value

    def set_override(self, name, value):
        self._overrides[name] = value

    set_default = set_override

    def __setattr__(self, name, value):
        self._overrides[name] = value

    def __contains__(self, name):
        return name in self._registered or name in self._given

    def __getitem__(self, name):
        return getattr(self, name)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._overrides:
            return self._overrides[name]
        option = self._registered.get(name)
        names = [name, *(each.name.replace("-", "_") for each in getattr(option, "deprecated_opts", None) or ())]
        given = next((self._given[each] for each in names if self._given.get(each) is not None), None)
        if given is not None:
            return typed(option, given)
        if name in self._registered:
            return getattr(option, "default", None) if hasattr(option, "default") else option
        raise AttributeError("no such option %s in group [%s]" % (name, self.config_group))


def typed(option, value):
    """A value as its option has it: as if it had been written in a cinder.conf."""
    if not hasattr(option, "name"):
        example = option
        return converted(type(example), value) if isinstance(example, (bool, int)) and isinstance(value, str) else value
    kind = getattr(option, "type", None)
    if getattr(option, "multi", False):
        return [each if isinstance(each, dict) else converted(kind, text_of(each)) for each in several(value)]
    if isinstance(value, dict):
        return value
    return converted(kind, text_of(value))


def several(value):
    return value if isinstance(value, list) else value.split("\n") if isinstance(value, str) else [value]


def converted(kind, text):
    if kind is bool:
        word = text.strip().lower()
        if word in ("true", "1", "on", "yes"):
            return True
        if word in ("false", "0", "off", "no"):
            return False
        raise ValueError("Unexpected boolean value %r" % text)
    if kind is list:
        return [each.strip() for each in text.split(",") if each.strip()]
    return kind(text) if callable(kind) else text


def text_of(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(text_of(each) for each in value)
    if isinstance(value, dict):
        return ",".join("%s:%s" % (key, text_of(each)) for key, each in value.items())
    return str(value)

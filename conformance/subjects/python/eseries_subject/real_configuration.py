"""A backend's options with oslo.config: Cinder's own class reads them, and its types convert them."""

from .configuration import several, text_of


# What Cinder's base class registers: drivers that are not derived from it ask for these too.
_BASE_OPTIONS = ("volume_opts", "iser_opts", "nvmet_opts", "scst_opts", "backup_opts", "image_opts", "fqdn_opts")


def configuration_of(given, backend, config_file, state_path):
    """The configuration of a driver. `given` are options by name; `config_file` is read instead if there is one."""
    import cinder.common.config  # noqa: F401  Registers the options of all of Cinder.
    from cinder.volume import configuration, driver, manager
    from oslo_config import cfg

    arguments = [] if config_file is None else ["--config-file", config_file]
    cfg.CONF(arguments, project="cinder", default_config_files=[], default_config_dirs=[])
    cfg.CONF.set_override("state_path", state_path)
    if config_file is None:
        cfg.CONF._sources.append(_source(cfg, given, backend))
    made = configuration.Configuration(manager.volume_backend_opts, config_group=backend)
    for name in _BASE_OPTIONS:
        made.append_config_values(getattr(driver, name, []))
    return made


def _source(cfg, given, backend):
    from oslo_config import sources

    class Options(sources.ConfigurationSource):
        """The options that the suite gave, as if they had been written in a cinder.conf."""

        def get(self, group_name, option_name, opt):
            if group_name != backend:
                return (sources._NoValue, None)
            names = [option_name, *(each.name.replace("-", "_") for each in opt.deprecated_opts if each.name)]
            value = next((given[each] for each in names if given.get(each) is not None), None)
            if value is None:
                return (sources._NoValue, None)
            told = [text_of(each) for each in several(value)] if opt.multi else text_of(value)
            try:
                [opt.type(each) for each in (told if opt.multi else [told])]
            except ValueError as error:
                raise cfg.ConfigFileValueError("Value for option %s is not valid: %s" % (opt.name, error)) from error
            return (told, cfg.LocationInfo(cfg.Locations.user, "the suite's configuration"))

    return Options()

"""Reads one backend's options out of a cinder.conf."""

import configparser
import string


class Repeated(dict):
    """Keeps each value of an option that is there more than once, a line each, as oslo.config's MultiOpt has them."""

    def __setitem__(self, key, value):
        before = self.get(key)
        if isinstance(value, list) and isinstance(before, list):
            value = before + value
        dict.__setitem__(self, key, value)


def read_config(path, backend):
    """One backend's options out of a cinder.conf; what its section does not say is as in DEFAULT."""
    parser = configparser.RawConfigParser(
        dict_type=Repeated, strict=False, default_section="DEFAULT", inline_comment_prefixes=None
    )
    parser.optionxform = lambda name: name.strip().replace("-", "_")
    with open(path, encoding="utf-8") as file:
        parser.read_file(file)
    if not parser.has_section(backend):
        raise SystemExit(
            "cinder_subject: %s has no section [%s]: it has %s" % (path, backend, ", ".join(parser.sections()) or "none")
        )
    values = {name: unquoted(value) for name, value in parser.items(backend)}
    return {name: substituted(value, values) for name, value in values.items()}


def substituted(value, values):
    """As in oslo.config `$name` stands for another option, and `$$` for a dollar sign."""
    if isinstance(value, list):
        return [substituted(each, values) for each in value]
    return string.Template(value).safe_substitute(values)


def unquoted(value):
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value

"""The runtime of a driver: the real Cinder where it is installed, stand-ins where it is not."""

import importlib.util
import shutil
import sys
import tempfile
import traceback

from . import config_file


def surroundings(with_cinder):
    """The surroundings; imports what they need."""
    if not with_cinder:
        return WithoutCinder()
    try:
        return WithCinder()
    except Exception as error:
        traceback.print_exc()
        print("Cinder cannot be used (%s): the driver gets stand-ins." % error, file=sys.stderr)
        return WithoutCinder()


def loop_for_waits(with_cinder):
    """Cinder runs drivers on eventlet's loop; without Cinder each call has a thread."""
    if with_cinder and is_there("eventlet"):
        from .eventlet_waits import Loop
    else:
        from .thread_waits import Loop
    return Loop()


def is_there(name):
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


class WithoutCinder:
    def maker(self):
        from .stand_ins import StandIns

        return StandIns()

    def connect(self, channel, requests):
        pass

    def configuration(self, given, backend, file):
        from .configuration import Configuration

        return Configuration(given if file is None else config_file.read_config(file, backend), backend)

    def database(self):
        return None

    def end(self):
        pass


class WithCinder:
    """Cinder's objects, options, locks and database functions, as its volume service has them."""

    def __init__(self):
        from . import records

        self._records = records.install()
        from cinder import objects

        objects.register_all()
        # What Cinder imports late is imported now, once for all stories: the service's own modules, and tooz's plugins.
        import cinder.common.config  # noqa: F401
        import cinder.volume.manager  # noqa: F401
        from tooz import coordination

        from . import real_configuration, real_objects  # noqa: F401

        coordination.get_coordinator("file://" + tempfile.gettempdir(), b"cinder-subject")
        self._folder = None

    def maker(self):
        from .real_objects import RealObjects

        return RealObjects(self._records)

    def connect(self, channel, requests):
        self._records.connect(channel, requests)

    def configuration(self, given, backend, file):
        from cinder import coordination
        from oslo_config import cfg

        from .real_configuration import configuration_of

        self._folder = tempfile.mkdtemp(prefix="cinder-subject-")
        made = configuration_of(given, backend, file, self._folder)
        cfg.CONF.set_override("lock_path", self._folder, group="oslo_concurrency")
        cfg.CONF.set_override("backend_url", "file://" + self._folder, group="coordination")
        coordination.COORDINATOR.start()
        # Locks in files need no heartbeat, and it would cut the driver's waits into pieces.
        heart = getattr(coordination.COORDINATOR.coordinator, "heart", None)
        if heart is not None:
            heart.stop()
        return made

    def database(self):
        from cinder import db

        return db

    def end(self):
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

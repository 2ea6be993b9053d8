"""What the parts of the driver share: the client, locks, waits, and how the array's objects are found."""

import contextlib
import time

from oslo_log import log as logging

from cinder import coordination
from cinder import exception
from second_driver import client as rest

LOG = logging.getLogger(__name__)

GIB = 1 << 30
POLL = 5
# Polls come ever more rarely, up to this pause in seconds.
LONGEST_PAUSE = 60
# Seconds without progress after which a job is given up on.
STUCK = 3600
STANDARD_VOLUMES = ("standardVolume", "concatVolume")


class ArrayAccess:
    """Base of the driver's parts."""

    client = None
    configuration = None

    @contextlib.contextmanager
    def _locked(self, *names):
        """Holds locks over all services that share the coordinator, always taken in one order."""
        with contextlib.ExitStack() as held:
            for name in sorted(set(names)):
                held.enter_context(coordination.COORDINATOR.get_lock("second-%s-%s" % (self.client.system, name)))
            yield

    def _array_volume(self, volume):
        """The array's volume of a volume of Cinder's, or None."""
        return self._volume_labelled(self._label(volume))

    def _required(self, volume):
        found = self._array_volume(volume)
        if found is None:
            raise exception.VolumeNotFound(volume_id=volume.id)
        return found

    def _volume_labelled(self, label):
        # The array also takes references and WWNs here.
        found = self.client.find("ssc/volumes/" + label)
        return found if found and found["label"] == label else None

    def _wait(self, what, look, limit=STUCK):
        """Polls until `look` gives None; what it gives else is the progress, which must not stand still."""
        progress, since, pause = look(), time.time(), POLL
        while progress is not None:
            time.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE, limit)
            latest = look()
            if latest != progress:
                progress, since = latest, time.time()
            elif time.time() - since > limit:
                raise exception.VolumeBackendAPIException(data="%s makes no progress for %d s" % (what, limit))

    @contextlib.contextmanager
    def _undoing(self):
        """A list for what must be undone when the block fails, the latest first. Each failure of that is logged."""
        undo = []
        try:
            yield undo
        except Exception:
            for step in reversed(undo):
                self._quietly(step)
            raise

    @staticmethod
    def _quietly(step, *args):
        try:
            step(*args)
        except rest.ArrayError as error:
            LOG.warning("Not cleaned up: %s", error)

    def _discard(self, step, *args):
        """Removes what has served its purpose. What fails is done again with each statistics, until it succeeds."""
        try:
            step(*args)
        except rest.ArrayError as error:
            LOG.warning("%s is left for later: %s", args, error)
            self._litter.append((step, args))

    def _tidy(self):
        left, self._litter = self._litter, []
        for step, args in left:
            self._discard(step, *args)

"""A driver that counts, in what should not outlive a story."""

import os

IMPORTED_BY = os.getpid()
made = []
calls = []


class CountingDriver:
    def __init__(self, configuration):
        made.append(self)

    def do_setup(self, context):
        calls.append("do_setup")

    def check_for_setup_error(self):
        return {"importedBy": IMPORTED_BY, "calls": len(calls), "made": len(made)}

    def get_volume_stats(self, refresh=False):
        return {"pid": os.getpid()}

    def unmanage(self, volume):
        os._exit(7)

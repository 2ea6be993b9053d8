#!/usr/bin/env python3
"""Serves a Cinder volume driver to a conformance suite: JSON-RPC 2.0 on standard input and output, a message a line.

    python3 cinder_subject.py --driver package.module.Class [--config cinder.conf --backend NAME]

Needs Python 3.9 and its standard library, and the folder eseries_subject beside it. Cinder need not be installed unless
the driver imports it: without it the driver gets a configuration and objects that behave as Cinder's do. The protocol
is described in PROTOCOL.md.
"""

from eseries_subject.command import main

if __name__ == "__main__":
    main()

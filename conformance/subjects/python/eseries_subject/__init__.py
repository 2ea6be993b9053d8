"""Serves a Cinder volume driver to a conformance suite: JSON-RPC 2.0 on standard input and output, a message a line."""

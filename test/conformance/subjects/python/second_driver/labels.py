"""The labels of what the driver makes on the array: at most 30 characters, unique, and its own by their prefix."""

import base64
import hashlib
import uuid

VOLUME = "cv_"
CONSISTENCY_GROUP = "cg_"
TEMPORARY = "ct_"
UNMANAGED = "cu_"
HOST = "ch_"
PORT = "cp_"
SHARED_HOST_GROUP = "cinder_shared_hosts"


def _encode(hexadecimal):
    return base64.b32encode(bytes.fromhex(hexadecimal)).decode().rstrip("=").lower()


def of_volume(name_id):
    return VOLUME + _encode(uuid.UUID(name_id).hex)


def of_group(group_id):
    return CONSISTENCY_GROUP + _encode(uuid.UUID(group_id).hex)


def temporary():
    return TEMPORARY + _encode(uuid.uuid4().hex)


def unmanaged(label):
    return UNMANAGED + label[len(VOLUME):]


def of_snapshot_group(wwn, number):
    return "cs%d%s" % (number, _encode(wwn))


def is_snapshot_group(label):
    return len(label) == 29 and label[:2] == "cs" and label[2].isdigit()


def of_host(iqn):
    return HOST + hashlib.sha256(iqn.encode()).hexdigest()[:24]


def of_port(iqn):
    return PORT + hashlib.sha256(iqn.encode()).hexdigest()[:24]

"""Dates in JSON."""

import datetime


def dated(name, value):
    """Cinder's dates are datetimes in UTC; any other value is returned as it is."""
    if not (isinstance(value, str) and (name.endswith("_at") or name.endswith("_time"))):
        return value
    try:
        moment = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return value
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)

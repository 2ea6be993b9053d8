"""The base of objects that behave as Cinder's do: see stand_ins.py."""


class CinderObject:
    """An object of Cinder's: its fields as attributes and as items. A field that is not set is None."""

    FIELDS = ()
    # Fields that hold objects: name -> class, and name -> class of a list's members.
    OBJECTS = {}
    LISTS = {}

    def __init__(self, values):
        own = self.__dict__
        own["_values"] = dict(values)
        own["_changed"] = set()

    def __getattr__(self, name):
        values = self.__dict__.get("_values", {})
        if name in values:
            return values[name]
        if name in self.FIELDS or name in self.OBJECTS:
            return None
        raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name))

    def __setattr__(self, name, value):
        if isinstance(getattr(type(self), name, None), property):
            object.__setattr__(self, name, value)
            return
        self._values[name] = value
        self._changed.add(name)

    def __getitem__(self, name):
        return getattr(self, name)

    def __setitem__(self, name, value):
        setattr(self, name, value)

    def __contains__(self, name):
        return name in self._values or isinstance(getattr(type(self), name, None), property)

    def __iter__(self):
        return iter(self.keys())

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join("%s=%r" % each for each in self._values.items()))

    # Cinder's objects are compared and kept in sets by what they are, not by what they hold.
    __hash__ = object.__hash__

    def get(self, name, default=None):
        value = getattr(self, name, None)
        return default if value is None and name not in self._values else value

    def keys(self):
        return list(dict.fromkeys([*self.FIELDS, *self.OBJECTS, *self.LISTS, *self._values]))

    def values(self):
        return [getattr(self, name) for name in self.keys()]

    def items(self):
        return [(name, getattr(self, name)) for name in self.keys()]

    iteritems = items

    def update(self, values=(), **more):
        for name, value in dict(values, **more).items():
            setattr(self, name, value)

    def save(self, *_args, **_kwargs):
        """Cinder writes the changes to its database; there is none here."""
        self._changed.clear()

    def refresh(self, *_args, **_kwargs):
        """Cinder reads its database again; there is none here."""

    @property
    def fields(self):
        return {name: None for name in self.keys()}

    @property
    def obj_fields(self):
        return self.keys()

    def obj_attr_is_set(self, name):
        if name not in self.keys() and not isinstance(getattr(type(self), name, None), property):
            raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name))
        return name in self._values

    def obj_what_changed(self):
        return set(self._changed)

    def obj_get_changes(self):
        return {name: self._values.get(name) for name in self._changed}

    def obj_reset_changes(self, *_args, **_kwargs):
        self._changed.clear()


class ObjectList(list):
    """A list of Cinder's objects, which also has them as `objects`."""

    @property
    def objects(self):
        return list(self)

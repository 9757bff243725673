"""The next of a frozen part of the board, with some of it changed."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace as replace  # so that types are checked as ever
else:

    def replace(part: Any, /, **changes: Any) -> Any:
        """`dataclasses.replace`, for parts that check nothing when they are made: what stays is copied in one go. What
        was worked out of the old part (`cached_property`) is left behind.
        """
        kind = type(part)
        fields = kind.__dataclass_fields__
        values = {**part.__dict__, **changes}
        if len(values) != len(fields):
            if unknown := changes.keys() - fields.keys():
                raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
            values = {name: values[name] for name in fields}
        new = object.__new__(kind)
        new.__dict__.update(values)
        return new

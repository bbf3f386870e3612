"""Shapes: what a JSON value has to look like, written as a value itself."""

import re

WORDS = {
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "str": lambda value: isinstance(value, str),
    "bool": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "any": lambda value: True,
}


def mismatch(shape, value, shapes, at="body"):
    """Where and how `value` is not of that shape, or None.

    A shape is a word ("int|null"), a name of `shapes`, "=text" for that text, "~regex" for a text that matches, a list
    with the shape of every item, or an object with exactly these members; one with the member "..." may have more.
    """
    if isinstance(shape, dict):
        return _object(shape, value, shapes, at)
    if isinstance(shape, list):
        return _array(shape, value, shapes, at)
    if shape in shapes:
        return mismatch(shapes[shape], value, shapes, at)
    if isinstance(shape, str) and shape.startswith("="):
        return None if value == shape[1:] else f"{at} is {value!r}, not {shape[1:]!r}"
    if isinstance(shape, str) and shape.startswith("~"):
        good = isinstance(value, str) and re.fullmatch(shape[1:], value)
        return None if good else f"{at} is {value!r} and does not match {shape[1:]}"
    if isinstance(shape, str):
        good = any(WORDS[word](value) for word in shape.split("|"))
        return None if good else f"{at} is {value!r}, not {shape}"
    return None if value == shape and isinstance(value, type(shape)) else f"{at} is {value!r}, not {shape!r}"


def _array(shape, value, shapes, at):
    if not isinstance(value, list):
        return f"{at} is no array"
    for index, item in enumerate(value):
        wrong = mismatch(shape[0], item, shapes, f"{at}[{index}]") if shape else f"{at} is not empty"
        if wrong:
            return wrong
    return None


def _object(shape, value, shapes, at):
    if not isinstance(value, dict):
        return f"{at} is no object"
    wanted = {key for key in shape if key != "..."}
    if not wanted <= value.keys() or ("..." not in shape and value.keys() != wanted):
        return f"{at} has the members {sorted(value)}, not {sorted(wanted)}"
    for key in wanted:
        wrong = mismatch(shape[key], value[key], shapes, f"{at}.{key}")
        if wrong:
            return wrong
    return None

"""Compares exported CSV files with expected ones: same names, same columns, text equal, numbers close."""
import csv
import pathlib
import re

CUT_SIZE = 290 * 1024  # an expected file of some 300 KiB was cut to its first rows
KEPT_REALIZATIONS = 12  # of as many realizations are the files kept


def without_id(name):
    """hazard_map-mean_12.csv -> hazard_map-mean.csv"""
    return re.sub(r"_\d+(\.\w+)$", r"\1", name)


def rows_of(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [row for row in csv.reader(file) if row and not row[0].startswith("#")]


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def cells_differ(ours, theirs, tolerance):
    if ours == theirs:
        return False
    a, b = number(ours), number(theirs)
    if a is None or b is None:
        return True
    if a != a and b != b:
        return False
    if re.fullmatch(r"-?\d+", theirs):  # an id, a count: exact
        return a != b
    return not abs(a - b) <= tolerance + tolerance * abs(b)


def compare_files(ours, theirs, tolerance):
    """The first difference as a sentence, or an empty string."""
    our_rows, their_rows = rows_of(ours), rows_of(theirs)
    name = theirs.name
    if not their_rows:
        return "" if not our_rows else f"{name}: expected no rows"
    if not our_rows or our_rows[0] != their_rows[0]:
        return f"{name}: header {our_rows[0][:6] if our_rows else 'missing'} instead of {their_rows[0][:6]}"
    cut = theirs.stat().st_size >= CUT_SIZE
    if len(our_rows) != len(their_rows) and not (cut and len(our_rows) > len(their_rows)):
        return f"{name}: {len(our_rows) - 1} rows instead of {len(their_rows) - 1}"
    for line, (mine, wanted) in enumerate(zip(our_rows[1:], their_rows[1:]), start=1):
        if len(mine) != len(wanted):
            return f"{name}: row {line} has {len(mine)} cells instead of {len(wanted)}"
        for column, (a, b) in enumerate(zip(mine, wanted)):
            if cells_differ(a, b, tolerance):
                return f"{name}: row {line}, {their_rows[0][column]}: {a} instead of {b}"
    return ""


def was_cut(name, wanted):
    """A file of a later realization, where those of all the first ones are expected."""
    ordinal = re.search(r"(?<=rlz-)\d{3,}", name)
    if not ordinal or int(ordinal[0]) < KEPT_REALIZATIONS:
        return False
    return all(f"{name[:ordinal.start()]}{kept:03}{name[ordinal.end():]}" in wanted
               for kept in range(KEPT_REALIZATIONS))


def compare_folders(ours, theirs, tolerance):
    mine = {without_id(path.name): path for path in pathlib.Path(ours).rglob("*.csv")}
    wanted = {path.name: path for path in pathlib.Path(theirs).glob("*.csv")}
    missing = sorted(set(wanted) - set(mine))
    if missing:
        return f"not exported: {', '.join(missing[:4])}" + (f" and {len(missing) - 4} more" if len(missing) > 4 else "")
    surplus = sorted(name for name in set(mine) - set(wanted) if not was_cut(name, wanted))
    if surplus:
        return f"exported, but not expected: {', '.join(surplus[:4])}"
    for name in sorted(wanted):
        difference = compare_files(mine[name], wanted[name], tolerance)
        if difference:
            return difference
    return ""

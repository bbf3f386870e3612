#!/usr/bin/env python3
"""Checks the house rules that a compiler does not: arrows, purposes, mirrored tests, lengths, leftovers."""

import argparse
import pathlib
import re
import sys

from arrows import check_includes

SOURCE_FOLDERS = ["engine", "actors", "http", "cache", "store", "app", "bench", "tests"]
CODE = {".hpp", ".cpp"}
SCRIPTS = {".py", ".sh", ".cmake"}
LONGEST = 400
# app is the wiring: tests/e2e starts the program itself.
WITHOUT_TESTS = {"app", "bench"}
OUTSIDE_THE_MIRROR = {"support", "reference", "e2e", "checks", "data"}
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
COMMENTED_OUT = re.compile(r"^\s*//.*(;|\{|\})\s*$")
CODE_WORDS = re.compile(r"//\s*(return|if \(|for \(|while \(|auto |const |std::|#include)")
# What these give back, a subrange, clang 14 cannot compile with the library of g++ 12; the fuzz targets are built with it.
SUBRANGE = re.compile(r"std::ranges::(unique|remove|remove_if|partition|stable_partition|rotate|search|find_end|equal_range)\(")


def code_files(root):
    """Paths of our sources relative to the root, as text, sorted."""
    paths = []
    for folder in SOURCE_FOLDERS + ["deploy", "cmake"]:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and (path.suffix in CODE | SCRIPTS or path.name == "CMakeLists.txt"):
                if "__pycache__" not in path.parts:
                    paths.append(path.relative_to(root).as_posix())
    return paths


def check_purpose(path, text):
    """The first line (after #!) of every file is a sentence of its purpose; a test folder's list of files needs none."""
    if path.startswith("tests/") and path.endswith("/CMakeLists.txt"):
        return []
    lines = text.splitlines()
    if lines and lines[0].startswith("#!"):
        lines = lines[1:]
    first = lines[0] if lines else ""
    marks = ("// ",) if pathlib.PurePath(path).suffix in CODE else ("# ", '"""')
    mark = next((mark for mark in marks if first.startswith(mark)), None)
    words = first[len(mark):].split() if mark else []
    if len(words) < 3:
        return [f"{path}:1: the first line is not a comment that says what the file is for"]
    return []


def check_length(path, text, allowed):
    lines = text.count("\n")
    if lines <= LONGEST or path in allowed:
        return []
    return [f"{path}: {lines} lines; more than {LONGEST} needs a line with the reason in tests/checks/long_files"]


def check_leftovers(path, text):
    if path.startswith("tests/checks/"):
        return []
    complaints = []
    for number, line in enumerate(text.splitlines(), 1):
        if LEFTOVER.search(line):
            complaints.append(f"{path}:{number}: a note to ourselves is left: {line.strip()}")
        elif pathlib.PurePath(path).suffix in CODE and COMMENTED_OUT.match(line) and CODE_WORDS.search(line):
            complaints.append(f"{path}:{number}: commented-out code: {line.strip()}")
    return complaints


def check_subranges(path, text):
    return [f"{path}:{number}: std::{found.group(1)} instead, which clang 14 compiles too"
            for number, line in enumerate(text.splitlines(), 1) if (found := SUBRANGE.search(line))]


def check_own_header_first(path, text, paths):
    """x.cpp includes x.hpp first, so that compiling it shows that the header stands alone."""
    header = path[:-len(".cpp")] + ".hpp"
    if not path.endswith(".cpp") or path.startswith(("tests/", "bench/")) or header not in paths:
        return []
    first = re.search(r'^#include\s*[<"]([^>"]+)', text, re.MULTILINE)
    if first and first.group(1) == header:
        return []
    return [f'{path}: the first include is not "{header}"']


def check_mirror(paths):
    """tests/F exists for every source folder F with code in it, and only for those."""
    code = {path.rsplit("/", 1)[0] for path in paths
            if path.endswith(".cpp") and path.split("/")[0] not in WITHOUT_TESTS | {"tests"}}
    known = {path.rsplit("/", 1)[0] for path in paths if pathlib.PurePath(path).suffix in CODE}
    tested = {path.rsplit("/", 1)[0][len("tests/"):] for path in paths
              if path.startswith("tests/") and path.endswith("_test.cpp")}
    tested = {folder for folder in tested if folder.split("/")[0] not in OUTSIDE_THE_MIRROR}
    return ([f"{folder}: has code and no *_test.cpp in tests/{folder}" for folder in sorted(code - tested)] +
            [f"tests/{folder}: tests mirror the tree, and there is no code in {folder}"
             for folder in sorted(tested - known)])


def read_allowed(root):
    """Lines `path  reason` of tests/checks/long_files; a path without a reason is not allowed."""
    path = root / "tests/checks/long_files"
    if not path.exists():
        return {}
    rows = [line.split(None, 1) for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return {row[0]: row[1] for row in rows if len(row) == 2}


def check_tree(root):
    paths = code_files(root)
    allowed = read_allowed(root)
    known = set(paths)
    complaints = []
    for path in paths:
        text = (root / path).read_text(encoding="utf-8")
        complaints += check_purpose(path, text) + check_length(path, text, allowed)
        complaints += check_leftovers(path, text)
        if pathlib.PurePath(path).suffix in CODE:
            complaints += check_subranges(path, text)
            complaints += check_includes(path, text) + check_own_header_first(path, text, known)
    complaints += check_mirror(paths)
    complaints += [f"tests/checks/long_files: {path} does not exist" for path in allowed if path not in known]
    return len(paths), complaints


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=pathlib.Path)
    count, complaints = check_tree(parser.parse_args().root.resolve())
    for complaint in complaints:
        print(complaint)
    print(f"{count} files checked, {len(complaints)} complaints")
    # A check that finds nothing to check has failed.
    return 0 if count > 50 and not complaints else 1


if __name__ == "__main__":
    sys.exit(main())

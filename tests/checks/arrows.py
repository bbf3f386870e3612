"""Who may include whom: the arrows between the folders, and which folder may see which library."""

import re

# Folder -> prefixes of our own headers that it may include. A prefix with a file name allows that file only.
OWN = {
    "engine": ["engine/"],
    "cache": ["cache/", "engine/base/"],
    "store": ["store/", "engine/"],
    "actors": ["actors/", "engine/", "cache/", "store/"],
    "http": ["http/", "actors/protocol.hpp", "actors/handles.hpp", "actors/gauges.hpp", "actors/viewer.hpp",
             "actors/identity.hpp", "actors/command_text.hpp", "engine/base/"],
    "app": ["app/", "http/", "actors/", "store/", "cache/", "engine/"],
    "bench": ["bench/", "app/", "http/", "actors/", "store/", "cache/", "engine/"],
}

# Library -> folders that may include its headers. Libraries that are not named here are free.
LIBRARIES = {
    "pistache": ["http", "app", "bench"],
    "hiredis": ["cache"],
    "caf": ["actors", "app"],
    "soci": ["store"],
    "hdf5": ["store", "engine/hdf5"],
    "sqlite3": ["store"],
    "prometheus": ["http"],
    "httplib": [],
}
LIBRARY_OF = re.compile(r"^(pistache|hiredis|caf|soci|hdf5|sqlite3|prometheus|httplib)(?:[/._]|hl|$)", re.IGNORECASE)

# What only the tests of a folder may see beside what the folder itself may.
TEST_OWN = {"http": ["actors/"], "e2e": ["http/routes/route_table.hpp"]}
TEST_LIBRARIES = {
    "http": ["caf", "httplib"],
    "e2e": ["httplib"],
    "store": [],
    "cache": [],
    "actors": [],
    "engine": ["hdf5"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def own_prefixes(path):
    """The prefixes a file may include, None when the file is under no rule."""
    parts = path.split("/")
    if parts[0] == "tests":
        if len(parts) < 3 or parts[1] in ("support", "reference", "fuzz"):
            return None
        return OWN.get(parts[1], ["engine/base/"]) + TEST_OWN.get(parts[1], []) + ["support/", parts[1] + "/"]
    return OWN.get(parts[0])


def library_allowed(path, library):
    parts = path.split("/")
    if parts[0] != "tests":
        return any(path.startswith(folder + "/") for folder in LIBRARIES[library])
    if len(parts) < 3 or parts[1] in ("support", "reference", "fuzz"):
        return True
    return parts[1] in LIBRARIES[library] or library in TEST_LIBRARIES.get(parts[1], [])


def check_includes(path, text):
    """Complaints about the includes of one C++ file, one line each."""
    complaints = []
    prefixes = own_prefixes(path)
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        header = found.group(2)
        library = LIBRARY_OF.match(header)
        if found.group(1) == "<" and library:
            name = library.group(1).lower()
            if not library_allowed(path, name):
                complaints.append(f"{path}:{number}: <{header}>: {name} may not be included here")
        elif found.group(1) == '"' and prefixes is not None:
            # Tests and benchmarks are in no library: a header beside them is theirs.
            beside = path.startswith(("tests/", "bench/")) and "/" not in header
            if not beside and not any(header.startswith(prefix) for prefix in prefixes):
                complaints.append(f'{path}:{number}: "{header}": no arrow leads there (allowed: {" ".join(prefixes)})')
    return complaints

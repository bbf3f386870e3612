#!/usr/bin/env python3
"""Tests of the tree check: each rule is broken once on purpose and must be noticed."""

import pathlib
import tempfile
import unittest

from arrows import check_includes
from check_tree import check_tree

GOOD = {
    "engine/geo/point.hpp": "// Point: a place on the earth.\n",
    "engine/geo/point.cpp": '// Distances between points.\n#include "engine/geo/point.hpp"\n',
    "tests/engine/geo/point_test.cpp": '// Points are as far apart as they are.\n#include "engine/geo/point.hpp"\n',
}


def complaints_about(changes):
    """What the check says about the good tree with some files changed."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in {**GOOD, **changes}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        return check_tree(root)[1]


class Arrows(unittest.TestCase):
    def assert_refused(self, path, include):
        self.assertEqual(len(check_includes(path, f"#include {include}\n")), 1, f"{path} {include}")

    def assert_allowed(self, path, include):
        self.assertEqual(check_includes(path, f"#include {include}\n"), [], f"{path} {include}")

    def test_every_wrong_arrow_between_folders_is_refused(self):
        for path, include in [
                ("engine/a.cpp", '"store/a.hpp"'), ("engine/a.cpp", '"actors/a.hpp"'),
                ("store/a.cpp", '"actors/a.hpp"'), ("store/a.cpp", '"cache/a.hpp"'),
                ("cache/a.cpp", '"store/a.hpp"'), ("cache/a.cpp", '"engine/geo/a.hpp"'),
                ("actors/a.cpp", '"http/a.hpp"'), ("actors/a.cpp", '"app/a.hpp"'),
                ("http/a.cpp", '"actors/calculation.hpp"'), ("http/a.cpp", '"store/a.hpp"'),
                ("http/a.cpp", '"engine/geo/a.hpp"'), ("http/a.cpp", '"a.hpp"'),
                ("tests/engine/geo/a_test.cpp", '"store/a.hpp"')]:
            self.assert_refused(path, include)

    def test_every_library_in_a_wrong_folder_is_refused(self):
        for path, include in [
                ("actors/a.cpp", "<pistache/http.h>"), ("engine/a.cpp", "<pistache/http.h>"),
                ("actors/a.cpp", "<hiredis/hiredis.h>"), ("app/a.cpp", "<hiredis/async.h>"),
                ("http/a.cpp", "<caf/all.hpp>"), ("store/a.cpp", "<caf/all.hpp>"),
                ("actors/a.cpp", "<soci/soci.h>"), ("engine/output/a.cpp", "<hdf5.h>"),
                ("actors/a.cpp", "<sqlite3.h>"), ("app/a.cpp", "<httplib.h>"),
                ("engine/output/a.cpp", "<hdf5_hl.h>")]:
            self.assert_refused(path, include)

    def test_the_arrows_of_the_design_are_allowed(self):
        for path, include in [
                ("store/a.cpp", '"engine/output/datastore.hpp"'), ("cache/a.cpp", '"engine/base/error.hpp"'),
                ("actors/a.cpp", '"store/calculation_store.hpp"'), ("actors/a.cpp", "<caf/all.hpp>"),
                ("http/a.cpp", '"actors/protocol.hpp"'), ("http/a.cpp", '"actors/handles.hpp"'),
                ("http/a.cpp", "<pistache/http.h>"), ("cache/a.cpp", "<hiredis/async.h>"),
                ("store/a.cpp", "<soci/soci.h>"), ("store/a.cpp", "<hdf5.h>"), ("app/a.cpp", "<caf/all.hpp>"),
                ("app/a.cpp", '"http/server.hpp"'), ("tests/e2e/a_test.cpp", "<httplib.h>"),
                ("tests/e2e/a_test.cpp", '"support/server_process.hpp"'), ("tests/engine/a_test.cpp", '"fixture.hpp"'), ("engine/a.cpp", "<vector>")]:
            self.assert_allowed(path, include)


class Tree(unittest.TestCase):
    def assert_complaint(self, changes, about):
        complaints = complaints_about(changes)
        self.assertTrue(any(about in complaint for complaint in complaints), f"{about!r} not in {complaints}")

    def test_a_good_tree_has_no_complaints(self):
        self.assertEqual(complaints_about({}), [])

    def test_a_wrong_arrow_in_a_file_is_noticed(self):
        self.assert_complaint({"engine/geo/point.hpp": '// Point: a place.\n#include "store/a.hpp"\n'},
                              'engine/geo/point.hpp:2: "store/a.hpp": no arrow')

    def test_a_file_without_a_purpose_is_noticed(self):
        self.assert_complaint({"engine/geo/point.hpp": "#pragma once\n"}, "engine/geo/point.hpp:1: the first line")

    def test_what_gives_a_subrange_is_noticed(self):
        self.assert_complaint({"engine/geo/point.cpp": '// Points.\n#include "engine/geo/point.hpp"\nauto x = std::ranges::unique(y);\n'},
                              "engine/geo/point.cpp:3: std::unique instead")

    def test_an_empty_file_is_noticed(self):
        self.assert_complaint({"engine/geo/point.hpp": ""}, "engine/geo/point.hpp:1: the first line")

    def test_a_folder_without_tests_is_noticed(self):
        self.assert_complaint({"store/a.cpp": "// Stores what there is.\n"}, "store: has code and no *_test.cpp")

    def test_tests_of_nothing_are_noticed(self):
        self.assert_complaint({"tests/engine/moon/a_test.cpp": "// The moon is far.\n"}, "tests/engine/moon: tests mirror")

    def test_a_long_file_is_noticed(self):
        self.assert_complaint({"engine/geo/point.hpp": "// Point: a place.\n" + "\n" * 400}, "401 lines")

    def test_a_long_file_with_a_reason_is_allowed(self):
        changes = {"engine/geo/point.hpp": "// Point: a place.\n" + "\n" * 400,
                   "tests/checks/long_files": "engine/geo/point.hpp  one published table\n"}
        self.assertEqual(complaints_about(changes), [])

    def test_a_long_file_without_a_reason_is_not_allowed(self):
        self.assert_complaint({"engine/geo/point.hpp": "// Point: a place.\n" + "\n" * 400,
                               "tests/checks/long_files": "engine/geo/point.hpp\n"}, "401 lines")

    def test_a_header_that_is_not_included_first_is_noticed(self):
        self.assert_complaint({"engine/geo/point.cpp": '// Distances of points.\n#include <cmath>\n'
                                                       '#include "engine/geo/point.hpp"\n'},
                              "engine/geo/point.cpp: the first include")

    def test_notes_and_commented_out_code_are_noticed(self):
        self.assert_complaint({"engine/geo/point.hpp": "// Point: a place.\n// TODO better\n"}, "a note to ourselves")
        self.assert_complaint({"engine/geo/point.hpp": "// Point: a place.\n// return 1;\n"}, "commented-out code")


if __name__ == "__main__":
    unittest.main()

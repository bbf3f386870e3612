#!/usr/bin/env python3
"""Tests of the summary that deploy/test ends with: nothing that failed may be counted as anything else."""

import pathlib
import sys
import unittest
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "deploy"))
from test_summary import counts_of  # noqa: E402


def case(status, output="", note=""):
    skipped = f'<skipped message="{note}"/>' if note else ""
    return ElementTree.fromstring(
        f'<testcase name="a" status="{status}">{skipped}<system-out>{output}</system-out></testcase>')


RAN_FIVE = "[==========] 5 tests from 2 test suites ran. (3 ms total)\n"


class Counts(unittest.TestCase):
    def test_every_case_of_a_binary_counts(self):
        self.assertEqual(counts_of(case("run", RAN_FIVE + "[  PASSED  ] 5 tests.\n")), (5, 0, 0))

    def test_skipped_cases_are_not_passed_ones(self):
        self.assertEqual(counts_of(case("run", RAN_FIVE + "[  PASSED  ] 3 tests.\n[  SKIPPED ] 2 tests, listed below:\n")),
                         (3, 0, 2))

    def test_failed_cases_are_failed(self):
        output = "[  FAILED  ] A.b (1 ms)\n[  FAILED  ] A.c (1 ms)\n" + RAN_FIVE + "[  PASSED  ] 3 tests.\n"
        self.assertEqual(counts_of(case("fail", output)), (3, 2, 0))

    def test_a_binary_that_passed_its_cases_and_then_failed_has_failed(self):
        self.assertEqual(counts_of(case("fail", RAN_FIVE + "[  PASSED  ] 5 tests.\n")), (4, 1, 0))

    def test_a_binary_that_crashed_before_its_end_has_failed(self):
        self.assertEqual(counts_of(case("fail", "Segmentation fault")), (0, 1, 0))

    def test_a_program_that_could_not_start_has_failed(self):
        self.assertEqual(counts_of(case("notrun", note="Unable to find executable")), (0, 1, 0))

    def test_a_script_counts_as_one(self):
        self.assertEqual(counts_of(case("run", "all is well")), (1, 0, 0))

    def test_what_was_skipped_on_purpose_is_skipped(self):
        self.assertEqual(counts_of(case("notrun", note="SKIP_RETURN_CODE=77")), (0, 0, 1))


if __name__ == "__main__":
    unittest.main()

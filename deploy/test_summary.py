"""Reads ctest's JUnit report, names what failed or was skipped, and ends with one plain line of counts."""

import re
import sys
import xml.etree.ElementTree as ElementTree

RAN = re.compile(r"\[==========\] (\d+) tests? from .* ran")
SKIPPED = re.compile(r"\[  SKIPPED \] (\d+) tests?")
PASSED = re.compile(r"\[  PASSED  \] (\d+) tests?")


def count(pattern, text):
    found = pattern.findall(text)
    return int(found[-1]) if found else 0


def counts_of(case):
    """(passed, failed, skipped) of one ctest entry: its GoogleTest cases, or itself as one."""
    status = case.get("status")
    output = case.findtext("system-out") or ""
    ran = count(RAN, output)
    if ran == 0:
        return (1, 0, 0) if status == "run" else (0, 0, 1) if skipped_on_purpose(case) else (0, 1, 0)
    passed, skipped = count(PASSED, output), count(SKIPPED, output)
    failed = max(ran - passed - skipped, 0)
    if status == "fail" and failed == 0:
        return max(passed - 1, 0), 1, skipped
    return passed, failed, skipped


def skipped_on_purpose(case):
    """A program that could not be started did not run either, and that is a failure."""
    note = case.find("skipped")
    return note is not None and note.get("message", "").startswith("SKIP")


def main(path):
    totals = [0, 0, 0]
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        counts = counts_of(case)
        totals = [total + one for total, one in zip(totals, counts)]
        if counts[1]:
            print(f"FAILED   {case.get('name')}: {counts[1]}")
        if counts[2]:
            print(f"SKIPPED  {case.get('name')}: {counts[2]}")
    passed, failed, skipped = totals
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""Runs the reference cases that must pass through the program: run_reference_cases.py PROGRAM; 77 is skipped."""

import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def main():
    reference = os.environ.get("OQ_REFERENCE_DIR")
    if not reference:
        print("SKIPPED: OQ_REFERENCE_DIR is not set, so there is nothing to compare with")
        return 77
    command = [sys.executable, "-B", HERE.parent / "reference/check", reference,
               "--binary", sys.argv[1], "--expected", HERE / "reference_cases"]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

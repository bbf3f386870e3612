"""Runs one job through the program in a throw-away data directory and collects what it exported."""
import dataclasses
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading


@dataclasses.dataclass
class Outcome:
    exit_code: int = 0
    message: str = ""      # the last line of the program's errors
    cpu: float = 0.0       # seconds of user and system time, children included
    difference: str = ""   # first difference with the expected files, empty when equal

    @property
    def refused(self):
        """Ended by its own decision, with a message: not by a signal, not silently."""
        return self.exit_code > 0 and bool(self.message)


def command_of(options, folder, case, scratch):
    inis = [case["hazard_ini"], case["ini"]] if case.get("hazard_ini") else [case["ini"]]
    return ([str(options.binary), "run", *(str(folder / ini) for ini in inis), "--exports", "csv",
             "--output", str(scratch / "out"), "--data-dir", str(scratch / "data")])


def run_job(options, folder, case, expected=None):
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="oq-reference-"))
    try:
        (scratch / "out").mkdir()
        with open(scratch / "errors", "wb") as errors:
            process = subprocess.Popen(command_of(options, folder, case, scratch), cwd=scratch,
                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
                                       start_new_session=True)
            timer = threading.Timer(options.timeout, lambda: os.killpg(process.pid, signal.SIGKILL))
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
        lines = (scratch / "errors").read_text(errors="replace").strip().splitlines()
        outcome = Outcome(exit_code=process.returncode, message=lines[-1] if lines else "",
                          cpu=usage.ru_utime + usage.ru_stime)
        if outcome.exit_code != 0:
            outcome.message = outcome.message or f"ended with {outcome.exit_code} and no message"
        elif expected is not None:
            outcome.difference = options.compare(scratch / "out", expected, case)
        return outcome
    finally:
        shutil.rmtree(scratch, ignore_errors=True)

"""Programs that a run starts: private, logged, and gone by their ids when it ends."""

import asyncio
import ctypes
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import time

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None, use_errno=True)
# Below the range of outgoing connections, so that nobody's client takes a port while its server is down.
PORTS = range(12000, 30000)
promised = set()  # to programs that may not listen yet


def free_port(host="127.0.0.1"):
    while True:
        port = random.choice(PORTS)
        if port in promised:
            continue
        with socket.socket() as probe:
            try:
                probe.bind((host, port))
                promised.add(port)
                return port
            except OSError:
                continue


def follow_parent():
    """A run that is killed takes its children with it; signals from the terminal are for the run itself.

    The session stays that of the run: the kernel shares the processor between sessions, whatever is in them.
    """
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setpgid(0, 0)


class Process:
    """One program; it can be started again with the same command after it ended."""

    def __init__(self, name, command, log, environment=None):
        self.name, self.command, self.log, self.environment = name, [str(word) for word in command], log, environment
        self.popen = None

    def start(self):
        with open(self.log, "ab") as out:
            self.popen = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                          preexec_fn=follow_parent, env={**os.environ, **(self.environment or {})})
        return self

    @property
    def pid(self):
        return self.popen.pid

    def alive(self):
        return self.popen is not None and self.popen.poll() is None

    def send(self, number):
        if self.alive():
            self.popen.send_signal(number)

    def kill(self):
        """As a power cut would; a frozen one goes too."""
        self.send(signal.SIGKILL)
        return self.wait(10)

    def freeze(self):
        self.send(signal.SIGSTOP)

    def wake(self):
        self.send(signal.SIGCONT)

    def wait(self, limit):
        return self.popen.wait(limit) if self.popen else None

    def stop(self, limit=45, number=signal.SIGTERM):
        """As an administrator would; the exit code, that of SIGKILL when it does not end within the limit."""
        if not self.alive():
            return self.wait(0)
        self.wake()
        self.send(number)
        try:
            return self.wait(limit)
        except subprocess.TimeoutExpired:
            self.write_stacks()
            return self.kill()

    def write_stacks(self):
        """Where it hangs, to its log."""
        if shutil.which("gdb"):
            with open(self.log, "ab") as out:
                subprocess.run(["gdb", "-p", str(self.pid), "-batch", "-ex", "thread apply all bt 30"], check=False, stdout=out,
                               stderr=subprocess.DEVNULL, timeout=60)

    def tail(self, lines=15):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return "".join(log.readlines()[-lines:])


def listens(host, port, limit=0.5):
    try:
        socket.create_connection((host, port), timeout=limit).close()
        return True
    except OSError:
        return False


async def wait_until(question, what, limit=30.0, process=None):
    """Asks in a thread, so that the clients go on polling meanwhile."""
    end = time.monotonic() + limit
    while not await asyncio.to_thread(question):
        if process is not None and not process.alive():
            raise RuntimeError(f"{process.name} ended with {process.wait(0)}:\n{process.tail()}")
        if time.monotonic() > end:
            raise RuntimeError(f"{what}: not within {limit:g} s")
        await asyncio.sleep(0.05)


def raise_file_limit():
    """Hundreds of clients need more files than a shell gives by default; what is started inherits it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536) if hard > 0 else 65536, hard))


def exit_in_order():
    """SIGTERM ends a run as Ctrl-C does: what it started is ended first."""
    def interrupt(*_):
        raise KeyboardInterrupt
    signal.signal(signal.SIGTERM, interrupt)

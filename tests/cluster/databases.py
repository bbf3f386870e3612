"""A private PostgreSQL and a private Redis, in folders of their own."""

import asyncio
import os
import pathlib
import shutil
import signal
import subprocess

from processes import Process, listens, wait_until

USER = "postgres"  # PostgreSQL refuses to run as root
POSTGRES_BIN = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
# The machine does not lose power in a test, so nothing has to reach the disk; a crash of the server loses nothing either.
SETTINGS = {"fsync": "off", "max_connections": "100", "shared_buffers": "32MB", "log_min_messages": "warning"}


def first_served(command):
    """The databases stand for machines of their own: what else runs here must not be what makes them slow.

    PostgreSQL's backends begin sessions of their own, between which the kernel shares the processor whatever their niceness.
    """
    return ["chrt", "--rr", "1", *command] if os.geteuid() == 0 and shutil.which("chrt") else command


def missing():
    """Names of the packages that are not installed."""
    return [name for name, there in [("postgresql", bool(POSTGRES_BIN)), ("redis-server", shutil.which("redis-server"))]
            if not there]


class Postgres:
    """`place` says where it listens and how a command is started there."""

    def __init__(self, folder, place):
        self.folder, self.place = folder / "postgres", place
        self.port = place.free_port()
        self.folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(self.folder, USER, USER)
        # Its user must be able to reach the folder.
        folder.chmod(0o711)
        subprocess.run(self.as_user([POSTGRES_BIN[-1] / "initdb", "-D", self.folder / "data", "-A", "trust", "-U", USER,
                                     "-E", "UTF8", "--locale=C", "--no-sync"]), check=True, capture_output=True, cwd="/")
        with open(self.folder / "data/pg_hba.conf", "a", encoding="utf-8") as rules:
            rules.write("host all all 0.0.0.0/0 trust\n")
        options = [f"-c{key}={value}" for key, value in SETTINGS.items()]
        command = self.as_user([POSTGRES_BIN[-1] / "postgres", "-D", self.folder / "data", "-p", self.port, "-h", place.host,
                                "-k", self.folder, *options])
        self.process = Process("postgres", place.command(first_served(command)), folder / "postgres.log")

    @staticmethod
    def as_user(command):
        """setpriv replaces itself, so that the id is that of the program."""
        if os.geteuid() != 0:
            return command
        return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups", "--pdeathsig=INT", *command]

    async def start(self):
        self.process.start()
        await wait_until(lambda: self.psql("postgres", "select 1", check=False) == "1\n", "PostgreSQL", process=self.process)
        return self

    def psql(self, database, statement, check=True):
        """Through its socket file, which no cut link and no namespace keeps from it."""
        result = subprocess.run(["psql", "-h", self.folder, "-p", str(self.port), "-U", USER, "-d", database, "-Atqc",
                                 statement], check=False, capture_output=True, text=True)
        if check and result.returncode != 0:
            raise RuntimeError(f"psql: {result.stderr}")
        return result.stdout

    def create_database(self, name):
        self.psql("postgres", f"create database {name}")

    async def restart(self):
        """As after a crash: nobody is asked to finish."""
        await asyncio.to_thread(self.stop)
        await self.start()

    def stop(self):
        # The postmaster ends its own children; SIGKILL would leave them.
        self.process.stop(number=signal.SIGQUIT)


class Redis:
    def __init__(self, folder, place):
        self.place, self.port = place, place.free_port()
        command = ["redis-server", "--port", self.port, "--bind", place.host, "--protected-mode", "no", "--save", "",
                   "--appendonly", "no", "--dir", folder]
        self.process = Process("redis", place.command(first_served(command)), folder / "redis.log")

    async def start(self):
        self.process.start()
        await wait_until(lambda: listens(self.place.host, self.port), "Redis", process=self.process)
        return self

    def command(self, *words):
        return subprocess.run(["redis-cli", "-h", self.place.host, "-p", str(self.port), *words], check=True,
                              capture_output=True, text=True).stdout

    async def restart(self):
        self.process.kill()
        await self.start()

    def stop(self):
        self.process.stop()

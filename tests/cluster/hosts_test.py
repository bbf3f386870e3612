"""Hosts of namespaces: they reach one another, and any pair of them can be cut, silently or not."""

import asyncio
import subprocess
import sys
import unittest

import hosts
from processes import Process, listens

SERVER = "import socket,sys; s=socket.create_server((sys.argv[1], int(sys.argv[2]))); [s.accept() for _ in iter(int, 1)]"


class NetworkNamespaces(unittest.TestCase):
    def setUp(self):
        self.network = hosts.Hosts()
        self.server = self.network.place("server")
        self.other = self.network.place("other")
        self.process = Process("server", self.server.command([sys.executable, "-c", SERVER, self.server.host, "8000"]),
                               "/dev/null").start()
        for _ in range(100):
            if listens(self.server.host, 8000):
                break

    def tearDown(self):
        self.process.kill()
        prefix = self.network.prefix
        self.network.close()
        self.assertNotIn(prefix, subprocess.run(["ip", "netns", "list"], check=True, capture_output=True, text=True).stdout)

    def reached_from_other(self):
        """ok, or the name of the error."""
        script = (f"import socket\ntry:\n    socket.create_connection(('{self.server.host}', 8000), 0.5)\n    print('ok')\n"
                  "except OSError as error:\n    print(type(error).__name__)")
        return subprocess.run(self.other.command([sys.executable, "-c", script]), check=True, capture_output=True,
                              text=True).stdout.strip()

    def cut(self, silent):
        asyncio.run(self.network.cut("other", "server", silent))

    def test_cut_one_pair_only_and_heal(self):
        self.assertEqual(self.reached_from_other(), "ok")
        for silent, seen in ((True, "TimeoutError"), (False, "OSError")):
            self.cut(silent)
            self.assertEqual(self.reached_from_other(), seen)
            self.assertTrue(listens(self.server.host, 8000))
            asyncio.run(self.network.heal())
            self.assertEqual(self.reached_from_other(), "ok")


if __name__ == "__main__":
    if why := hosts.unavailable():
        print(f"SKIPPED: this machine has no network namespaces ({why})")
        sys.exit(77)
    sys.exit(unittest.main())

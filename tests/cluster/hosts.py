"""Hosts made of network namespaces: each program has an address of its own, and a router between them can drop any pair."""

import ctypes
import itertools
import os
import subprocess

from processes import free_port, libc

CLONE_NEWNET = 0x40000000
CLIENTS = "clients"
runs = itertools.count()


def ip(*words, check=True):
    return subprocess.run(["ip", *map(str, words)], check=check, capture_output=True, text=True)


def unavailable():
    """Why this machine cannot have namespaces; empty when it can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    name = f"oqc{os.getpid()}probe"
    try:
        ip("netns", "add", name)
        ip("-n", name, "rule", "add", "blackhole", "from", "10.231.1.2", "to", "10.231.2.2", "priority", 100)
        ip("-n", name, "link", "add", "one", "type", "veth", "peer", "name", "two")
        return ""
    except FileNotFoundError:
        return "iproute2 is not installed"
    except subprocess.CalledProcessError as error:
        return f"the kernel refuses: {error.stderr.strip()}"
    finally:
        if os.path.exists(f"/run/netns/{name}"):
            ip("netns", "del", name, check=False)


def enter(path):
    """This thread, and all that it starts from now on."""
    with open(path, "rb") as namespace:
        if libc.setns(namespace.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"setns {path}")


class Host:
    def __init__(self, namespace, address):
        self.namespace, self.host = namespace, address

    @staticmethod
    def free_port():
        return free_port()  # nobody else listens in this namespace

    def command(self, words):
        """`ip netns exec` replaces itself, so that the id is that of the program."""
        return ["ip", "netns", "exec", self.namespace, *words]


class Hosts:
    """Hosts joined by one router. The run itself, and so the clients, stand on a host of their own."""

    secure = True

    def __init__(self):
        self.prefix = f"oqc{os.getpid()}x{next(runs)}"
        self.router, self.hosts, self.rules = f"{self.prefix}-router", {}, []
        self.home = os.open("/proc/self/ns/net", os.O_RDONLY)
        ip("netns", "add", self.router)
        ip("netns", "exec", self.router, "sysctl", "-q", "net.ipv4.ip_forward=1")
        self.place(CLIENTS)
        enter(f"/run/netns/{self.hosts[CLIENTS].namespace}")

    def place(self, name):
        if name in self.hosts:
            return self.hosts[name]
        number = len(self.hosts) + 1
        host = Host(f"{self.prefix}-{name}", f"10.231.{number}.2")
        self.hosts[name] = host
        ip("netns", "add", host.namespace)
        ip("-n", self.router, "link", "add", f"to{number}", "type", "veth", "peer", "name", "eth0", "netns", host.namespace)
        ip("-n", self.router, "addr", "add", f"10.231.{number}.1/24", "dev", f"to{number}")
        ip("-n", self.router, "link", "set", f"to{number}", "up")
        ip("-n", host.namespace, "link", "set", "lo", "up")
        ip("-n", host.namespace, "addr", "add", f"{host.host}/24", "dev", "eth0")
        ip("-n", host.namespace, "link", "set", "eth0", "up")
        ip("-n", host.namespace, "route", "add", "default", "via", f"10.231.{number}.1")
        return host

    @staticmethod
    async def route(_source, _name, host, port):
        return host, port

    async def cut(self, one, other, silent):
        """Packets vanish, or are answered with "host unreachable"."""
        kind = "blackhole" if silent else "unreachable"
        for source, target in ((one, other), (other, one)):
            rule = [kind, "from", self.hosts[source].host, "to", self.hosts[target].host, "priority", 100 + len(self.rules)]
            ip("-n", self.router, "rule", "add", *rule)
            self.rules.append(rule)

    async def heal(self):
        for rule in self.rules:
            ip("-n", self.router, "rule", "del", *rule)
        self.rules = []

    def close(self):
        os.setns(self.home) if hasattr(os, "setns") else libc.setns(self.home, CLONE_NEWNET)
        os.close(self.home)
        for host in self.hosts.values():
            ip("netns", "del", host.namespace, check=False)
        ip("netns", "del", self.router, check=False)

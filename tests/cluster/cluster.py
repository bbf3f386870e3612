"""A cluster for one scenario: PostgreSQL, Redis, nodes and workers, and what is done to them while it is written down."""

import asyncio
import contextlib
import time

from databases import Postgres, Redis
from history import Disturbance
from nodes import REQUEST_TIMEOUT, Nginx, Node, Worker, certificate, certificates

STORE, CACHE = "postgres", "redis"


class Cluster:
    def __init__(self, program, folder, network, shared_data=False, cuts=True):
        self.program, self.folder, self.network, self.shared_data = program, folder, network, shared_data
        self.cuts = cuts
        self.nodes, self.workers, self.disturbances = {}, [], []
        self.postgres = self.redis = self.nginx = None
        self.tls = {}

    async def start(self, nodes=3, threads=1, more=None):
        """`threads`: of computing, a node; `more`: further options of `serve`."""
        self.postgres = Postgres(self.folder, self.network.place(STORE))
        self.redis = Redis(self.folder, self.network.place(CACHE))
        await asyncio.gather(self.postgres.start(), self.redis.start())
        self.postgres.create_database("oq")
        if self.network.secure:
            certificates(self.folder)
        for number in range(1, nodes + 1):
            name = f"node{number}"
            self.nodes[name] = Node(name, self.network.place(name), self.program, self.folder)
        for node in self.nodes.values():
            node.prepare(await self.options(node, threads) | (more or {}))
        await asyncio.gather(*(node.start() for node in self.nodes.values()))

    @staticmethod
    async def straight(_source, _name, host, port):
        return host, port

    async def options(self, node, threads):
        route = self.network.route if self.cuts else self.straight
        store = await route(node.name, STORE, self.postgres.place.host, self.postgres.port)
        cache = await route(node.name, CACHE, self.redis.place.host, self.redis.port)
        peers = [await route(node.name, peer.name, peer.host, peer.cluster_port)
                 for peer in self.nodes.values() if peer is not node]
        options = {
            "--data-dir": self.folder / "data" if self.shared_data else node.data_dir,
            "--database": f"postgresql://postgres@{store[0]}:{store[1]}/oq?application_name={node.name}",
            "--redis": f"redis://{cache[0]}:{cache[1]}",
            "--workers": threads, "--request-timeout": REQUEST_TIMEOUT, "--max-running": 4,
            "--cluster-listen": f"{node.host}:{node.cluster_port}",
            "--peers": ",".join(f"{host}:{port}" for host, port in peers) or None,
            "--shared-data": True if self.shared_data else None,
        }
        if self.network.secure:
            words = certificate(self.folder, node.name, node.host)
            options |= dict(zip(words[::2], words[1::2]))
        return options

    def worker(self, name, node, threads=1):
        """Of a node; started by the caller."""
        tls = certificate(self.folder, name, self.network.place(name).host) if self.network.secure else []
        worker = Worker(name, self.network.place(name), self.program, self.folder, f"{node.host}:{node.cluster_port}", threads,
                        tls)
        self.workers.append(worker)
        return worker

    async def front(self):
        """nginx before all nodes."""
        self.nginx = await Nginx(self.network.place("nginx"), list(self.nodes.values()), self.folder).start()
        return self.nginx

    @contextlib.contextmanager
    def disturbing(self, kind, node=""):
        """Everything within is written down as done to this node, or to all."""
        begin = time.monotonic()
        mark = len(self.disturbances)
        # Open until it is over: whoever reads it meanwhile sees no end.
        self.disturbances.append(Disturbance(kind, node, begin, float("inf")))
        try:
            yield
        finally:
            self.disturbances[mark] = Disturbance(kind, node, begin, time.monotonic())

    async def cut(self, node, others, silent, seconds, excused):
        """`excused`: this node may say 503 meanwhile; one that has the store, or Redis, may not."""
        with self.disturbing("cut", node) if excused else contextlib.nullcontext():
            for other in others:
                await self.network.cut(node, other, silent)
            await asyncio.sleep(seconds)
            await self.network.heal()

    def peers(self, name):
        return [other for other in self.nodes if other != name]

    async def stop(self):
        """Exit codes of the nodes that still ran, by name."""
        codes = {}
        for worker in self.workers:
            worker.process.kill()
        running = [node for node in self.nodes.values() if node.process and node.process.alive()]
        stopped = await asyncio.gather(*(asyncio.to_thread(node.process.stop) for node in running))
        codes = dict(zip((node.name for node in running), stopped))
        for process in (self.nginx and self.nginx.process, self.redis, self.postgres):
            if process:
                process.stop()
        self.network.close()
        return codes

"""Fetches every output of a calculation from every node as soon as a node calls it complete, and compares the numbers."""

import asyncio
import hashlib
import io
import re
import tempfile
import time
import zipfile

from history import outcome
from models import Outcome, arrays_digest, plain_name, rows_digest

PAUSE = 0.5  # between tries of a node that said 503
ANSWERS = (200, 503)


def members(reply):
    """{name: bytes} of a download: a zip's members, or the one file."""
    if reply.body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(reply.body)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    name = re.search(r"filename=([^;]+)$", reply.headers.get("content-disposition", ""))
    return {name.group(1).strip('"') if name else "": reply.body}


class Audit:
    """`expected`: calculation -> Outcome of the undisturbed run. `complaints` are lines of text."""

    def __init__(self, cluster, expected, folder):
        self.cluster, self.expected, self.folder = cluster, expected, folder
        self.complaints, self.tasks, self.fetched, self.deferred = [], set(), 0, 0
        self.compared, self.digests = set(), {}

    def begin(self, node, calculation, state):
        """A node told of an end; called by the crowd while it polls."""
        if state == "complete":
            self.spawn(self.fetch(node, calculation, insist=False))

    def begin_final(self, calculation):
        """At the end nothing is disturbed any more, so every node serves everything."""
        self.spawn(self.fetch("everybody", calculation, insist=True))

    def spawn(self, work):
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def excused(self, name, since):
        return any(item.kind in ("down", "frozen") and item.touches(name, since, time.monotonic(), 1.0)
                   for item in self.cluster.disturbances)

    async def ask(self, name, calculation, path, told):
        """(reply, may try again): no reply when this node cannot serve it now, which it must say with 503."""
        since = time.monotonic()
        reply = await self.cluster.nodes[name].ask("GET", path, limit=45.0)
        if reply.status == 200:
            return reply, False
        if reply.status == 503:
            if self.cluster.shared_data and name == told and not self.disturbed(since):
                self.complaints.append(f"{name} called {calculation} complete and said 503 to {path}, with shared data")
            return None, True
        if reply.status > 0 or not self.excused(name, since):
            self.complaints.append(f"{name} said {outcome(reply.status)} to {path} after {told} called {calculation} complete")
        return None, reply.status < 0

    def disturbed(self, since):
        return any(item.touches(item.node, since, time.monotonic(), 3.0) for item in self.cluster.disturbances)

    async def fetch(self, told, calculation, insist):
        """From all nodes; once, or until each has served everything."""
        await asyncio.gather(*(self.fetch_from(name, told, calculation, insist) for name in self.cluster.nodes))

    async def fetch_from(self, name, told, calculation, insist):
        outputs = await self.served(name, told, calculation, f"/v1/calc/{calculation}/results", insist)
        if outputs is None:
            return
        rows = {}
        for output in outputs.json():
            kind = "csv" if "csv" in output["outtypes"] else output["outtypes"][0]
            path = f"/v1/calc/result/{output['id']}?export_type={kind}"
            reply = await self.served(name, told, calculation, path, insist)
            if reply is None:
                return
            if kind != "csv":
                continue
            for member, content in members(reply).items():
                rows[plain_name(member)] = rows_digest(content)
        datastore = await self.served(name, told, calculation, f"/v1/calc/{calculation}/datastore", insist)
        if datastore is not None:
            self.fetched += 1
            await self.compare(name, calculation, rows, datastore.body)

    async def served(self, name, told, calculation, path, insist, limit=30.0):
        end = time.monotonic() + limit
        while True:
            reply, again = await self.ask(name, calculation, path, told)
            if reply is not None:
                return reply
            self.deferred += 1
            if not (insist and again):
                return None
            if time.monotonic() > end:
                self.complaints.append(f"{name} did not serve {path} within {limit:g} s")
                return None
            await asyncio.sleep(PAUSE)

    async def compare(self, name, calculation, rows, datastore):
        expected, got = self.expected[calculation], Outcome(rows, await self.digest(datastore))
        self.compared.add((name, calculation))
        if got != expected:
            differing = sorted(key for key in set(rows) | set(expected.rows) if rows.get(key) != expected.rows.get(key))
            what = f"files {differing}" if differing else "arrays of the datastore"
            self.complaints.append(f"{name} serves other numbers of {calculation} than an undisturbed run: {what}")

    async def digest(self, datastore):
        """Of the arrays; the same bytes are looked at once."""
        key = hashlib.sha256(datastore).digest()
        if key not in self.digests:
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".hdf5") as file:
                file.write(datastore)
                file.flush()
                self.digests[key] = await asyncio.to_thread(arrays_digest, file.name)
        return self.digests[key]

    async def settle(self):
        while self.tasks:
            await asyncio.gather(*self.tasks)

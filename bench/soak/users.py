"""Users of the soak: each does the next thing at random, over a connection of its own, and writes down the answer."""

import asyncio
import random
import time

from http_client import Connection, Reply, form, request_bytes
from accounts import RUNNING
from history import outcome

WEIGHTS = {"submit": 8, "submit_bad": 1, "status": 40, "progress": 5, "detail": 5, "results": 6, "list": 5, "log": 6,
           "traceback": 2, "download": 8, "datastore": 2, "abort": 3, "remove": 6, "share": 1, "unknown": 1}
PAUSE = 0.1  # seconds, longest
MOST_LIVE = 12  # calculations that wait or run; further ones are not submitted
LAST = 400  # calculations that users still speak about


class User:
    """`world` has nodes, ledger, random jobs and the times at which nodes were down."""

    def __init__(self, world, number):
        self.world, self.ledger = world, world.ledger
        self.random = random.Random(f"{world.seed} {number}")
        self.node = list(world.nodes)[number % len(world.nodes)]
        host, port = world.nodes[self.node]
        self.host = f"{host}:{port}"
        self.connection = Connection(asyncio.get_running_loop(), host, port, 70.0)

    async def live(self, until):
        while time.monotonic() < until:
            action = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            await getattr(self, action)()
            await asyncio.sleep(self.random.uniform(0, PAUSE))
        self.connection.close()

    async def ask(self, action, method, path, headers=(), body=b""):
        """None when the answer was lost because the node was down, and that is noted."""
        future = asyncio.get_running_loop().create_future()
        sent = time.monotonic()
        self.connection.ask(request_bytes(method, path, self.host, headers, body), future.set_result)
        reply = await future
        if reply.status > 0:
            return reply
        if self.world.was_down(self.node, sent, time.monotonic()):
            self.ledger.note(action, "node down")
        else:
            self.ledger.error(action, f"{outcome(reply.status)} from a node that is not down: {method} {path}")
        return None

    def some(self, wanted=lambda _: True):
        known = [each for each in list(self.ledger.calculations.values())[-LAST:] if wanted(each)]
        return self.random.choice(known) if known else None

    def body(self, action, reply):
        try:
            return reply.json()
        except ValueError:
            self.ledger.error(action, f"malformed body {reply.body[:100]!r}")
            return None

    async def submit(self):
        if sum(each.state in RUNNING and each.remove == "no" for each in self.ledger.calculations.values()) < MOST_LIVE:
            await self.send_job("submit", self.random.choice(self.world.good_jobs), True)

    async def submit_bad(self):
        await self.send_job("submit_bad", self.random.choice(self.world.bad_jobs), False)

    async def send_job(self, action, archive, good):
        self.ledger.lost_submissions += 1  # until the answer is here
        reply = await self.ask(action, "POST", "/v1/calc/run", *form(archive))
        if reply is None:
            return
        if reply.status == 504:  # it may be there all the same
            self.ledger.error(action, f"504 {reply.body[:100]!r}")
            return
        self.ledger.lost_submissions -= 1
        if reply.status == 503:
            self.ledger.note(action, "503")
            return
        body = self.body(action, reply)
        if body is None or reply.status not in (200, 500) or "job_id" not in body:
            self.ledger.error(action, f"{reply.status} {reply.body[:200]!r}")
            return
        if good and reply.status != 200:
            self.ledger.error(action, f"a good job was refused: {body.get('traceback')}")
        self.ledger.add(body["job_id"], good)
        self.ledger.note(action, str(reply.status))

    async def question(self, action, suffix, other=(), wanted=lambda _: True):
        """(calculation, body) of a 200."""
        calculation = self.some(wanted)
        if calculation is None:
            return None, None
        before = calculation.removal_known()
        reply = await self.ask(action, "GET", f"/v1/calc/{calculation.number}{suffix}")
        if reply is None or not self.ledger.existing(action, calculation, reply.status, other, before):
            return calculation, None
        return calculation, self.body(action, reply) if action != "datastore" else reply.body

    async def status(self):
        await self.tell("status", "/status")

    async def progress(self):
        await self.tell("progress", "/progress")

    async def detail(self):
        await self.tell("detail", "")

    async def tell(self, action, suffix):
        removed = {each.number for each in self.ledger.calculations.values() if each.removal_known() == "yes"}
        calculation, body = await self.question(action, suffix)
        if body:
            self.ledger.state(calculation, body["status"])
            if calculation.number in removed and body["status"] != "deleted":
                self.ledger.error(action, f"calculation {calculation.number} was removed and is {body['status']}")

    async def results(self):
        await self.question("results", "/results", other=(404,))

    async def log(self):
        await self.question("log", "/log/0:", other=(200,))

    async def traceback(self):
        await self.question("traceback", "/traceback", other=(200,))

    async def datastore(self):
        calculation, body = await self.question("datastore", "/datastore", wanted=lambda each: each.state in ("complete", "shared"))
        if body is not None and not body.startswith(b"\x89HDF"):
            self.ledger.error("datastore", f"of {calculation.number} is no HDF5 file: {body[:20]!r}")

    async def list(self):
        reply = await self.ask("list", "GET", "/v1/calc/list?limit=20")
        if reply is not None and reply.status in (200, 503):
            self.ledger.note("list", str(reply.status))
            if reply.status == 200:
                self.body("list", reply)
        elif reply is not None:
            self.ledger.error("list", f"{reply.status} {reply.body[:100]!r}")

    async def download(self):
        calculation, outputs = await self.question("results", "/results", other=(404,),
                                                   wanted=lambda each: each.state in ("complete", "shared"))
        if not outputs:
            return
        output = self.random.choice(outputs)
        kind = self.random.choice(output["outtypes"])
        before = calculation.removal_known()
        reply = await self.ask("download", "GET", f"/v1/calc/result/{output['id']}?export_type={kind}")
        if reply is not None and self.ledger.existing("download", calculation, reply.status, before=before) and not reply.body:
            self.ledger.error("download", f"empty {kind} of output {output['id']}")

    async def command(self, action, calculation, suffix, fine):
        """A POST; `fine` are the statuses of a proper answer."""
        reply = await self.ask(action, "POST", f"/v1/calc/{calculation.number}/{suffix}")
        if reply is None:
            return Reply(0)
        body = self.body(action, reply) if reply.status in fine else None
        if reply.status == 503:
            self.ledger.note(action, "503")
        elif not body or not ({"success", "error"} & set(body)):
            self.ledger.error(action, f"{reply.status} {reply.body[:200]!r} for {calculation.number} ({calculation.state})")
        else:
            self.ledger.note(action, f"{reply.status} {'success' if 'success' in body else 'error'}")
        return reply

    async def abort(self):
        calculation = self.some(lambda each: each.state in RUNNING) or self.some()
        if calculation is not None:
            calculation.begin("abort")
            await self.command("abort", calculation, "abort", (200,))

    async def share(self):
        calculation = self.some(lambda each: each.state in ("complete", "shared"))
        if calculation is not None:
            calculation.begin("share")
            await self.command("share", calculation, self.random.choice(["share", "unshare"]), (200, 403, 404))

    async def remove(self):
        calculation = self.some(lambda each: each.remove == "no")
        if calculation is not None:
            calculation.begin("remove")
            reply = await self.command("remove", calculation, "remove", (200, 403))
            if reply.status > 0:  # lost: it may have worked, and nobody tries again
                calculation.settle("remove", reply.status == 200)

    async def unknown(self):
        """What does not exist must stay so."""
        reply = await self.ask("unknown", "GET", f"/v1/calc/{self.random.randrange(10**8, 10**9)}/status")
        if reply is not None and reply.status not in (404, 503):
            self.ledger.error("unknown", f"{reply.status} for a calculation that was never there")
        elif reply is not None:
            self.ledger.note("unknown", str(reply.status))

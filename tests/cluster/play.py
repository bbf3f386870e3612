"""Plays one scenario: a fresh cluster, four calculations, clients on every node, what is done to it, and the verdict."""

import asyncio
import collections
import time

import history
from checker import check
from cluster import Cluster
from downloads import Audit
from http_client import form
from pollers import Crowd

CALCULATIONS = [0, 0, 1, 2]  # the node that each is given to
TRIES = 5  # of a submission that is answered 503
SETTLE = 3.0  # seconds of polling after the last end: more than the bound
ENDS = ("complete", "failed", "aborted")


class Run:
    """What a scenario may touch."""

    def __init__(self, settings, scenario, network, folder):
        self.settings, self.scenario, self.folder = settings, scenario, folder
        self.cluster = Cluster(settings.program, folder, network, settings.shared_data,
                               getattr(scenario, "cuts", False))
        self.crowd = self.audit = None
        self.expected, self.complaints = {}, []

    def complain(self, text):
        self.complaints.append(text)

    async def submit(self, jobs):
        nodes = list(self.cluster.nodes.values())
        for job, where in zip(jobs, CALCULATIONS):
            for _ in range(TRIES):
                reply = await nodes[where % len(nodes)].ask("POST", "/v1/calc/run", *form(job.archive()))
                if reply.status != 503:
                    break
                await asyncio.sleep(int(reply.headers["retry-after"]))
            if reply.status != 200:
                raise RuntimeError(f"a calculation was not taken: {history.outcome(reply.status)} {reply.body[:300]!r}")
            calculation = reply.json()["job_id"]
            self.expected[calculation] = self.settings.outcomes[job.name]
            self.crowd.calculations.append(calculation)

    async def until(self, question, what):
        end = time.monotonic() + self.settings.limit
        while not question():
            if time.monotonic() > end:
                raise TimeoutError(f"{what}: not within {self.settings.limit:g} s; latest: {self.crowd.latest}")
            await asyncio.sleep(0.05)

    async def until_running(self):
        await self.until(lambda: all(self.crowd.latest.get(calculation) in ("executing", *ENDS) for calculation in self.expected),
                         "all four executing")

    async def until_ended(self, nodes):
        """Until these nodes have told of every end."""
        nodes = [node for node in nodes if node in self.crowd.addresses] or list(self.crowd.addresses)
        wanted = {(node, calculation) for node in nodes for calculation in self.expected}
        await self.until(lambda: wanted <= self.crowd.ended, "every calculation ended")

    async def addresses(self):
        if getattr(self.scenario, "strict", False):
            front = await self.cluster.front()
            return {"nginx": (front.host, front.port)}
        return {name: (node.host, node.port) for name, node in self.cluster.nodes.items()}

    async def play(self, jobs):
        loop = asyncio.get_running_loop()
        await self.cluster.start(self.settings.nodes, self.settings.threads, getattr(self.scenario, "options", {}))
        self.audit = Audit(self.cluster, self.expected, self.folder)
        self.crowd = Crowd(loop, await self.addresses(), self.settings.clients, self.ended)
        await self.submit(jobs)
        await self.until_running()
        still = sum(self.crowd.latest[calculation] == "executing" for calculation in self.expected)
        if still < len(self.expected):
            self.complain(f"only {still} calculations ran when the scenario began: --seconds is too small here")
        await self.scenario(self)
        await self.until_ended(self.cluster.nodes)
        await asyncio.sleep(SETTLE)
        self.crowd.stop()
        await self.until(lambda: self.crowd.waiting == 0, "the last answers")
        await self.audit.settle()
        for calculation in self.expected:
            self.audit.begin_final(calculation)
        await self.audit.settle()

    def ended(self, node, calculation, state):
        if state != "complete":
            self.complain(f"{node} says that calculation {calculation} {state}")
        elif node in self.cluster.nodes:
            self.audit.begin(node, calculation, state)


class Verdict:
    def __init__(self, run, findings, seconds):
        self.lines = [*run.complaints, *run.audit_complaints(), *findings.lines()] if findings else run.complaints
        self.seconds, self.findings = seconds, findings
        self.ok = not self.lines
        self.figures = figures(run, findings) if findings else ""


def figures(run, findings):
    counts = ", ".join(f"{name}: {count}" for name, count in sorted(findings.counts.items()))
    served = f"{len(run.audit.compared)} of {len(run.expected) * len(run.cluster.nodes)} node x calculation compared"
    return (f"{sum(findings.counts.values())} answers ({counts}), largest lag {findings.largest_lag:.2f} s, "
            f"{run.audit.fetched} full downloads, {served}")


def most_common(complaints):
    """Each once, with how often it came."""
    return [f"{text} ({count} times)" if count > 1 else text for text, count in collections.Counter(complaints).most_common()]


async def play(settings, scenario, jobs, network, folder):
    """A Verdict; whatever happens, everything that was started is ended."""
    begin = time.monotonic()
    run = Run(settings, scenario, network, folder)
    run.audit_complaints = lambda: most_common(run.audit.complaints) if run.audit else []
    try:
        await run.play(jobs)
    except Exception as error:  # pylint: disable=broad-except
        run.complain(f"{type(error).__name__}: {error}")
    finally:
        if run.crowd:
            run.crowd.stop()
            run.crowd.close()
        for name, code in (await run.cluster.stop()).items():
            if code != 0:
                run.complain(f"{name} ended with {code} after SIGTERM, see {name}.log")
    findings = None
    if run.crowd:
        history.write(folder / "history", run.crowd.answers, run.cluster.disturbances)
        findings = check(run.crowd.answers, run.cluster.disturbances, strict=getattr(scenario, "strict", False))
    return Verdict(run, findings, time.monotonic() - begin)

"""What is done to a cluster while clients poll it and four calculations run; one function a scenario."""

import asyncio
import itertools

from cluster import CACHE, STORE
from nodes import program as nginx_program

VICTIM = "node1"  # owner of two of the four calculations
CUT = 10.0  # seconds
FREEZE = 30.0
REST = 4.0


async def kill(run):
    """kill -9 a node; it comes back when the others have finished its work"""
    with run.cluster.disturbing("down", VICTIM):
        run.cluster.nodes[VICTIM].process.kill()
        await run.until_ended(run.cluster.peers(VICTIM))
        await run.cluster.nodes[VICTIM].start()
    await asyncio.sleep(REST)


async def freeze(run):
    """freeze a node for 30 s and wake it"""
    process = run.cluster.nodes[VICTIM].process
    with run.cluster.disturbing("frozen", VICTIM):
        process.freeze()
        await asyncio.sleep(FREEZE)
        process.wake()
    await asyncio.sleep(REST)


async def cut_off(run, others, excused):
    """Silently first, as a broken cable, then with refusals, as a firewall; 10 s each."""
    for silent in (True, False):
        await run.cluster.cut(VICTIM, others, silent, CUT, excused)
        await asyncio.sleep(REST)


async def cut_peers(run):
    """cut a node off from its peers"""
    await cut_off(run, run.cluster.peers(VICTIM), excused=False)


async def cut_redis(run):
    """cut a node off from Redis"""
    await cut_off(run, [CACHE], excused=False)


async def cut_postgres(run):
    """cut a node off from PostgreSQL"""
    await cut_off(run, [STORE], excused=True)


async def cut_all(run):
    """cut a node off from its peers, Redis and PostgreSQL together"""
    await cut_off(run, [*run.cluster.peers(VICTIM), CACHE, STORE], excused=True)


async def restart_redis(run):
    """restart Redis, twice"""
    for _ in range(2):
        await run.cluster.redis.restart()
        await asyncio.sleep(REST)


async def flush_redis(run):
    """empty Redis, every second for 10 s"""
    for _ in range(int(CUT)):
        await asyncio.to_thread(run.cluster.redis.command, "FLUSHALL")
        await asyncio.sleep(1.0)


async def restart_postgres(run):
    """restart PostgreSQL as after a crash, twice"""
    for _ in range(2):
        with run.cluster.disturbing("cut"):
            await run.cluster.postgres.restart()
        await asyncio.sleep(REST)


async def kill_workers(run):
    """kill -9 a worker every second for 20 s, and start another"""
    nodes = itertools.cycle(run.cluster.nodes.values())
    workers = [run.cluster.worker(f"worker{number}", next(nodes)) for number in range(3)]
    for worker in workers:
        worker.process.start()
    await asyncio.sleep(REST)
    for worker in itertools.islice(itertools.cycle(workers), 20):
        worker.process.kill()
        worker.process.start()
        await asyncio.sleep(1.0)


async def rolling_restart(run):
    """restart all nodes in turn behind nginx, without a failed poll"""
    for node in run.cluster.nodes.values():
        code = await asyncio.to_thread(node.process.stop, 60)
        if code != 0:
            run.complain(f"{node.name} ended with {code} after SIGTERM:\n{node.process.tail()}")
        await node.start()
        await asyncio.sleep(REST)


rolling_restart.strict = True  # every poll is answered
rolling_restart.options = {"--drain": 2}
for cutting in (cut_peers, cut_redis, cut_postgres, cut_all):
    cutting.cuts = True  # links

SCENARIOS = {
    "kill": kill,
    "freeze": freeze,
    "cut-peers": cut_peers,
    "cut-redis": cut_redis,
    "cut-postgres": cut_postgres,
    "cut-all": cut_all,
    "restart-redis": restart_redis,
    "flush-redis": flush_redis,
    "restart-postgres": restart_postgres,
    "kill-workers": kill_workers,
    "rolling-restart": rolling_restart,
}


async def undisturbed(_run):
    """nothing happens; not one of the scenarios of `all`, but what to try first"""


def find(name):
    return undisturbed if name == "undisturbed" else SCENARIOS[name]


def impossible(name, known):
    """Why this machine or this program cannot play it; `known`: a function that tells whether the program has a command."""
    if name == "rolling-restart" and not nginx_program():
        return "nginx-light is not installed"
    if name == "kill-workers" and not known("worker"):
        return "the program has no command worker"
    return ""

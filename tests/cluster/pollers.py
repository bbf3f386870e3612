"""Clients that poll every node over connections of their own, and write down all they see."""

import json
import random
import time

from history import MALFORMED, Answer
from http_client import Connection, request_bytes

PATHS = {
    "status": "/v1/calc/{}/status",
    "progress": "/v1/calc/{}/progress",
    "detail": "/v1/calc/{}",
    "results": "/v1/calc/{}/results",
    "list": "/v1/calc/list",
}
# Of twenty polls.
KINDS = ["status"] * 15 + ["progress", "progress", "detail", "results", "list"]
PAUSE = (0.5, 1.0)  # seconds between an answer and the next poll


def state_of(kind, calculation, reply):
    """(state, what is wrong) of one answer about one calculation."""
    if reply.status == 404 and kind == "results":
        return "incomplete", ""
    if reply.status != 200:
        return "", reply.headers.get("retry-after", "")
    try:
        body = reply.json()
        if kind == "results":
            good = all(item["id"] and item["url"] and item["outtypes"] for item in body) and body
            return ("", "") if good else (None, "no results in it")
        if kind == "list":
            return {item["id"]: item["status"] for item in body}.get(calculation, "missing"), ""
        if kind == "status" and body["id"] != calculation:
            return None, f"speaks of {body['id']}"
        return body["status"], ""
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return None, f"{type(error).__name__} in {reply.body[:80]!r}"


class Poller:
    """One client: it asks, waits for the answer, rests a little and asks again."""

    def __init__(self, crowd, number, node, host, port):
        self.crowd, self.number, self.node = crowd, number, node
        self.connection = Connection(crowd.loop, host, port, crowd.limit)
        self.host = f"{host}:{port}"
        self.asked = self.kind = self.sent = None
        crowd.loop.call_later(random.uniform(0, PAUSE[1]), self.poll)

    def poll(self):
        if self.crowd.stopped:
            return
        if not self.crowd.calculations:
            self.rest()
            return
        self.kind = random.choice(KINDS)
        self.asked = list(self.crowd.calculations) if self.kind == "list" else [random.choice(self.crowd.calculations)]
        request = self.crowd.request(self.host, self.kind, self.asked[0])
        self.crowd.waiting += 1
        self.sent = time.monotonic()
        self.connection.ask(request, self.answered)

    def rest(self):
        self.crowd.loop.call_later(random.uniform(*PAUSE), self.poll)

    def answered(self, reply):
        self.crowd.waiting -= 1
        received = time.monotonic()
        for calculation in self.asked:
            state, note = state_of(self.kind, calculation, reply)
            status = reply.status if state is not None else MALFORMED
            self.crowd.note(Answer(self.number, self.node, calculation, self.kind, self.sent, received, status, state or "", note))
        if not self.crowd.stopped:
            self.rest()


class Crowd:
    """All clients of a run. `on_end` is called once for each node that tells of the end of a calculation."""

    def __init__(self, loop, addresses, clients, on_end=lambda node, calculation, state: None, limit=45.0):
        self.loop, self.limit, self.on_end, self.addresses = loop, limit, on_end, addresses
        self.calculations, self.answers = [], []
        self.ended, self.latest, self.requests = set(), {}, {}
        self.stopped, self.waiting = False, 0
        numbers = iter(range(1, 1 + clients * len(addresses)))
        self.pollers = [Poller(self, next(numbers), node, host, port)
                        for _ in range(clients) for node, (host, port) in addresses.items()]

    def request(self, host, kind, calculation):
        key = host, kind, calculation
        if key not in self.requests:
            self.requests[key] = request_bytes("GET", PATHS[kind].format(calculation), host)
        return self.requests[key]

    def note(self, answer):
        self.answers.append(answer)
        if not answer.state or answer.kind == "results":
            return
        self.latest[answer.calculation] = answer.state
        key = answer.node, answer.calculation
        if answer.state in ("complete", "failed", "aborted") and key not in self.ended:
            self.ended.add(key)
            self.on_end(answer.node, answer.calculation, answer.state)

    def stop(self):
        """Asks nothing more; what is under way may still be answered."""
        self.stopped = True

    def close(self):
        for poller in self.pollers:
            poller.connection.close()
            if poller.connection.timer:
                poller.connection.timer.cancel()

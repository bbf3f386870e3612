"""What the clients of a cluster saw: answers, and the times at which somebody did something to it."""

import json
from typing import NamedTuple

# States only move forward in this order; the three ends exclude one another.
RANKS = {"created": 0, "submitted": 1, "executing": 2, "complete": 3, "shared": 3, "failed": 3, "aborted": 3, "deleted": 4}
ENDED = 3

# Statuses of answers that never came.
REFUSED, BROKEN, SILENT, MALFORMED = -1, -2, -3, -4
OUTCOMES = {REFUSED: "refused", BROKEN: "broken off", SILENT: "no answer", MALFORMED: "malformed"}


class Answer(NamedTuple):
    """One request of a client and what became of it; times are of the monotonic clock, in seconds."""
    client: int
    node: str
    calculation: int  # 0: of no single one
    kind: str  # status, progress, detail, results, list
    sent: float
    received: float
    status: int  # of HTTP, or one of OUTCOMES
    state: str = ""  # the state it tells, "incomplete" when it tells only that, empty when it tells none
    note: str = ""  # what is wrong with it, or its Retry-After


class Disturbance(NamedTuple):
    """Somebody did something to a node (or, without a node, to all of them) between two times."""
    kind: str  # down, frozen, cut
    node: str
    begin: float
    end: float

    def touches(self, node, begin, end, grace=0.0):
        return self.node in ("", node) and self.begin <= end and begin <= self.end + grace


def outcome(status):
    return OUTCOMES.get(status, str(status))


def write(path, answers, disturbances):
    """One JSON array a line, so that a failed run can be read again, by eye too."""
    with open(path, "w", encoding="utf-8") as out:
        for item in disturbances:
            out.write(json.dumps(["disturbance", *item]) + "\n")
        for item in answers:
            out.write(json.dumps(["answer", *item]) + "\n")


def read(path):
    answers, disturbances = [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            what, *fields = json.loads(line)
            if what == "answer":
                answers.append(Answer(*fields))
            else:
                disturbances.append(Disturbance(*fields))
    return answers, disturbances

"""Reads the histories of all clients and names every answer that breaks a promise.

Times are those of one clock, the clients': an answer was true at some moment between `sent` and `received`. So every rule
below holds whatever the load of the machine that runs the clients.

forward      what a client is told of a calculation by one node never goes back: created, submitted, executing, then one of
             complete, failed, aborted (complete and shared may alternate), then deleted
ends         nobody is told of two different ends of one calculation
bound        when some client received state s from any node at time t, then every answer sent for after t + 2 s, to any
             node, is s or later; a list that leaves the calculation out is as bad
exists       404 is no answer for a calculation that exists; for its results it means "not complete yet", and is held to
             `forward` and `bound` as that state
answers      200, or 503 with Retry-After. A refused or broken connection only from a node that is down, silence only from
             one that is frozen; 504 at most `MOST_TIMEOUTS` times, near a disturbance (those of a node that was frozen while it
             had the request do not count). Anything else is a failure, a body that is not what the route promises too
available    a node that nobody disturbs does not say 503 about a calculation for longer than `LONGEST_REFUSAL`
strict       when asked for, every answer is a 200 (or says that results are not there yet)
"""

from collections import Counter, defaultdict

from history import BROKEN, ENDED, MALFORMED, RANKS, REFUSED, SILENT, outcome

BOUND = 2.0  # seconds of disagreement
LONGEST_REFUSAL = 5.0
MOST_TIMEOUTS = 5
# After a node comes back or a link heals, what was on its way may still fail for so long.
GRACE = 3.0
SAMPLES = 3  # of each rule that is broken, shown in full


def certain_rank(answer):
    """What others must have reached when this was told: "incomplete" says nothing of that kind."""
    return None if answer.state in ("", "incomplete", "missing") else RANKS.get(answer.state)


def allowed_rank(answer):
    """The latest rank that this answer does not contradict."""
    if answer.state == "incomplete":
        return ENDED - 1
    if answer.state == "missing":
        return -1
    return RANKS.get(answer.state)


class Findings:
    def __init__(self):
        self.broken = defaultdict(list)
        self.largest_lag = 0.0
        self.counts, self.excused_timeouts = Counter(), 0

    def add(self, rule, answer, why):
        self.broken[rule].append((answer, why))

    def ok(self):
        return not self.broken

    def lines(self):
        for rule, cases in sorted(self.broken.items()):
            yield f"rule '{rule}' broken {len(cases)} times"
            for answer, why in cases[:SAMPLES]:
                yield f"    {why}: {describe(answer)}" if answer else f"    {why}"


def describe(answer):
    return (f"client {answer.client} of {answer.node}, {answer.kind} of {answer.calculation}, sent {answer.sent:.3f}, received "
            f"{answer.received:.3f}, {outcome(answer.status)} {answer.state} {answer.note}".rstrip())


def check(answers, disturbances=(), strict=False):
    """`answers` in any order; returns Findings."""
    findings = Findings()
    by_calculation, by_client, refusals = defaultdict(list), defaultdict(list), defaultdict(list)
    for answer in sorted(answers, key=lambda answer: answer.received):
        findings.counts[outcome(answer.status)] += 1
        check_status(findings, answer, disturbances, strict)
        if allowed_rank(answer) is not None:
            by_calculation[answer.calculation].append(answer)
            if answer.state != "missing":
                by_client[answer.client, answer.node, answer.calculation].append(answer)
        if answer.kind == "status":
            refusals[answer.node, answer.calculation].append(answer)
    without_outputs = {number for number, told in by_calculation.items() if ended_without_outputs(told)}
    for (_, _, number), told in by_client.items():
        check_forward(findings, without_promises(told, number in without_outputs))
    for number, told in by_calculation.items():
        check_ends(findings, told)
        check_bound(findings, without_promises(told, number in without_outputs))
    for told in refusals.values():
        check_available(findings, told, disturbances)
    timeouts = findings.counts["504"] - findings.excused_timeouts
    if timeouts > MOST_TIMEOUTS:
        findings.add("answers", None, f"504 was answered {timeouts} times, at most {MOST_TIMEOUTS} are excused")
    return findings


def without_promises(told, failed):
    """A calculation that failed never has results, so that 404 for them says nothing about it."""
    return [answer for answer in told if answer.state != "incomplete"] if failed else told


def ended_without_outputs(told):
    return any(answer.state in ("failed", "aborted") for answer in told)


def check_status(findings, answer, disturbances, strict):
    def during(*kinds, node=answer.node):
        return any(item.kind in kinds and item.touches(node, answer.sent, answer.received, GRACE) for item in disturbances)

    def anywhere():
        return any(item.touches(item.node, answer.sent, answer.received, GRACE) for item in disturbances)

    status = answer.status
    if strict and status != 200 and answer.state != "incomplete":
        findings.add("strict", answer, "not a 200")
    elif status == 200:
        if not answer.state and answer.kind in ("status", "progress", "detail"):
            findings.add("answers", answer, "tells no state")
        elif answer.state and answer.state not in RANKS and answer.state not in ("missing", "incomplete"):
            findings.add("answers", answer, "tells a state that does not exist")
    elif status == 503:
        if not answer.note.isdigit():
            findings.add("answers", answer, "503 without Retry-After")
    elif status == 404 and answer.kind == "results":
        pass
    elif status == 404:
        findings.add("exists", answer, "404 for a calculation that exists")
    elif status in (REFUSED, BROKEN):
        if not during("down"):
            findings.add("answers", answer, "from a node that is not down")
    elif status == SILENT:
        if not during("frozen", "down"):
            findings.add("answers", answer, "from a node that is not frozen")
    elif status == 504:
        if during("frozen"):
            findings.excused_timeouts += 1
        elif not anywhere():
            findings.add("answers", answer, "far from any disturbance")
    else:
        findings.add("answers", answer, "malformed" if status == MALFORMED else "not an answer of this service")


def check_forward(findings, told):
    """`told`: what one client heard from one node, in order."""
    reached, before = -1, None
    for answer in told:
        if allowed_rank(answer) < reached:
            findings.add("forward", answer, f"after {before.state} received {before.received:.3f}")
        certain = certain_rank(answer)
        if certain is not None and certain > reached:
            reached, before = certain, answer


def check_ends(findings, told):
    first = None
    for answer in told:
        end = "complete" if answer.state == "shared" else answer.state
        if certain_rank(answer) != ENDED:
            continue
        if first is None:
            first = end
        elif end != first:
            findings.add("ends", answer, f"others were told {first}")


def check_bound(findings, told):
    """`told`: of one calculation, in the order received."""
    first_told = {}
    for answer in told:
        certain = certain_rank(answer)
        if certain is not None:
            for each in range(certain + 1):
                first_told.setdefault(each, answer)
    for answer in told:
        later = first_told.get(allowed_rank(answer) + 1)
        if later is None or answer.sent <= later.received:
            continue
        lag = answer.sent - later.received
        findings.largest_lag = max(findings.largest_lag, lag)
        if lag > BOUND:
            findings.add("bound", answer, f"{lag:.2f} s after {later.state} from {later.node}, received {later.received:.3f}")


def check_available(findings, told, disturbances):
    """`told`: all answers of one node about one calculation, in the order received."""
    since = None
    for answer in told:
        excused = any(item.touches(answer.node, answer.sent, answer.received, GRACE) for item in disturbances)
        if answer.status != 503 or excused:
            since = None
        elif since is None:
            since = answer
        elif answer.received - since.received > LONGEST_REFUSAL:
            findings.add("available", answer, f"nothing but 503 since {since.received:.3f}")
            since = None

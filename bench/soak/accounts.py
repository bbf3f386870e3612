"""What every answer must be, given what was asked before; an answer that fits nothing is an error, and is kept."""

import collections
import time

ENDS = {"complete", "shared", "failed", "aborted"}
RUNNING = {"created", "submitted", "executing"}
TELL_OF_DELETED = {"detail", "progress"}  # with the state "deleted"; status and lists leave it out
KEPT = 20  # errors shown


class Calculation:
    """What the users did to one. A request whose answer was lost in a restart may have worked or not: `maybe`.

    `lag`: seconds until every node knows that it was removed.
    """

    def __init__(self, number, good, lag=0.0):
        self.number, self.good, self.lag = number, good, lag
        self.removed_at = 0.0  # when the answer was here
        self.abort = self.share = self.remove = "no"  # no, maybe, yes
        self.state = "created"
        self.seen_end = False

    def begin(self, what):
        """The request is on its way: from now on its effect may show."""
        if getattr(self, what) == "no":
            setattr(self, what, "maybe")

    def settle(self, what, worked):
        """The answer to the only request of this kind."""
        setattr(self, what, "yes" if worked else "no")
        if what == "remove":
            self.removed_at = time.monotonic()

    def removal_known(self):
        """What every node knows of its removal now."""
        return "maybe" if self.remove == "yes" and time.monotonic() < self.removed_at + self.lag else self.remove

    def ends(self):
        """The states it may come to rest in."""
        ends = {"complete"} if self.good else {"failed"}
        if self.abort != "no":
            ends.add("aborted")
        if self.share != "no":
            ends.add("shared")
        return ends


class Ledger:
    """`lag`: seconds for which two nodes may disagree; none for a single one."""

    def __init__(self, lag=0.0):
        self.lag = lag
        self.calculations, self.counts = {}, collections.Counter()
        self.errors, self.lost_submissions = [], 0

    def add(self, number, good):
        if number in self.calculations:
            self.error("submit", f"id {number} was given twice")
        self.calculations[number] = Calculation(number, good, self.lag)
        return self.calculations[number]

    def note(self, action, answer):
        self.counts[action, answer] += 1

    def error(self, action, text):
        self.note(action, "ERROR")
        self.errors.append(f"{action}: {text}")

    def state(self, calculation, state):
        """A poller was told this."""
        if calculation.remove != "no" and state == "deleted":
            pass
        elif state in calculation.ends():
            calculation.seen_end = True
        elif state not in RUNNING:
            self.error("status", f"calculation {calculation.number} is {state}; it may end as {sorted(calculation.ends())}")
        elif calculation.seen_end:
            self.error("status", f"calculation {calculation.number} had ended and is {state}")
        calculation.state = state

    def existing(self, action, calculation, status, other=(), before=None):
        """Whether the answer to a question about it is one of its kind; True when it was a 200.

        `before`: what was known of its removal when the question was sent.
        """
        allowed = {503, *other}
        if (before or calculation.removal_known()) != "yes" or action in TELL_OF_DELETED:
            allowed.add(200)
        if calculation.remove != "no":
            allowed.add(404)
        if status not in allowed:
            self.error(action, f"{status} for calculation {calculation.number}, removed: {calculation.remove}")
        else:
            self.note(action, str(status))
        return status == 200

    def table(self):
        rows = collections.defaultdict(dict)
        for (action, answer), count in sorted(self.counts.items()):
            rows[action][answer] = count
        return [f"{action:10} " + ", ".join(f"{answer}: {count}" for answer, count in answers.items())
                for action, answers in rows.items()]

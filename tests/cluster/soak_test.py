"""The soak's judgement against invented samples and answers: growth and answers that fit nothing are found, noise is not."""

import os
import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench/soak"))
import samples  # noqa: E402
from accounts import Ledger  # noqa: E402


def flat(rss_mib=lambda at: 50.0, threads=lambda at: 9.0, descriptors=lambda at: 40.0):
    """The verdict on five minutes of such a process, a sample every 5 s."""
    series = samples.Series("node", 0)
    series.rows = [(float(at), {"rss_mib": rss_mib(at), "threads": threads(at), "descriptors": descriptors(at)})
                   for at in range(0, 360, 5)]
    return series.verdict()[1]


class Flatness(unittest.TestCase):
    def test_lets_noise_and_single_peaks_pass(self):
        noise = random.Random(1)
        self.assertTrue(flat(rss_mib=lambda at: 50 + noise.uniform(-5, 5) + (300 if at == 200 else 0)))

    def test_does_not_count_the_warm_up(self):
        self.assertTrue(flat(rss_mib=lambda at: min(at, samples.WARM_UP)))

    def test_finds_what_grows(self):
        self.assertFalse(flat(rss_mib=lambda at: 50 + at * 0.05))
        self.assertFalse(flat(threads=lambda at: 9 + at // 60))
        self.assertFalse(flat(descriptors=lambda at: 40 + at // 20))

    def test_says_when_there_is_too_little_to_say(self):
        series = samples.Series("node", 0)
        series.rows = [(100.0, {"rss_mib": 1.0, "threads": 1.0, "descriptors": 1.0})]
        self.assertIsNone(series.verdict()[1])

    def test_samples_a_process(self):
        now = samples.sample(os.getpid())
        self.assertGreater(now["rss_mib"], 1)
        self.assertGreaterEqual(now["threads"], 1)
        self.assertGreaterEqual(now["descriptors"], 3)
        self.assertIsNone(samples.sample(2**22 + 1))


class Accounts(unittest.TestCase):
    def setUp(self):
        self.ledger = Ledger()
        self.good, self.bad = self.ledger.add(1, True), self.ledger.add(2, False)

    def errors(self, *states, of=None):
        for state in states:
            self.ledger.state(of or self.good, state)
        return len(self.ledger.errors)

    def test_lets_what_was_asked_for_pass(self):
        self.assertEqual(self.errors("created", "executing", "complete"), 0)
        self.assertEqual(self.errors("submitted", "failed", of=self.bad), 0)

    def test_rejects_ends_that_nobody_asked_for(self):
        for state in ("failed", "aborted", "shared", "deleted"):
            self.setUp()
            self.assertEqual(self.errors(state), 1, state)
        self.assertEqual(self.errors("complete", of=self.bad), 2)

    def test_takes_the_end_that_was_asked_for(self):
        self.good.begin("abort")
        self.assertEqual(self.errors("aborted"), 0)

    def test_rejects_a_calculation_that_runs_again_after_its_end(self):
        self.assertEqual(self.errors("complete", "executing"), 1)

    def test_holds_existence_to_what_was_removed(self):
        self.assertTrue(self.ledger.existing("status", self.good, 200))
        self.ledger.existing("status", self.good, 404)
        self.assertEqual(len(self.ledger.errors), 1)
        self.good.begin("remove")
        self.ledger.existing("status", self.good, 200)
        self.ledger.existing("status", self.good, 404)
        self.good.settle("remove", True)
        self.ledger.existing("status", self.good, 404)
        self.assertEqual(len(self.ledger.errors), 1)
        self.ledger.existing("status", self.good, 200)
        self.assertEqual(len(self.ledger.errors), 2)

    def test_lets_other_nodes_hear_of_a_removal_within_their_bound(self):
        for lag, errors in ((60.0, 0), (0.0, 1)):
            ledger = Ledger(lag)
            removed = ledger.add(1, True)
            removed.settle("remove", True)
            ledger.existing("status", removed, 200)
            self.assertEqual(len(ledger.errors), errors)
            ledger.existing("status", removed, 404)
            self.assertEqual(len(ledger.errors), errors)

    def test_rejects_any_other_status(self):
        for status in (500, 504, 400):
            self.ledger.existing("status", self.good, status)
        self.assertEqual(len(self.ledger.errors), 3)

    def test_rejects_an_id_given_twice(self):
        self.ledger.add(1, True)
        self.assertEqual(len(self.ledger.errors), 1)


if __name__ == "__main__":
    sys.exit(unittest.main())

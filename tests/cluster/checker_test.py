"""The checker against invented histories: it lets the honest ones pass and rejects every kind of lie."""

import pathlib
import sys
import tempfile
import unittest

import history
from checker import LONGEST_REFUSAL, MOST_TIMEOUTS, check
from history import BROKEN, MALFORMED, REFUSED, SILENT, Answer, Disturbance


def told(state, sent, node="a", client=1, status=200, calculation=7, kind="status", note="", received=None):
    return Answer(client, node, calculation, kind, sent, sent + 0.01 if received is None else received, status, state, note)


def failed(status, sent, **more):
    return told("", sent, status=status, **more)


DOWN = Disturbance("down", "a", 10.0, 20.0)


class Checker(unittest.TestCase):
    def broken(self, *answers, disturbances=(), **more):
        return sorted(check(answers, disturbances, **more).broken)

    def test_lets_an_honest_history_pass(self):
        states = ["created", "submitted", "submitted", "executing", "executing", "complete", "shared", "complete"]
        self.assertEqual(self.broken(*(told(state, at) for at, state in enumerate(states))), [])

    def test_rejects_a_state_that_goes_back(self):
        for before, after in [("submitted", "created"), ("executing", "submitted"), ("complete", "executing"),
                              ("failed", "executing"), ("executing", "incomplete")]:
            expected = [] if after == "incomplete" else ["forward"]
            self.assertEqual(self.broken(told(before, 1.0), told(after, 1.5)), expected)

    def test_rejects_results_that_vanish_after_complete(self):
        self.assertEqual(self.broken(told("complete", 1.0), told("incomplete", 1.5, status=404, kind="results")), ["forward"])

    def test_counts_each_client_node_and_calculation_for_itself(self):
        self.assertEqual(self.broken(told("executing", 1.0), told("submitted", 1.5, client=2)), [])
        self.assertEqual(self.broken(told("executing", 1.0), told("submitted", 1.5, node="b")), [])
        self.assertEqual(self.broken(told("executing", 1.0), told("created", 9.0, calculation=8)), [])

    def test_orders_by_receipt_and_not_by_the_order_given(self):
        self.assertEqual(self.broken(told("executing", 2.0), told("submitted", 1.0)), [])

    def test_rejects_two_ends(self):
        self.assertEqual(self.broken(told("complete", 1.0), told("failed", 1.1, node="b")), ["ends"])

    def test_rejects_nodes_that_disagree_for_longer_than_the_bound(self):
        self.assertEqual(self.broken(told("complete", 1.0), told("executing", 3.2, node="b")), ["bound"])
        self.assertEqual(self.broken(told("complete", 1.0), told("executing", 2.9, node="b")), [])

    def test_measures_the_bound_from_receipt_to_sending(self):
        late = told("complete", 1.0, received=5.0)
        self.assertEqual(self.broken(late, told("executing", 6.9, node="b")), [])
        self.assertEqual(self.broken(told("complete", 1.0), told("executing", 2.0, node="b", received=40.0)), [])

    def test_holds_a_frozen_node_that_wakes_to_the_bound(self):
        frozen = Disturbance("frozen", "b", 0.0, 30.0)
        self.assertEqual(self.broken(told("complete", 1.0), told("executing", 20.0, node="b", received=30.1),
                                     disturbances=[frozen]), ["bound"])

    def test_reports_the_largest_lag(self):
        findings = check([told("executing", 1.0), told("submitted", 2.5, node="b"), told("created", 1.5, node="b", client=3)])
        self.assertAlmostEqual(findings.largest_lag, 2.5 - 1.01)

    def test_rejects_a_list_that_lacks_a_calculation(self):
        self.assertEqual(self.broken(told("created", 1.0), told("missing", 4.0, node="b", kind="list")), ["bound"])
        self.assertEqual(self.broken(told("created", 1.0), told("missing", 2.0, node="b", kind="list")), [])

    def test_holds_a_list_to_the_same_rules(self):
        self.assertEqual(self.broken(told("executing", 1.0), told("created", 1.5, kind="list")), ["forward"])

    def test_rejects_404_of_what_exists(self):
        self.assertEqual(self.broken(failed(404, 1.0)), ["exists"])
        self.assertEqual(self.broken(told("incomplete", 1.0, status=404, kind="results")), [])

    def test_expects_no_results_of_what_failed(self):
        self.assertEqual(self.broken(told("failed", 1.0), told("incomplete", 1.5, status=404, kind="results")), [])

    def test_holds_404_of_results_to_the_bound(self):
        late = told("incomplete", 3.5, status=404, kind="results", node="b")
        self.assertEqual(self.broken(told("complete", 1.0), late), ["bound"])

    def test_wants_retry_after_with_503(self):
        self.assertEqual(self.broken(failed(503, 1.0, note="1")), [])
        self.assertEqual(self.broken(failed(503, 1.0)), ["answers"])
        self.assertEqual(self.broken(failed(503, 1.0, note="soon")), ["answers"])

    def test_rejects_a_node_that_only_refuses(self):
        refusing = [failed(503, at, note="1") for at in range(int(LONGEST_REFUSAL) + 3)]
        self.assertEqual(self.broken(*refusing), ["available"])
        self.assertEqual(self.broken(*refusing, disturbances=[Disturbance("cut", "", 0.0, 10.0)]), [])
        self.assertEqual(self.broken(*refusing, disturbances=[Disturbance("cut", "b", 0.0, 10.0)]), ["available"])

    def test_knows_a_refusal_that_is_interrupted_by_answers(self):
        mixed = [failed(503, at, note="1") if at % 2 else told("executing", at) for at in range(20)]
        self.assertEqual(self.broken(*mixed), [])

    def test_excuses_connections_only_of_a_node_that_is_down(self):
        for status in (REFUSED, BROKEN):
            self.assertEqual(self.broken(failed(status, 15.0), disturbances=[DOWN]), [])
            self.assertEqual(self.broken(failed(status, 15.0, node="b"), disturbances=[DOWN]), ["answers"])
            self.assertEqual(self.broken(failed(status, 5.0), disturbances=[DOWN]), ["answers"])
            self.assertEqual(self.broken(failed(status, 25.0), disturbances=[DOWN]), ["answers"])
            self.assertEqual(self.broken(failed(status, 15.0), disturbances=[DOWN._replace(kind="cut")]), ["answers"])

    def test_excuses_silence_only_of_a_node_that_is_frozen(self):
        frozen = DOWN._replace(kind="frozen")
        self.assertEqual(self.broken(failed(SILENT, 8.0, received=12.0), disturbances=[frozen]), [])
        self.assertEqual(self.broken(failed(SILENT, 8.0, received=12.0, node="b"), disturbances=[frozen]), ["answers"])

    def test_rejects_what_is_no_answer_of_the_service(self):
        for status in (500, 502, 400, 302, MALFORMED):
            self.assertEqual(self.broken(failed(status, 15.0), disturbances=[DOWN]), ["answers"])

    def test_rejects_a_200_without_a_state(self):
        self.assertEqual(self.broken(told("", 1.0)), ["answers"])
        self.assertEqual(self.broken(told("running", 1.0)), ["answers"])
        self.assertEqual(self.broken(told("", 1.0, kind="results")), [])

    def test_excuses_few_504_and_only_near_a_disturbance(self):
        few = [failed(504, 15.0 + at / 10, node="b") for at in range(MOST_TIMEOUTS)]
        self.assertEqual(self.broken(*few, disturbances=[DOWN]), [])
        self.assertEqual(self.broken(*few, failed(504, 16.0), disturbances=[DOWN]), ["answers"])
        self.assertEqual(self.broken(failed(504, 1.0), disturbances=[DOWN]), ["answers"])

    def test_does_not_count_504_of_a_node_that_was_frozen(self):
        many = [failed(504, 15.0 + at / 10) for at in range(2 * MOST_TIMEOUTS)]
        self.assertEqual(self.broken(*many, disturbances=[DOWN._replace(kind="frozen")]), [])
        self.assertEqual(self.broken(*many, disturbances=[DOWN._replace(kind="frozen", node="b")]), ["answers"])

    def test_takes_nothing_but_200_when_strict(self):
        self.assertEqual(self.broken(failed(503, 1.0, note="1"), strict=True), ["strict"])
        self.assertEqual(self.broken(failed(BROKEN, 15.0), disturbances=[DOWN], strict=True), ["strict"])
        self.assertEqual(self.broken(told("executing", 1.0), strict=True), [])
        self.assertEqual(self.broken(told("incomplete", 1.0, status=404, kind="results"), strict=True), [])

    def test_describes_what_it_found(self):
        lines = "\n".join(check([told("executing", 1.0), told("created", 1.5)]).lines())
        self.assertIn("after executing received 1.010: client 1 of a, status of 7, sent 1.500", lines)

    def test_a_history_survives_its_file(self):
        answers = [told("executing", 1.0), failed(SILENT, 2.0)]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "history"
            history.write(path, answers, [DOWN])
            self.assertEqual(history.read(path), (answers, [DOWN]))


if __name__ == "__main__":
    sys.exit(unittest.main())

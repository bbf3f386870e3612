#!/usr/bin/env python3
"""Streams and long polls during a calculation: everybody sees every state, once and in order."""

import argparse
import asyncio
import http.client
import http.server
import json
import pathlib
import tempfile
import threading
import time
import unittest
import urllib.parse
import urllib.request

from listeners import ENDLESS, PATIENCE, Listener, Poller, Server, area_job

OPTIONS = argparse.Namespace()
CLIENTS = 200
STATES = [(2, "submitted", ""), (3, "executing", "pre_executing"), (4, "executing", "executing"),
          (5, "executing", "post_processing"), (6, "complete", "")]


def states_of(listener):
    return [(number, state["status"], state["phase"]) for number, state in listener.of("state")]


class Hook(http.server.BaseHTTPRequestHandler):
    """Keeps what it is told; the first time it does not want to hear."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = self.server.told
        told.append((self.path, dict(self.headers), body))
        first = [path for path, _, _ in told].count(self.path) == 1 and self.path == "/again"
        self.send_response(503 if first else 204)
        self.end_headers()

    def log_message(self, *_):
        pass


class PushTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.server = Server(OPTIONS.program, self.folder.name,
                             ["--notify-private", "--notify-secret", "key", "--grace", "20"])
        self.addCleanup(self.server.stop)

    def waiting_calculation(self):
        """One that begins when the one before it is aborted: (its id, what is to be aborted)"""
        before = self.server.submit(area_job(**ENDLESS))
        return self.server.submit(area_job()), before

    async def together(self, clients, before):
        """Runs them all; the calculation begins when all wait."""
        tasks = [asyncio.create_task(client.run()) for client in clients]
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(client.connected.wait() for client in clients))
            await asyncio.sleep(0.5)
            await asyncio.to_thread(self.server.abort, before)
            await asyncio.gather(*tasks)

    def test_every_client_sees_every_state_once_and_in_order(self):
        calculation, before = self.waiting_calculation()
        streams = [Listener(self.server.port, f"/v1/calc/{calculation}/events") for _ in range(CLIENTS)]
        polls = [Poller(self.server.port, f"/v1/calc/{calculation}/status") for _ in range(CLIENTS)]
        threads = self.server.threads()
        asyncio.run(self.together(streams + polls, before))
        self.assertLessEqual(self.server.threads(), threads + 2, "a waiting client costs no thread")
        for stream in streams:
            self.assertEqual(states_of(stream), [(1, "created", "")] + STATES)
            self.assertEqual(stream.events[-1][1], "end")
        for poll in polls:
            self.assertEqual(poll.seen, STATES)
            self.assertLess(poll.asked, 40, "who waits does not ask all the time")

    def test_whoever_knows_an_answer_is_not_told_again(self):
        calculation, before = self.waiting_calculation()
        asyncio.run(self.together([Listener(self.server.port, f"/v1/calc/{calculation}/events")], before))
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port)

        def get(path, **headers):
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer

        of_one, hazard = f"/v1/calc/{calculation}", f"/v1/calc/hazard/{calculation}"
        for path in (of_one, of_one + "/status", of_one + "/results", of_one + "/result/list", of_one + "/oqparam",
                     of_one + "/traceback", "/v1/calc/list", "/v1/calc/list?limit=1", "/v1/calc/hazard",
                     "/v1/calc/risk", hazard, hazard + "/results"):
            first = get(path)
            self.assertEqual((first.status, path), (200, path))
            self.assertGreater(int(first.headers["X-Revision"]), 0, path)
            self.assertIn("X-Revision", first.headers["Access-Control-Expose-Headers"])
            again = get(path, **{"If-None-Match": first.headers["ETag"]})
            self.assertEqual((again.status, path), (304, path))
            self.assertEqual(again.headers["ETag"], first.headers["ETag"])

    def test_pages_of_the_list_point_at_each_other(self):
        for _ in range(3):
            self.server.submit(area_job(**ENDLESS))
        seen, path = [], "/v1/calc/list?limit=1&is_running=true"
        while path:
            with urllib.request.urlopen(self.server.base + path) as answer:
                seen += [item["id"] for item in json.load(answer)]
                self.assertEqual(answer.headers["X-Total-Count"], "3")
                links = dict(reversed(link.split("; rel=")) for link in answer.headers["Link"].split(", "))
            path = links.get('"next"', "").strip("<>").removeprefix(self.server.base)
        self.assertEqual(seen, [3, 2, 1])

    def test_progress_grows(self):
        calculation, before = self.waiting_calculation()
        stream = Listener(self.server.port, f"/v1/calc/{calculation}/events")
        asyncio.run(self.together([stream], before))
        progress = [told["progress"] for _, told in stream.of("progress")]
        self.assertEqual(progress, sorted(progress))
        self.assertEqual(states_of(stream)[-1], STATES[-1])
        status = self.server.request(f"/v1/calc/{calculation}/status")
        self.assertEqual((status["phase"], status["progress"], status["seconds_left"]), ("", 1.0, None))

    def test_the_log_comes_row_by_row(self):
        calculation, before = self.waiting_calculation()
        logs = [Listener(self.server.port, f"/v1/calc/{calculation}/log/events") for _ in range(20)]
        asyncio.run(self.together(logs, before))
        rows = self.server.request(f"/v1/calc/{calculation}/log/0:0")
        for log in logs:
            self.assertEqual(log.of("log"), list(enumerate(rows, 1)))
        again = Listener(self.server.port, f"/v1/calc/{calculation}/log/events", len(rows) - 2)
        asyncio.run(again.run())
        self.assertEqual(again.of("log"), list(enumerate(rows, 1))[-2:])

    def test_a_list_is_told_of_every_change(self):
        calculation, before = self.waiting_calculation()
        lists = [Listener(self.server.port, "/v1/calc/events") for _ in range(20)]

        async def follow():
            done = lambda name, data: name == "calculation" and '"complete"' in data  # noqa: E731
            tasks = [asyncio.create_task(one.run(done)) for one in lists]
            await asyncio.gather(*(one.connected.wait() for one in lists))
            await asyncio.to_thread(self.server.abort, before)
            await asyncio.wait_for(asyncio.gather(*tasks), PATIENCE)

        asyncio.run(follow())
        for one in lists:
            told = [state for _, state in one.of("calculation")]
            revisions = [state["revision"] for state in told if state["id"] == calculation]
            # The list may hear of being created and submitted a moment before or after the client did.
            self.assertLessEqual(revisions[0], 3)
            self.assertEqual(revisions, list(range(revisions[0], 7)))
            self.assertIn("aborted", [state["status"] for state in told if state["id"] == before])
            ids = [int(number) for number, _, _ in one.events]
            self.assertEqual(ids, sorted(set(ids)))
        resumed = Listener(self.server.port, "/v1/calc/events", lists[0].events[-2][0])
        asyncio.run(resumed.run(lambda name, data: name == "calculation"))
        self.assertEqual(resumed.events, lists[0].events[-1:])

    def test_who_comes_back_goes_on_where_it_was(self):
        calculation, before = self.waiting_calculation()
        asyncio.run(self.together([Listener(self.server.port, f"/v1/calc/{calculation}/events")], before))
        back = Listener(self.server.port, f"/v1/calc/{calculation}/events", 4)
        asyncio.run(back.run())
        self.assertEqual(states_of(back), STATES[3:])
        done = Listener(self.server.port, f"/v1/calc/{calculation}/events", 6)
        asyncio.run(done.run())
        self.assertEqual(done.status, 204, "there is nothing more to come for")

    def test_an_unknown_calculation_is_not_found(self):
        for path in ("/v1/calc/77/events", "/v1/calc/77/log/events"):
            listener = Listener(self.server.port, path)
            asyncio.run(listener.run())
            self.assertEqual(listener.status, 404)

    def test_stopping_lets_everybody_go(self):
        calculation, _ = self.waiting_calculation()
        streams = [Listener(self.server.port, f"/v1/calc/{calculation}/events"),
                   Listener(self.server.port, "/v1/calc/events")]
        poll = Poller(self.server.port, f"/v1/calc/{calculation}/status", since=2)

        async def stop_meanwhile():
            tasks = [asyncio.create_task(one.run()) for one in streams]
            reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
            tasks.append(asyncio.create_task(poll.ask(reader, writer)))
            await asyncio.gather(*(one.connected.wait() for one in streams))
            await asyncio.sleep(0.5)
            self.server.process.terminate()
            await asyncio.wait_for(asyncio.gather(*tasks), 20)
            return tasks[-1].result()

        revision, state = asyncio.run(stop_meanwhile())
        self.assertEqual((revision, state["status"]), (2, "submitted"))
        for one in streams:
            self.assertEqual(one.events[-1][1:], ("end", '{"reason": "the server is stopping"}'))
        self.assertEqual(self.server.process.wait(30), 0)

    def test_who_asked_is_told_the_end(self):
        hook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        hook.told = []
        self.addCleanup(hook.server_close)
        threading.Thread(target=hook.serve_forever, daemon=True).start()
        self.addCleanup(hook.shutdown)
        there = f"http://127.0.0.1:{hook.server_port}"
        calculation = self.server.submit(area_job(), [
            ("notify_to", there + "/again"), ("callback_url", there + "/2013"), ("foreign_calculation_id", "42")])
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and sum(path == "/again" for path, _, _ in hook.told) < 2:
            time.sleep(0.1)
        webhook = [(headers, json.loads(body)) for path, headers, body in hook.told if path == "/again"]
        self.assertEqual(len(webhook), 2, "once more after it was refused")
        headers, body = webhook[-1]
        self.assertEqual((body["job_id"], body["status"], body["error"]), (calculation, "complete", ""))
        self.assertTrue(headers["X-OQ-Signature"].startswith("sha256="))
        forms = [dict(urllib.parse.parse_qsl(body)) for path, _, body in hook.told if path == "/2013"]
        self.assertEqual(forms[0], {"status": "started", "engine_id": str(calculation), "foreign_calculation_id": "42"})
        self.assertEqual(forms[-1]["status"], "complete")

    def test_an_address_that_is_none_is_refused(self):
        with self.assertRaises(Exception) as refused:
            self.server.submit(area_job(), [("notify_to", "file:///etc/passwd")])
        self.assertEqual(refused.exception.code, 400)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=pathlib.Path, required=True)
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=["push_test", *rest])

#!/usr/bin/env python3
"""What the pages and scripts of the web platform ask, and the traps that they would fall into."""

import argparse
import re
import sys
import unittest
from collections import Counter

import live

OPTIONS = argparse.Namespace()


class WebPlatform(unittest.TestCase):
    """One server; each test brings the calculations that it changes."""

    @classmethod
    def setUpClass(cls):
        cls.server = live.Server(OPTIONS.program)
        cls.calculation = cls.server.run(live.zipped(live.quick_job()))
        cls.server.wait(cls.calculation)

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def path(self, rest=""):
        return f"/v1/calc/{self.calculation}{rest}"

    def test_one_calculation_has_three_different_views(self):
        views = [self.server.get(target).json for target in (self.path(), self.path("/status"),
                                                             f"/v1/calc/hazard/{self.calculation}")]

        self.assertEqual([("user_name" in view, "owner" in view, "no_progress_timeout" in view) for view in views],
                         [(True, False, False), (False, True, False), (False, False, True)])

    def test_stop_time_is_the_word_none_while_it_runs(self):
        running = self.server.run(live.zipped(live.long_job()))
        self.server.wait(running, "executing")
        detail = self.server.get(f"/v1/calc/{running}").json
        self.server.post(f"/v1/calc/{running}/abort")
        self.server.wait(running)

        self.assertEqual(detail["stop_time"], "None")

    def test_zero_as_the_last_row_means_to_the_end(self):
        rows = self.server.get(self.path("/log/0:")).json

        self.assertEqual(self.server.get(self.path("/log/0:0")).json, rows)
        self.assertEqual(self.server.get(self.path("/log/:")).json, rows)

    def test_rows_end_before_the_last_and_a_range_backwards_is_empty(self):
        rows = self.server.get(self.path("/log/0:")).json

        self.assertEqual(self.server.get(self.path("/log/0:1")).json, rows[:1])
        self.assertEqual(self.server.get(self.path("/log/1:3")).json, rows[1:3])
        self.assertEqual(self.server.get(self.path("/log/3:1")).json, [])

    def test_the_size_of_a_log_is_a_bare_number(self):
        self.assertEqual(self.server.get(self.path("/log/size")).json, len(self.server.get(self.path("/log/:")).json))

    def test_a_viewer_of_the_log_reads_ten_rows_at_a_time(self):
        start, rows = 0, []
        while True:
            page = self.server.get(self.path(f"/log/{start}:{start + 10}")).json
            if not page:
                break
            rows += page
            start += len(page)

        self.assertEqual(rows, self.server.get(self.path("/log/:")).json)

    def test_the_form_of_the_page_sends_fields_that_mean_nothing(self):
        reply = self.server.upload("/v1/calc/run", ("archive", "job.zip", live.zipped(live.quick_job())),
                                   ("hazard_job_id", ""), ("database", "x"), ("csrfmiddlewaretoken", "y"))

        self.assertEqual(reply.json["status"], "created")
        self.server.wait(reply.json["job_id"])

    def test_a_failed_submission_is_an_object_that_names_the_failed_calculation(self):
        reply = self.server.upload("/v1/calc/run", ("archive", "job.zip", live.zipped({"readme": "x"})))

        self.assertEqual(reply.status, 500)
        self.assertEqual(reply.json.keys(), {"traceback", "job_id"})
        self.assertEqual(self.server.get(f"/v1/calc/{reply.json['job_id']}/status").json["status"], "failed")
        rows = self.server.get(f"/v1/calc/{reply.json['job_id']}/log/:").json
        self.assertIn("CRITICAL", [row[1] for row in rows])

    def test_errors_of_abort_are_200_and_those_of_remove_403(self):
        self.assertEqual(self.server.post("/v1/calc/999999/abort").status, 200)
        self.assertEqual(self.server.post(self.path("/abort")).status, 200)
        self.assertEqual(self.server.post("/v1/calc/999999/remove").status, 403)

    def test_a_hazard_with_dependants_is_not_removed(self):
        risk = self.server.run(live.zipped(live.demo("hazard_risk")), hazard_job_id=self.calculation, job_ini="job_risk.ini")
        self.server.wait(risk)

        refused = self.server.post(self.path("/remove"))

        self.assertEqual(refused.status, 403)
        self.assertIn(str(risk), refused.json["error"])
        self.assertEqual(self.server.post(f"/v1/calc/{risk}/remove").status, 200)

    def test_is_running_is_a_truth_value_in_lists_and_status(self):
        for view in (self.server.get(self.path("/status")).json, *self.server.get("/v1/calc/list").json):
            self.assertIsInstance(view["is_running"], bool)

    def test_a_start_time_cannot_carry_sql(self):
        for text in ("2026' OR '1'='1", "2026;DROP TABLE calculation", "%27"):
            reply = self.server.get("/v1/calc/list?start_time=" + live.urllib.parse.quote(text))
            self.assertEqual(reply.status, 400, text)
        self.assertEqual(self.server.get(self.path("/status")).status, 200)

    def test_a_shared_calculation_obeys_the_filters(self):
        self.server.post(self.path("/share"))
        listed = self.server.get("/v1/calc/list?calculation_mode=scenario").json
        running = self.server.get("/v1/calc/list?is_running=true").json
        self.server.post(self.path("/unshare"))

        self.assertEqual(listed, [])
        self.assertEqual(running, [])

    def test_a_head_is_as_the_get_without_its_body(self):
        for target in (self.path("/status"), "/v1/calc/list", self.path("/datastore"), "/v1/engine_version", "/engine/"):
            head, get = self.server.ask("HEAD", target), self.server.get(target)
            self.assertEqual((head.status, head.body), (200, b""), target)
            self.assertEqual(head.header("content-length"), get.header("content-length"), target)
            self.assertEqual(head.header("content-type"), get.header("content-type"), target)

    def test_options_are_answered_everywhere_for_other_origins(self):
        for target in ("/v1/calc/list", "/v1/calc/run", self.path("/abort"), "/v1/valid/", "/v1/calc/hazard"):
            reply = self.server.ask("OPTIONS", target)
            self.assertEqual(reply.status, 200, target)
            self.assertEqual(reply.header("access-control-allow-methods"), "GET, POST, OPTIONS", target)

    def test_valid_is_found_with_and_without_its_slash(self):
        for target in ("/v1/valid/", "/v1/valid", "/v1/valid/anything"):
            self.assertEqual(self.server.form(target, xml_text="<nrml><a/></nrml>").json["valid"], True, target)

    def test_pictures_and_tags_that_nobody_makes_are_refused_as_the_old_server_does(self):
        self.assertEqual(self.server.get(self.path("/download_png/hmap-PGA(0.1).png")).status, 500)
        self.assertEqual(self.server.get(self.path("/aggrisk_tags")).status, 400)
        self.assertEqual(self.server.get("/v1/calc/999999/download_png/x").status, 404)
        self.assertEqual(self.server.get("/v1/calc/999999/aggrisk_tags").status, 404)

    def test_the_inputs_come_back_as_a_zip(self):
        reply = self.server.get(self.path("/job_zip"))

        self.assertEqual(reply.status, 200)
        with live.zipfile.ZipFile(live.io.BytesIO(reply.body)) as archive:
            self.assertIn("job_hazard.ini", [name.rsplit("/", 1)[-1] for name in archive.namelist()])

    def test_a_result_is_found_below_its_calculation(self):
        output = self.server.get(self.path("/results")).json[0]
        kind = output["outtypes"][0]

        reply = self.server.get(self.path(f"/result/{output['id']}?export_type={kind}"))

        self.assertEqual(reply.body, self.server.get(f"/v1/calc/result/{output['id']}?export_type={kind}").body)

    def test_files_of_the_server_are_closed_until_a_folder_is_opened(self):
        self.assertEqual(self.server.form("/v1/calc/validate_ini", job_ini="/etc/passwd").status, 403)
        self.assertEqual(self.server.form("/v1/calc/run_ini", job_ini="/etc/passwd").status, 500)

    def test_numbers_tell_an_answer_that_was_not_needed_from_one_that_was(self):
        before = self.answers_of("/v1/calc/:id/oqparam"), self.answers_of("/v1/calc/:id/datastore")
        for rest in ("/oqparam", "/datastore"):
            tag = self.server.get(self.path(rest)).header("etag")
            self.assertEqual(self.server.get(self.path(rest), {"If-None-Match": tag}).status, 304)
        self.assertEqual(self.server.get(self.path("/datastore"), {"Range": "bytes=0-7"}).status, 206)
        after = self.answers_of("/v1/calc/:id/oqparam"), self.answers_of("/v1/calc/:id/datastore")

        self.assertEqual(after[0] - before[0], Counter({"200": 1, "304": 1}))
        self.assertEqual(after[1] - before[1], Counter({"200": 1, "304": 1, "206": 1}))
        numbers = self.server.get("/metrics").text
        for name in ("oq_http_request_seconds_bucket", "oq_calculations", "oq_calculations_ended_total", "oq_queue_waiting",
                     "oq_tasks_done_total", "oq_cache_requests_total", "oq_store_up", "oq_store_write_seconds_count"):
            self.assertRegex(numbers, f"(?m)^{name}[ {{]")

    def answers_of(self, route):
        rows = re.findall(rf'(?m)^oq_http_requests_total{{route="{route}",status="(\d+)"}} (\d+)$', self.server.get("/metrics").text)
        return Counter({status: int(count) for status, count in rows})

    def test_pages_ask_nobody_else(self):
        for target in ("/engine/", f"/engine/{self.calculation}/outputs", "/engine/license", "/docs", "/engine/style.css"):
            reply = self.server.get(target)
            self.assertEqual(reply.status, 200, target)
            self.assertNotRegex(reply.text, r"""(src|href)=["'](https?:)?//""", target)


class OpenFolder(unittest.TestCase):
    """--client-files."""

    def test_a_job_in_the_open_folder_runs_where_it_lies(self):
        with live.tempfile.TemporaryDirectory() as folder:
            for name, text in live.quick_job().items():
                (live.pathlib.Path(folder) / name).write_text(text)
            ini = live.pathlib.Path(folder) / "job_hazard.ini"
            with live.Server(OPTIONS.program, "--client-files", folder) as server:
                self.assertTrue(server.form("/v1/calc/validate_ini", job_ini=ini).json["valid"])
                self.assertEqual(server.form("/v1/calc/validate_ini", job_ini="/etc/passwd").status, 403)
                checksum = live.zlib.adler32(ini.read_bytes()[:32])
                self.assertEqual(server.form("/v1/on_same_fs", filename=ini, checksum=checksum).json, {"success": True})

                reply = server.form("/v1/calc/run_ini", job_ini=ini)

                self.assertEqual(reply.json["status"], "created", reply)
                self.assertEqual(server.wait(reply.json["job_id"]), "complete")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.parse_known_args(namespace=OPTIONS)
    unittest.main(argv=[sys.argv[0]], verbosity=1)

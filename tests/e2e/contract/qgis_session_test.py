#!/usr/bin/env python3
"""What the QGIS plugin does with a server, in its order, and each thing that would break it."""

import argparse
import io
import json
import sys
import unittest
import zipfile

import live

OPTIONS = argparse.Namespace()
RESULT_KEYS = {"id", "name", "type", "outtypes", "url", "size_mb"}


class QgisSession(unittest.TestCase):
    """One calculation from connecting to removing; tests only read it."""

    @classmethod
    def setUpClass(cls):
        cls.server = live.Server(OPTIONS.program)
        # The plugin packs its files with the folders that they are in.
        cls.calculation = int(cls.server.run(live.zipped(live.demo("hazard_area"), "/home/user/project/"),
                                             job_ini="job.ini"))
        cls.log = cls.follow()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    @classmethod
    def follow(cls):
        """The console: rows from where it is, again and again, until the calculation has ended."""
        seen = []
        while True:
            ended = cls.status()["status"] in ("complete", "failed", "shared")
            seen += cls.server.get(f"/v1/calc/{cls.calculation}/log/{len(seen)}:").json
            if ended:
                return seen

    @classmethod
    def status(cls):
        return cls.server.get(f"/v1/calc/{cls.calculation}/status").json

    def outputs(self):
        return self.server.get(f"/v1/calc/{self.calculation}/results").json

    def test_connecting_needs_a_version_whose_parts_are_numbers(self):
        reply = self.server.get("/v1/engine_version")

        self.assertEqual(reply.status, 200)
        for part in reply.text.split("-")[0].split("."):
            int(part)

    def test_the_login_probe_is_neither_refused_nor_sent_elsewhere(self):
        self.assertNotIn(self.server.get("/v1/engine_version").status, (301, 302, 403))

    def test_the_list_has_what_its_table_reads(self):
        calculations = self.server.get("/v1/calc/list?relevant=true").json

        mine = next(c for c in calculations if c["id"] == self.calculation)
        for key in ("description", "id", "calculation_mode", "owner", "status", "is_running", "size_mb"):
            self.assertIn(key, mine)
        self.assertTrue(mine["owner"].rsplit("@", 1)[0])
        self.assertIsInstance(mine["is_running"], bool)

    def test_a_status_names_state_and_mode(self):
        self.assertEqual(self.status()["status"], "complete")
        self.assertEqual(self.status()["calculation_mode"], "classical")

    def test_an_unknown_calculation_is_not_found(self):
        self.assertEqual(self.server.get("/v1/calc/999999/status").status, 404)

    def test_cells_of_the_log_are_texts_and_rows_stay_where_they_are(self):
        whole = self.server.get(f"/v1/calc/{self.calculation}/log/0:").json

        self.assertEqual(self.log, whole)
        self.assertGreater(len(whole), 2)
        for row in whole:
            self.assertEqual(len(row), 4)
            ",".join(row)
            self.assertEqual(len(row[0]), 22)

    def test_outputs_have_exactly_the_known_members(self):
        for output in self.outputs():
            self.assertEqual(output.keys(), RESULT_KEYS)
            self.assertIsInstance(output["name"], str)

    def test_every_output_is_downloaded_in_every_type(self):
        for output in self.outputs():
            for kind in output["outtypes"]:
                with self.subTest(f"{output['type']} as {kind}"):
                    reply = self.server.get(f"/v1/calc/result/{output['id']}?export_type={kind}&dload=true")
                    self.assertEqual(reply.status, 200)
                    self.assert_usable_name(reply)
                    self.assertEqual(int(reply.header("content-length")), len(reply.body))
                    self.assertGreater(len(reply.body), 0)

    def assert_usable_name(self, reply):
        """The client takes what follows filename= for the name of a file."""
        name = reply.header("content-disposition").split("filename=")[1]
        self.assertRegex(name, r"\A[\w.()~-]+\Z")
        if name.endswith(".zip"):
            self.assertIsNone(zipfile.ZipFile(io.BytesIO(reply.body)).testzip())

    def test_the_datastore_is_downloaded_under_its_name(self):
        reply = self.server.get(f"/v1/calc/{self.calculation}/datastore")

        self.assert_usable_name(reply)
        self.assertTrue(reply.body.startswith(b"\x89HDF\r\n"))
        self.assertEqual(int(reply.header("content-length")), len(reply.body))

    def test_parameters_come_as_an_npz_with_json_inside(self):
        if "/v1/calc/{id}/extract/{what}" not in self.server.get("/openapi.json").json["paths"]:
            self.skipTest("there is no extract here")
        try:
            import numpy
        except ImportError:
            self.skipTest("SKIPPED: python3-numpy is not installed")

        reply = self.server.get(f"/v1/calc/{self.calculation}/extract/oqparam")

        self.assertEqual(reply.status, 200)
        with numpy.load(io.BytesIO(reply.body), allow_pickle=False) as members:
            parameters = json.loads(bytes(members["json"]))
        self.assertEqual(parameters["calculation_mode"], "classical")
        self.assertNotIn(None, parameters.values())

    def test_a_submission_that_fails_shows_why(self):
        reply = self.server.upload("/v1/calc/run", ("archive", "a.zip", b"not a zip"))

        self.assertEqual(reply.status, 500)
        self.assertTrue(reply.text)
        self.assertIn("job_id", reply.json)

    def test_abort_and_remove_are_answered_in_json_whatever_happens(self):
        for target in ("/v1/calc/999999/abort", "/v1/calc/999999/remove", f"/v1/calc/{self.calculation}/abort"):
            reply = self.server.post(target)
            self.assertEqual(len(reply.json), 1, target)
            self.assertIn("error", reply.json, target)
        self.assertEqual(self.server.post("/v1/calc/999999/remove").status, 403)
        self.assertEqual(self.server.post("/v1/calc/999999/abort").status, 200)

    def test_a_running_calculation_is_aborted_removed_and_gone(self):
        running = self.server.run(live.zipped(live.long_job()))
        self.server.wait(running, "executing")

        self.assertTrue(self.server.post(f"/v1/calc/{running}/abort").status == 200)
        self.assertEqual(self.server.wait(running), "aborted")
        self.assertTrue(self.server.post(f"/v1/calc/{running}/remove").status == 200)

        listed = [c["id"] for c in self.server.get("/v1/calc/list?relevant=true").json]
        self.assertNotIn(running, listed)
        self.assertEqual(self.server.get(f"/v1/calc/{running}/status").status, 404)

    def test_a_file_of_the_client_is_not_taken_for_one_here(self):
        reply = self.server.form("/v1/on_same_fs", filename="/etc/passwd", checksum="1")

        self.assertEqual(reply.json, {"success": False})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.parse_known_args(namespace=OPTIONS)
    unittest.main(argv=[sys.argv[0]], verbosity=1)

#!/usr/bin/env python3
"""Clients of 2013: hazard and risk in two runs, each spelling of their forms, and the strict vocabulary."""

import argparse
import sys
import unittest

import live
from shapes import mismatch

OPTIONS = argparse.Namespace()
JOB = live.demo("hazard_risk")
ITEM = {"description": "str", "id": "int", "status": "str", "url": "str"}
OUTPUT = {"id": "int", "name": "str", "type": "str", "url": "str"}


def hazard_files(field="job_config"):
    names = ["source_model_logic_tree.xml", "gsim_logic_tree.xml", "source_model.xml"]
    models = [(f"input_model_{i}", name, JOB[name].encode()) for i, name in enumerate(names, 1)]
    return [(field, "job_hazard.ini", JOB["job_hazard.ini"].encode()), *models]


def risk_files():
    names = ["exposure_model.xml", "vulnerability_model.xml"]
    models = [(f"input_model_{i}", name, JOB[name].encode()) for i, name in enumerate(names, 1)]
    return [("job_config", "job_risk.ini", JOB["job_risk.ini"].encode()), *models]


class FoundingSession(unittest.TestCase):
    """One hazard and one risk calculation; tests only read them."""

    @classmethod
    def setUpClass(cls):
        cls.server = live.Server(OPTIONS.program)
        cls.run_reply = cls.server.upload("/v1/calc/hazard/run", *hazard_files())
        cls.hazard = cls.run_reply.json["id"]
        cls.wait("hazard", cls.hazard)
        cls.risk = cls.start_risk(hazard_calc=cls.hazard).json["id"]
        cls.wait("risk", cls.risk)

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    @classmethod
    def start_risk(cls, **fields):
        return cls.server.upload("/v1/calc/risk/run", *risk_files(), *fields.items())

    @classmethod
    def wait(cls, kind, calculation):
        """As a client of 2013 does: it knows the word for the end and no other."""
        live_wait = cls.server.wait(calculation)
        assert live_wait == "complete", cls.server.get(f"/v1/calc/{calculation}/traceback").text
        assert cls.server.get(f"/v1/calc/{kind}/{calculation}").json["status"] == "complete"

    def first_output(self, kind, calculation):
        return self.server.get(f"/v1/calc/{kind}/{calculation}/results").json[0]

    def test_run_answers_the_parameters_and_where_they_are(self):
        self.assertEqual(self.run_reply.status, 200)
        self.assertEqual(self.run_reply.header("location"), f"/v1/calc/hazard/{self.hazard}")
        self.assertEqual(self.run_reply.json["calculation_mode"], "classical")

    def test_lists_have_four_members_and_lead_to_their_details(self):
        for kind, calculation in (("hazard", self.hazard), ("risk", self.risk)):
            items = self.server.get(f"/v1/calc/{kind}").json
            self.assertIsNone(mismatch([ITEM], items, {}))
            mine = next(item for item in items if item["id"] == calculation)
            self.assertEqual(mine["url"], f"{self.server.base}/v1/calc/{kind}/{calculation}")
            self.assertEqual(self.server.get(mine["url"].removeprefix(self.server.base)).json["id"], calculation)

    def test_links_begin_with_the_host_that_the_client_called(self):
        reply = self.server.get("/v1/calc/hazard", {"Host": "hazard.example:8000"})

        self.assertTrue(reply.json[0]["url"].startswith("http://hazard.example:8000/v1/calc/hazard/"))

    def test_a_risk_calculation_shows_its_hazard_and_its_defaults(self):
        detail = self.server.get(f"/v1/calc/risk/{self.risk}").json

        self.assertEqual(detail["hazard_calculation"], self.hazard)
        self.assertEqual(detail["calculation_mode"], "classical")
        self.assertEqual((detail["loss_curve_resolution"], detail["insured_losses"]), (50, False))
        self.assertEqual(detail["region_constraint"]["coordinates"][0][0], detail["region_constraint"]["coordinates"][0][-1])

    def test_the_two_kinds_do_not_mix(self):
        for target in (f"/v1/calc/risk/{self.hazard}", f"/v1/calc/hazard/{self.risk}"):
            reply = self.server.get(target)
            self.assertEqual((reply.status, reply.body), (404, b""))

    def test_results_are_downloaded_as_xml_without_asking(self):
        for kind, calculation in (("hazard", self.hazard), ("risk", self.risk)):
            outputs = self.server.get(f"/v1/calc/{kind}/{calculation}/results").json
            self.assertIsNone(mismatch([OUTPUT], outputs, {}))
            curves = next(output for output in outputs if "curves" in output["type"])
            reply = self.server.get(curves["url"].removeprefix(self.server.base))
            self.assertEqual(reply.status, 200)
            self.assertTrue(reply.body.startswith((b"<?xml", b"PK")))

    def test_a_type_that_is_not_made_is_not_found_with_the_reason(self):
        output = self.first_output("hazard", self.hazard)

        reply = self.server.get(f"/v1/calc/hazard/result/{output['id']}?export_type=zzz")

        self.assertEqual(reply.status, 404)
        self.assertIn("zzz", reply.text)

    def test_the_forms_are_pages_that_post_to_themselves(self):
        for kind in ("hazard", "risk"):
            reply = self.server.get(f"/v1/calc/{kind}/run")
            self.assertEqual(reply.status, 200)
            self.assertIn('name="job_config"', reply.text)
            self.assertIn('enctype="multipart/form-data"', reply.text)

    def test_other_methods_are_refused_with_those_allowed(self):
        for target, allowed in (("/v1/calc/hazard", "GET"), (f"/v1/calc/risk/{self.risk}", "GET"),
                                ("/v1/calc/hazard/run", "GET, POST")):
            reply = self.server.ask("PUT", target)
            self.assertEqual((reply.status, reply.header("allow")), (405, allowed))

    def test_a_trailing_slash_is_another_path(self):
        for target in ("/v1/calc/hazard/", f"/v1/calc/risk/{self.risk}/", "/v1/calc/hazard/run/"):
            self.assertEqual(self.server.get(target).status, 404)

    def test_every_spelling_of_the_hazard_is_known(self):
        output = self.first_output("hazard", self.hazard)["id"]
        for field, value in (("hazard_calc", self.hazard), ("hazard_calculation_id", self.hazard),
                             ("hazard_job_id", self.hazard), ("hazard_result", output), ("hazard_output_id", output)):
            with self.subTest(field):
                reply = self.start_risk(**{field: value})
                self.assertEqual(reply.status, 200, reply)
                shown = "hazard_output" if value == output and "calc" not in field and "job" not in field else "hazard_calculation"
                self.assertEqual(reply.json[shown], value)
                self.server.wait(reply.json["id"])

    def test_fields_of_other_years_do_no_harm(self):
        reply = self.server.upload("/v1/calc/hazard/run", *hazard_files(), ("database", "platform"),
                                   ("owner_user", "somebody"), ("migration_callback_url", ""))

        self.assertEqual(reply.status, 200)
        self.server.wait(reply.json["id"])

    def test_several_files_may_be_named_job_config(self):
        files = [("job_config", name, content) for _, name, content in hazard_files()]

        reply = self.server.upload("/v1/calc/hazard/run", *files)

        self.assertEqual(reply.status, 200, reply)
        self.server.wait(reply.json["id"])

    def test_a_zip_does_as_well(self):
        reply = self.server.upload("/v1/calc/hazard/run", ("archive", "a.zip", live.zipped(live.quick_job())))

        self.assertEqual(reply.status, 200, reply)
        self.server.wait(reply.json["id"])

    def test_the_server_of_2014_had_its_version_elsewhere(self):
        self.assertEqual(self.server.get("/engine_version").text, self.server.get("/v1/engine_version").text)


class Strict2013(unittest.TestCase):
    """--compat strict-2013."""

    def test_an_empty_list_is_not_found_and_failed_is_no_state(self):
        with live.Server(OPTIONS.program, "--compat", "strict-2013") as server:
            for kind in ("hazard", "risk"):
                reply = server.get(f"/v1/calc/{kind}")
                self.assertEqual((reply.status, reply.body), (404, b""))
            self.assertEqual(server.get("/v1/calc/list").json, [])

            running = server.run(live.zipped(live.long_job()))
            server.wait(running, "executing")
            phase = server.get(f"/v1/calc/hazard/{running}").json["status"]
            server.post(f"/v1/calc/{running}/abort")
            server.wait(running)

            phases = {"pre_executing", "executing", "post_executing", "post_processing", "export", "clean_up"}
            self.assertIn(phase, phases)
            self.assertIn(server.get("/v1/calc/hazard").json[0]["status"], phases)
            self.assertIn(server.get(f"/v1/calc/hazard/{running}").json["status"], phases)
            self.assertEqual(server.get(f"/v1/calc/{running}/status").json["status"], "aborted")

    def test_without_it_an_empty_list_is_a_list(self):
        with live.Server(OPTIONS.program) as server:
            self.assertEqual(server.get("/v1/calc/hazard").json, [])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.parse_known_args(namespace=OPTIONS)
    unittest.main(argv=[sys.argv[0]], verbosity=1)

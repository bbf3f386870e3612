#!/usr/bin/env python3
"""Holds real answers against the contract that the server itself serves."""

import argparse
import re
import sys
import unittest

import live

live.need("jsonschema")
import jsonschema  # noqa: E402  (only known to be there now)

OPTIONS = argparse.Namespace()


class Contract:
    """The served document, and which of its operations a request is."""

    def __init__(self, document):
        self.document = document
        self.shapes = sorted(((self.pattern(path), path) for path in document["paths"]), key=lambda entry: entry[1].count("{"))

    @staticmethod
    def pattern(path):
        return re.compile(re.sub(r"\\\{\w+\\\}", lambda name: ".+" if "what" in name.group() else "[^/]*", re.escape(path)))

    def response(self, method, target, status):
        path = next((path for shape, path in self.shapes if shape.fullmatch(target.split("?")[0])), None)
        if path is None:
            raise KeyError(f"{target} is not in the contract")
        operation = self.document["paths"][path].get(method.lower())
        if operation is None or str(status) not in operation["responses"]:
            raise KeyError(f"{method} {path} may not answer {status}")
        return self.resolved(operation["responses"][str(status)])

    def resolved(self, thing):
        while "$ref" in thing:
            at = self.document
            for key in thing["$ref"][2:].split("/"):
                at = at[key]
            thing = at
        return thing

    def validate(self, schema, value):
        resolver = jsonschema.RefResolver.from_schema(self.document)
        jsonschema.Draft202012Validator(schema, resolver=resolver).validate(value)


class OpenApi(unittest.TestCase):
    """Every GET, and the POSTs that need no file, on one server with a calculation of each kind."""

    @classmethod
    def setUpClass(cls):
        cls.server = live.Server(OPTIONS.program)
        cls.contract = Contract(cls.server.get("/openapi.json").json)
        cls.hazard = cls.server.run(live.zipped(live.quick_job()))
        cls.server.wait(cls.hazard)
        cls.risk = cls.server.run(live.zipped(live.demo("hazard_risk")), hazard_job_id=cls.hazard, job_ini="job_risk.ini")
        cls.server.wait(cls.risk)
        cls.failed = cls.server.upload("/v1/calc/run", ("archive", "a.zip", b"no zip")).json["job_id"]

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def check(self, method, target, reply):
        with self.subTest(f"{method} {target} {reply.status}"):
            response = self.contract.response(method, target, reply.status)
            kind = (reply.header("content-type") or "").split(";")[0]
            if "content" not in response:
                return
            self.assertIn(kind, response["content"])
            schema = response["content"][kind].get("schema")
            if schema and reply.body:
                self.contract.validate(schema, reply.json if kind == "application/json" else reply.text)
            for name, header in response.get("headers", {}).items():
                if reply.header(name) is not None and "pattern" in header["schema"]:
                    self.assertRegex(reply.header(name), header["schema"]["pattern"])

    def get(self, target):
        self.check("GET", target, self.server.get(target))

    def test_the_document_is_a_contract(self):
        document = self.contract.document
        self.assertRegex(document["openapi"], r"^3\.1\.")
        for path, item in document["paths"].items():
            names = set(re.findall(r"\{(\w+)\}", path))
            for method, operation in item.items():
                if method != "parameters":
                    given = {self.contract.resolved(p)["name"] for p in item.get("parameters", []) + operation.get("parameters", [])
                             if self.contract.resolved(p)["in"] == "path"}
                    self.assertEqual(given, names, path)
                    self.assertTrue(operation["responses"], path)
                    self.assertTrue(operation["summary"], path)

    def test_every_reference_leads_somewhere(self):
        def walk(thing):
            if isinstance(thing, dict):
                if isinstance(thing.get("$ref"), str):
                    self.contract.resolved(thing)
                for value in thing.values():
                    walk(value)
            if isinstance(thing, list):
                for value in thing:
                    walk(value)
        walk(self.contract.document)

    def test_answers_about_calculations(self):
        for target in ("/v1/calc/list", "/v1/calc/list?limit=1&order_dir=ASC", "/v1/calc/list?limit=x",
                       "/v1/calc/hazard", "/v1/calc/risk"):
            self.get(target)
        for calculation in (self.hazard, self.risk, self.failed, 999999):
            for rest in ("", "/status", "/progress", "/oqparam", "/traceback", "/log/0:5", "/log/:", "/log/size",
                         "/results", "/result/list", "/datastore", "/job_zip", "/aggrisk_tags", "/download_png/x"):
                self.get(f"/v1/calc/{calculation}{rest}")
            for kind in ("hazard", "risk"):
                self.get(f"/v1/calc/{kind}/{calculation}")
                self.get(f"/v1/calc/{kind}/{calculation}/results")

    def test_every_output_in_every_type(self):
        for calculation, kind in ((self.hazard, "hazard"), (self.risk, "risk")):
            for output in self.server.get(f"/v1/calc/{calculation}/results").json:
                for form in output["outtypes"] + ["zzz"]:
                    for path in (f"/v1/calc/result/{output['id']}", f"/v1/calc/{calculation}/result/{output['id']}",
                                 f"/v1/calc/{kind}/result/{output['id']}"):
                        target = f"{path}?export_type={form}"
                        reply = self.server.get(target)
                        with self.subTest(target):
                            response = self.contract.response("GET", target, reply.status)
                            self.assertIn(reply.header("content-type").split(";")[0], response.get("content", {"": 0}))

    def test_answers_about_the_service(self):
        for target in ("/v1/engine_version", "/engine_version", "/v1/engine_latest_version", "/engine_latest_version",
                       "/v1/available_gsims", "/v1/ini_defaults", "/v1/cluster", "/healthz", "/readyz", "/metrics", "/openapi.json",
                       "/", "/engine/", "/engine", f"/engine/{self.hazard}/outputs", "/engine/license", "/engine/style.css",
                       "/docs", "/v1/calc/hazard/run", "/v1/calc/risk/run"):
            self.get(target)

    def test_answers_to_commands(self):
        for calculation in (self.risk, 999999):
            for what in ("abort", "share", "unshare"):
                target = f"/v1/calc/{calculation}/{what}"
                self.check("POST", target, self.server.post(target))
        for calculation in (self.failed, self.hazard, 999999):
            target = f"/v1/calc/{calculation}/remove"
            self.check("POST", target, self.server.post(target))

    def test_answers_to_submissions_and_checks(self):
        for target in ("/v1/calc/run", "/v1/calc/hazard/run", "/v1/calc/risk/run", "/v1/calc/validate_zip"):
            self.check("POST", target, self.server.upload(target, ("archive", "a.zip", b"no zip")))
            self.check("POST", target, self.server.upload(target, ("hazard_calc", "x")))
        for target in ("/v1/calc/validate_ini", "/v1/calc/run_ini"):
            self.check("POST", target, self.server.form(target, job_ini="/etc/passwd"))
            self.check("POST", target, self.server.form(target))
        for target in ("/v1/valid/", "/v1/valid", "/v1/valid/x"):
            self.check("POST", target, self.server.form(target, xml_text="<a/>"))
            self.check("POST", target, self.server.form(target))
        self.check("POST", "/v1/on_same_fs", self.server.form("/v1/on_same_fs", filename="x", checksum="1"))
        self.check("POST", "/v1/on_same_fs", self.server.form("/v1/on_same_fs"))

    def test_a_good_submission_by_every_door(self):
        archive = ("archive", "a.zip", live.zipped(live.quick_job()))
        for target in ("/v1/calc/run", "/v1/calc/hazard/run", "/v1/calc/validate_zip"):
            reply = self.server.upload(target, archive)
            self.assertEqual(reply.status, 200, reply)
            self.check("POST", target, reply)

    def test_what_the_client_has_is_not_sent_again(self):
        for target in ("/v1/calc/list", f"/v1/calc/{self.hazard}/status", f"/v1/calc/hazard/{self.hazard}",
                       f"/v1/calc/{self.hazard}/datastore"):
            tag = self.server.get(target).header("etag")
            reply = self.server.get(target, {"If-None-Match": tag})
            self.assertEqual(reply.status, 304, target)
            self.check("GET", target, reply)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.parse_known_args(namespace=OPTIONS)
    unittest.main(argv=[sys.argv[0]], verbosity=1)

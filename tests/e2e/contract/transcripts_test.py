#!/usr/bin/env python3
"""Replays what an OpenQuake server was asked, request by request, and compares status, headers and shapes."""

import argparse
import pathlib
import re
import sys
import unittest

import live
from shapes import mismatch

live.need("yaml")
import yaml  # noqa: E402  (only known to be there now)

HERE = pathlib.Path(__file__).resolve().parent
CORS = {"access-control-allow-origin": "*", "access-control-allow-methods": "GET, POST, OPTIONS",
        "access-control-max-age": "1000", "access-control-allow-headers": "*"}
OPTIONS = argparse.Namespace()
RUPTURE = """<?xml version='1.0' encoding='utf-8'?>
<nrml xmlns:gml="http://www.opengis.net/gml"
      xmlns="http://openquake.org/xmlns/nrml/0.4">
    <simpleFaultRupture>
        <magnitude>6.5</magnitude>
        <rake>0.0</rake>
        <hypocenter lat="38.2" lon="21.7" depth="8.0"/>
        <simpleFaultGeometry>
            <gml:LineString><gml:posList>21.6 38.1 21.8 38.3</gml:posList></gml:LineString>
            <dip>60.0</dip>
            <upperSeismoDepth>0.0</upperSeismoDepth>
            <lowerSeismoDepth>15.0</lowerSeismoDepth>
        </simpleFaultGeometry>
    </simpleFaultRupture>
</nrml>
"""


def jobs():
    quick = live.quick_job()
    return {
        "quick": live.zipped(quick),
        "long": live.zipped(live.long_job()),
        "no_zip": b"this is not a zip file",
        "no_ini": live.zipped({"readme.txt": "hello"}),
        "missing_file": live.zipped(live.without(quick, "gsim_logic_tree.xml")),
        "bad_parameter": live.zipped(live.changed(quick, "job_hazard.ini", r"^truncation_level = .*", "truncation_level = -3")),
        "broken_xml": live.zipped(live.changed(quick, "source_model.xml", "</nrml>", "")),
    }


TEXTS = {"rupture": RUPTURE, "broken": "<nrml>\n<a></b></nrml>", "bad_rupture": RUPTURE.replace("6.5", "x6.5")}


class Replay:
    """The steps in turn, with the names that they keep."""

    def __init__(self, server, script):
        self.server, self.shapes, self.steps = server, script["shapes"], script["steps"]
        self.jobs, self.names = jobs(), {"waiting": "999998"}
        self.paths = server.get("/openapi.json").json["paths"]

    def filled(self, text):
        for name, value in self.names.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def send(self, step):
        for method in ("get", "head", "delete", "options"):
            if method in step:
                return self.server.ask(method.upper(), self.filled(step[method]))
        if "post" in step:
            return self.server.post(self.filled(step["post"]), step.get("content", ""), step.get("content_type"))
        if "form" in step:
            return self.server.form(step["to"], **{key: TEXTS.get(value, value) for key, value in step["form"].items()})
        return self.server.upload(step["to"], *self.parts(step["upload"]))

    def parts(self, upload):
        parts = [(name, value) for name, value in upload.items() if name not in ("archive", "files")]
        if "archive" in upload:
            parts.append(("archive", f"{upload['archive']}.zip", self.jobs[upload["archive"]]))
        if "files" in upload:
            parts += [(f"job_config_file_{i}", name, text.encode()) for i, (name, text) in enumerate(live.quick_job().items())]
        return parts

    def complaints(self, step):
        """What is wrong with the answer to one step."""
        if step.get("needs", next(iter(self.paths))) not in self.paths:
            return []
        if "wait" in step:
            state = self.server.wait(self.names[step["wait"]], step["state"])
            return [] if state == step["state"] else [f"it is {state}"]
        reply = self.send(step)
        wanted = {**step, **step.get("ours", {})}
        wrong = [self.check_head(wanted, reply), self.check_cors(step, reply), self.check_body(wanted, reply)]
        self.remember(step, reply)
        return [text for text in wrong if text]

    def check_head(self, wanted, reply):
        if reply.status != wanted["status"]:
            return f"status {reply}"
        for header, key in (("content-type", "type"), ("allow", "allow"), ("location", "location")):
            if key in wanted and reply.header(header) != wanted[key]:
                return f"{header} is {reply.header(header)}, not {wanted[key]}"
        pattern = self.filled(wanted.get("disposition", ""))
        if pattern and not re.fullmatch(pattern, reply.header("content-disposition") or ""):
            return f"content-disposition is {reply.header('content-disposition')}, not {pattern}"
        return None

    @staticmethod
    def check_cors(step, reply):
        if not step.get("cors", True):
            return None
        missing = [name for name, value in CORS.items() if reply.header(name) != value]
        return f"not as for other origins: {missing}" if missing else None

    def check_body(self, wanted, reply):
        if "begins" in wanted and not reply.body.hex().startswith(wanted["begins"]):
            return f"begins with {reply.body[:8].hex()}"
        for key in ("body", "text"):
            if key in wanted and not self.matches(wanted[key], reply.text):
                return f"{key} is {reply.text[:300]!r}, not {wanted[key]}"
        if "json" in wanted:
            wrong = mismatch(wanted["json"], reply.json, self.shapes)
            if wrong:
                return wrong
        if "count" in wanted and len(reply.json) != wanted["count"]:
            return f"{len(reply.json)} items, not {wanted['count']}"
        different = {key: reply.json[key] for key, value in wanted.get("has", {}).items() if reply.json[key] != value}
        return f"has {different}" if different else None

    def matches(self, pattern, text):
        pattern = self.filled(pattern)
        return pattern == text or bool(re.fullmatch(pattern, text))

    def remember(self, step, reply):
        if "keep" in step and reply.status == 200:
            self.names[step["keep"]] = reply.json["job_id"]
        if "keep_outputs" in step:
            self.names.update({output["type"]: output["id"] for output in reply.json})


class Transcripts(unittest.TestCase):
    """Everything on one server, in the order in which it was recorded."""

    def setUp(self):
        self.script = yaml.safe_load((HERE / "transcripts.yaml").read_text())

    def test_every_answer_is_as_recorded_or_a_difference_that_we_mean(self):
        with live.Server(OPTIONS.program) as server:
            replay = Replay(server, self.script)
            for step in replay.steps:
                with self.subTest(step["name"]):
                    self.assertEqual(replay.complaints(step), [])

    def test_every_difference_is_explained(self):
        explained = re.findall(r"^### (.+)$", (live.ROOT / "docs/differences.md").read_text(), re.MULTILINE)
        for step in self.script["steps"]:
            if "ours" in step:
                with self.subTest(step["name"]):
                    self.assertIn(step.get("because"), explained)

    def test_every_difference_is_one(self):
        for step in self.script["steps"]:
            for key, value in step.get("ours", {}).items():
                with self.subTest(step["name"]):
                    self.assertNotEqual(step.get(key), value)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.parse_known_args(namespace=OPTIONS)
    unittest.main(argv=[sys.argv[0]], verbosity=1)

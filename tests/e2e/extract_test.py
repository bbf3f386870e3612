#!/usr/bin/env python3
"""Extractions, the datastore and exports as numpy, h5py and plain HTTP clients read them."""

import argparse
import csv
import gzip
import io
import json
import pathlib
import re
import subprocess
import sys
import unittest
import zipfile

try:
    import h5py
    import numpy
except ImportError:
    print("SKIPPED: python3-numpy and python3-h5py of Debian are not installed, nothing was read back")
    sys.exit(77)

from api_server import Server

ROOT = pathlib.Path(__file__).resolve().parents[2]
OPTIONS = argparse.Namespace()


class Reader(Server):
    """The server, and its answers as numpy and h5py read them."""

    def extract(self, number, what):
        status, headers, body = self.ask("GET", f"/v1/calc/{number}/extract/{what}")
        assert status == 200, body
        assert headers["content-type"] == "application/octet-stream", headers
        return dict(numpy.load(io.BytesIO(body), allow_pickle=False))

    def about(self, number, what):
        return json.loads(bytes(self.extract(number, what)["json"]))

    def extract_json(self, number, what):
        status, headers, body = self.ask("GET", f"/v1/calc/{number}/extract/{what}",
                                         headers={"Accept": "application/json"})
        assert status == 200 and headers["content-type"] == "application/json", (status, headers)
        return json.loads(body)

    def hdf5(self, number):
        return h5py.File(io.BytesIO(self.ask("GET", f"/v1/calc/{number}/datastore")[2]), "r")

    def output(self, number, kind):
        outputs = json.loads(self.ask("GET", f"/v1/calc/{number}/results")[2])
        return next(output["id"] for output in outputs if output["type"] == kind)


class Case(unittest.TestCase):
    """All share one server with a hazard calculation of a region, and a hazard and a risk calculation of a town."""
    server = None
    region = hazard = risk = 0

    @classmethod
    def setUpClass(cls):
        if Case.server is None:
            Case.server = Reader(OPTIONS.program)
            Case.region = Case.server.complete(ROOT / "demos/hazard_area", "job.ini")
            Case.hazard = Case.server.complete(ROOT / "demos/hazard_risk", "job_hazard.ini")
            Case.risk = Case.server.complete(ROOT / "demos/hazard_risk", "job_risk.ini", hazard_job_id=Case.hazard)

    def assert_close(self, one, other):
        numpy.testing.assert_allclose(one, other, rtol=1e-6)


class Extractions(Case):
    """What the plugin of QGIS loads as layers."""

    def test_oqparam_is_one_json_text_without_an_axis(self):
        members = self.server.extract(self.region, "oqparam")
        self.assertEqual(members["json"].shape, ())
        self.assertEqual(members["json"].dtype.kind, "S")
        options = json.loads(bytes(members["json"]))
        self.assertEqual(options["calculation_mode"], "classical")
        self.assertEqual(list(options["hazard_imtls"]), ["PGA", "SA(0.2)", "SA(1.0)"])
        self.assertNotIn(None, options.values())

    def test_curves_nest_intensity_measures_and_levels_in_statistics(self):
        members = self.server.extract(self.region, "hcurves")
        table = members["all"]
        self.assertEqual(table.dtype.names, ("lon", "lat", "mean", "quantile-0.16", "quantile-0.84"))
        self.assertEqual(float(members["investigation_time"]), 50.0)
        with self.server.hdf5(self.region) as stored:
            for k, kind in enumerate(table.dtype.names[2:]):
                for m, imt in enumerate(("PGA", "SA(0.2)", "SA(1.0)")):
                    levels = table[kind][imt].dtype.names
                    self.assertEqual(len(levels), 20)
                    self.assertEqual([float(level) for level in levels], sorted(map(float, levels)))
                    for i, level in enumerate(levels):
                        self.assertEqual(table[kind][imt][level].dtype, "f4")
                        self.assert_close(table[kind][imt][level], stored["hcurves-stats"][:, k, m, i])

    def test_maps_and_spectra_nest_the_other_way_round(self):
        maps = self.server.extract(self.region, "hmaps")["all"]
        spectra = self.server.extract(self.region, "uhs")["all"]
        with self.server.hdf5(self.region) as stored:
            values = stored["hmaps-stats"][:]
        for m, imt in enumerate(("PGA", "SA(0.2)", "SA(1.0)")):
            for p, poe in enumerate(("0.1", "0.02")):
                self.assert_close(maps["mean"][imt][poe], values[:, 0, m, p])
                self.assert_close(spectra["mean"][poe][imt], values[:, 0, m, p])

    def test_a_query_chooses_kinds_measures_and_sites(self):
        with self.server.hdf5(self.region) as stored:
            everything = stored["hcurves-rlzs"][:]
        members = self.server.extract(self.region, "hcurves?kind=rlz-1&imt=SA(0.2)&site_id=4&site_id=2")
        self.assertEqual(members["rlz-001"].shape, (2, 1, 20))
        self.assert_close(members["rlz-001"], everything[[2, 4], 1][:, [1]])
        kinds = set(self.server.extract(self.region, "hmaps?kind=rlzs")) - {"json", "investigation_time"}
        self.assertEqual(len(kinds), everything.shape[1])
        self.assertIn("quantile-0.16", self.server.extract(self.region, "hcurves?kind=stats"))

    def test_sites_and_realizations_are_record_arrays(self):
        sites = self.server.extract(self.region, "sitecol")["array"]
        with self.server.hdf5(self.region) as stored:
            for name in ("lon", "lat", "vs30", "z1pt0"):
                self.assert_close(sites[name], stored["sitecol"][name][:])
            weights = stored["weights"][:]
        self.assertEqual(sites["vs30measured"].dtype, "bool")
        realizations = self.server.extract(self.region, "realizations")["array"]
        self.assertEqual(realizations.dtype.names, ("rlz_id", "branch_path", "weight"))
        self.assertEqual(realizations["branch_path"].dtype.kind, "S")
        self.assert_close(realizations["weight"], weights)

    def test_losses_are_those_of_the_exported_tables(self):
        members = self.server.extract(self.risk, "losses_by_asset")
        self.assertEqual(set(members), {"mean", "quantile-0.15", "quantile-0.85"})
        number = self.server.output(self.risk, "avg_losses-stats")
        body = self.server.ask("GET", f"/v1/calc/result/{number}?export_type=csv")[2]
        with zipfile.ZipFile(io.BytesIO(body)) as files:
            text = files.read(f"avg_losses-mean_{self.risk}.csv").decode()
        rows = list(csv.DictReader(text.splitlines()[1:]))
        self.assertEqual([row["asset_id"].encode() for row in rows], list(members["mean"]["asset_id"]))
        numpy.testing.assert_allclose(members["mean"]["structural"], [float(row["structural"]) for row in rows], rtol=1e-5)

    def test_sums_by_tag_add_up_to_the_total(self):
        total = self.server.extract(self.risk, "agg_losses/structural")["array"]
        members = self.server.extract(self.risk, "agg_losses/structural?taxonomy=*")
        self.assert_close(members["array"].sum(axis=0), total)
        self.assert_close(total[0], self.server.extract(self.risk, "losses_by_asset")["mean"]["structural"].sum())
        values = [tag.decode().split("=")[1] for tag in members["tags"]]
        one = self.server.extract(self.risk, "agg_losses/structural?taxonomy=" + values[0])
        self.assert_close(one["array"], members["array"][0])
        self.assertEqual(json.loads(bytes(one["json"]))["stats"], ["mean", "quantile-0.15", "quantile-0.85"])
        self.assertNotIn("array", self.server.extract(self.risk, "agg_losses/structural?taxonomy=nothing"))

    def test_the_exposure_is_described_and_filtered(self):
        members = self.server.extract(self.risk, "exposure_metadata")
        about = json.loads(bytes(members["json"]))
        self.assertIn("taxonomy", about["tagnames"])
        self.assertEqual(list(members["array"]), about["names"])
        self.assertIn("value-structural", about["names"])
        tags = self.server.extract(self.risk, "asset_tags")["taxonomy"]
        self.assertEqual(sorted(tag.decode() for tag in tags), sorted("taxonomy=" + value for value in about["taxonomy"]))
        assets = self.server.extract(self.risk, "asset_risk?taxonomy=" + about["taxonomy"][0])["array"]
        self.assertEqual(set(assets["taxonomy"]), {about["taxonomy"][0].encode()})
        for name in about["names"]:
            self.assertEqual(assets[name].dtype, "f4")
        self.assertEqual(self.server.about(self.risk, "composite_risk_model.attrs"),
                         {"loss_types": ["structural"], "limit_states": [], "consequences": []})

    def test_keys_of_the_datastore_are_extracted_as_they_stand(self):
        members = self.server.extract(self.region, "hcurves-stats")
        with self.server.hdf5(self.region) as stored:
            numpy.testing.assert_array_equal(members["array"], stored["hcurves-stats"][:])
        self.assertEqual(self.server.extract(self.region, "sitecol/lon")["array"].ndim, 1)
        self.assertEqual(json.loads(bytes(members["json"])), self.server.about(self.region, "hcurves-stats.attrs"))

    def test_nothing_is_of_an_object_type(self):
        for what in ("oqparam", "sitecol", "hcurves", "hmaps", "uhs", "realizations", "full_lt", "full_lt/gsim_lt"):
            for name, member in self.server.extract(self.region, what).items():
                self.assertFalse(member.dtype.hasobject, (what, name))

    def test_json_says_the_same_as_npz(self):
        maps = self.server.extract_json(self.region, "hmaps")
        table = self.server.extract(self.region, "hmaps")["all"]
        self.assertEqual(maps["investigation_time"], 50.0)
        self.assert_close([row["mean"]["PGA"]["0.1"] for row in maps["all"]], table["mean"]["PGA"]["0.1"])
        self.assertEqual(self.server.extract_json(self.region, "oqparam"), self.server.about(self.region, "oqparam"))

    def test_clients_that_take_anything_get_npz(self):
        for accept in ("*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json;q=0"):
            answer = self.server.ask("GET", f"/v1/calc/{self.region}/extract/sitecol", headers={"Accept": accept})
            self.assertEqual(answer[1]["content-type"], "application/octet-stream", accept)

    def test_the_name_of_the_file_is_unquoted_and_head_tells_it_too(self):
        path = f"/v1/calc/{self.risk}/extract/agg_losses/structural"
        status, headers, body = self.server.ask("GET", path)
        self.assertRegex(headers["content-disposition"], r"^attachment; filename=agg_losses_structural\w+\.npz$")
        again = self.server.ask("HEAD", path)
        self.assertEqual((again[0], again[2]), (status, b""))
        for name in ("content-length", "content-disposition", "content-type", "etag"):
            self.assertEqual(again[1][name], headers[name])
        self.assertEqual(int(headers["content-length"]), len(body))

    def test_what_is_not_there_is_a_500_with_the_reason_and_no_path_of_the_server(self):
        for what, reason in (("nosuchthing", "KeyError"), ("gmf_data", "KeyError"), ("hcurves?kind=median", "ValueError"),
                             ("sitecol/", "KeyError"), ("../../etc/passwd", "KeyError")):
            status, headers, body = self.server.ask("GET", f"/v1/calc/{self.region}/extract/{what}")
            self.assertEqual((status, headers["content-type"]), (500, "text/plain"), what)
            self.assertTrue(body.decode().startswith(reason + ": "), body)
            self.assertIn(f" in /v1/calc/{self.region}/extract/", body.decode())
            self.assertNotIn(str(self.server.folder), body.decode())

    def test_an_unknown_calculation_and_another_name_are_404(self):
        for path in ("/v1/calc/999/extract/oqparam", f"/v1/calc/{self.region}/extract/",
                     f"/v1/calc/{self.region}/extract/a%28b%29"):
            status, _, body = self.server.ask("GET", path)
            self.assertEqual((status, body), (404, b""), path)


class Datastore(Case):
    """The HDF5 file in the eyes of h5py."""

    def test_it_has_the_keys_that_users_know(self):
        with self.server.hdf5(self.region) as stored:
            for key in ("oqparam", "sitecol", "full_lt", "weights", "hcurves-rlzs", "hcurves-stats", "hmaps-stats"):
                self.assertIn(key, stored)
            self.assertEqual(stored["hcurves-stats"].shape, (len(stored["sitecol/sids"]), 3, 3, 20))
            shape = json.loads(stored["hcurves-stats"].attrs["json"])
            self.assertEqual(shape["shape_descr"], ["site_id", "stat", "imt", "lvl"])
            self.assertEqual(shape["stat"], ["mean", "quantile-0.16", "quantile-0.84"])
            # Texts of a fixed length, which h5py gives as bytes.
            self.assertRegex(stored.attrs["engine_version"].decode(), r"\d+\.\d+")
            self.assertRegex(stored.attrs["date"].decode(), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$")
            self.assertGreater(int(stored.attrs["checksum32"]), 0)

    def test_risk_has_its_assets(self):
        with self.server.hdf5(self.risk) as stored:
            for key in ("oqparam", "assetcol", "avg_losses-stats"):
                self.assertIn(key, stored)


class Fields(Case):
    """Ground-motion fields, and what another job makes of their download."""
    SCENARIO = """[general]
calculation_mode = scenario
random_seed = 7
sites = 10 45, 10.1 45, 10.2 45.1
rupture_dict = {"lon": 10.05, "lat": 45.05, "dep": 10, "mag": 6.5, "rake": 90, "strike": 0, "dip": 90}
gsim = BooreAtkinson2008
intensity_measure_types = PGA, SA(0.3)
reference_vs30_value = 760
number_of_ground_motion_fields = 20
truncation_level = 3
maximum_distance = 200
"""
    FROM_FILE = """[general]
calculation_mode = scenario
gmfs_file = fields.hdf5
"""

    def run_job(self, name, **files):
        folder = self.server.folder / name
        folder.mkdir()
        for file, content in files.items():
            (folder / file.replace("__", ".")).write_bytes(content)
        return self.server.complete(folder, "job.ini")

    def exported(self, number, form):
        return self.server.ask("GET", f"/v1/calc/result/{self.server.output(number, 'gmf_data')}?export_type={form}")

    def rows(self, number):
        with zipfile.ZipFile(io.BytesIO(self.exported(number, "csv")[2])) as files:
            text = files.read(f"gmf-data_{number}.csv").decode()
        return [row[:3] for row in csv.reader(text.splitlines()[1:])]

    def test_a_download_of_fields_is_read_by_pandas_and_by_the_next_job(self):
        computed = self.run_job("scenario", job__ini=self.SCENARIO.encode())
        with self.server.hdf5(computed) as stored:
            fields = stored["gmf_data"]
            self.assertEqual(fields.attrs["__pdcolumns__"].decode(), "sid eid gmv_0 gmv_1")
            self.assertEqual(fields.attrs["imts"].decode(), "PGA SA(0.3)")
            self.assertEqual(int(fields.attrs["num_events"]), 20)
            columns = [fields[name][:] for name in ("eid", "gmv_0", "gmv_1")]
        rows = self.rows(computed)
        self.assertEqual(rows[0], ["event_id", "gmv_PGA", "gmv_SA(0.3)"])
        numpy.testing.assert_allclose(numpy.array(rows[1:], float).T, columns, rtol=1e-5)
        status, headers, body = self.exported(computed, "hdf5")
        self.assertEqual(status, 200, body)
        self.assertRegex(headers["content-disposition"], rf"filename=output-\d+-gmf-data_{computed}\.hdf5$")
        with h5py.File(io.BytesIO(body), "r") as file:
            self.assertEqual(sorted(file), ["gmf_data", "sitecol"])
            numpy.testing.assert_array_equal(file["gmf_data/gmv_1"][:], columns[2])
        for form in (self.server.ask("GET", f"/v1/calc/{computed}/datastore")[2], body):
            imported = self.run_job(f"from-{len(form)}", job__ini=self.FROM_FILE.encode(), fields__hdf5=form)
            self.assertEqual(self.rows(imported), rows)


class Exports(Case):
    """Downloads: codings, ranges, names and the comment line."""

    def result(self, number, kind, form, headers=None):
        return self.server.ask("GET", f"/v1/calc/result/{self.server.output(number, kind)}?export_type={form}",
                               headers=headers)

    def test_texts_are_packed_for_those_who_take_it(self):
        plain = self.result(self.region, "realizations", "csv")
        self.assertNotIn("content-encoding", plain[1])
        packed = self.result(self.region, "realizations", "csv", {"Accept-Encoding": "gzip, deflate"})
        self.assertEqual(packed[1]["content-encoding"], "gzip")
        self.assertEqual(packed[1]["vary"], "Accept-Encoding")
        self.assertEqual(gzip.decompress(packed[2]), plain[2])
        self.assertNotEqual(packed[1]["etag"], plain[1]["etag"])
        squeezed = self.result(self.region, "realizations", "csv", {"Accept-Encoding": "gzip, zstd"})
        self.assertEqual(squeezed[1]["content-encoding"], "zstd")
        unpacked = subprocess.run(["zstd", "-dc"], input=squeezed[2], capture_output=True, check=True).stdout
        self.assertEqual(unpacked, plain[2])

    def test_archives_and_datastores_are_not_packed_again(self):
        zipped = self.result(self.region, "hcurves", "csv", {"Accept-Encoding": "gzip"})
        self.assertNotIn("content-encoding", zipped[1])
        zipfile.ZipFile(io.BytesIO(zipped[2])).testzip()
        answer = self.server.ask("GET", f"/v1/calc/{self.region}/datastore", headers={"Accept-Encoding": "gzip"})
        self.assertNotIn("content-encoding", answer[1])

    def test_a_download_goes_on_where_it_was_cut(self):
        path = f"/v1/calc/{self.region}/datastore"
        _, headers, whole = self.server.ask("GET", path)
        half = len(whole) // 2
        status, rest_headers, rest = self.server.ask(
            "GET", path, headers={"Range": f"bytes={half}-", "If-Range": headers["etag"]})
        self.assertEqual((status, rest_headers["content-range"]), (206, f"bytes {half}-{len(whole) - 1}/{len(whole)}"))
        self.assertEqual(whole[:half] + rest, whole)
        changed = self.server.ask("GET", path, headers={"Range": f"bytes={half}-", "If-Range": '"another"'})
        self.assertEqual((changed[0], changed[2]), (200, whole))
        self.assertEqual(self.server.ask("GET", path, headers={"If-None-Match": headers["etag"]})[0], 304)
        self.assertIn("last-modified", headers)

    def test_a_packed_download_goes_on_with_the_plain_bytes(self):
        plain = self.result(self.region, "realizations", "csv")[2]
        status, headers, rest = self.result(self.region, "realizations", "csv",
                                            {"Accept-Encoding": "gzip", "Range": "bytes=10-"})
        self.assertEqual((status, rest), (206, plain[10:]))
        self.assertNotIn("content-encoding", headers)

    def test_the_comment_line_names_program_date_and_checksum(self):
        text = self.result(self.region, "realizations", "csv")[2].decode()
        line = next(csv.reader([text.split("\r\n")[0]]))
        self.assertEqual(line[0], "#")
        self.assertRegex(line[-1], r"^generated_by='[^']+', start_date='\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d', checksum=\d+")
        self.assertEqual(len(line), len(text.split("\r\n")[1].split(",")))
        with self.server.hdf5(self.region) as stored:
            self.assertIn(f"checksum={int(stored.attrs['checksum32'])}", line[-1])

    def test_types_and_names_of_the_files(self):
        for kind, form, content, name in (
                ("realizations", "csv", "text/plain", r"output-\d+-realizations_\d+\.csv"),
                ("hcurves", "csv", "text/plain", r"output-\d+-hcurves-csv\.zip"),
                ("hcurves", "xml", "text/plain", r"output-\d+-hcurves-xml\.zip"),
                ("hmaps", "geojson", "text/plain", r"output-\d+-hmaps-geojson\.zip"),
                ("fullreport", "rst", "text/plain", r"output-\d+-report_\d+\.rst")):
            status, headers, body = self.result(self.region, kind, form)
            self.assertEqual((status, headers["content-type"]), (200, content), (kind, form, body[:200]))
            self.assertTrue(re.fullmatch("attachment; filename=" + name, headers["content-disposition"]), headers)

    def test_curves_are_also_exported_as_npz(self):
        status, headers, body = self.result(self.region, "hcurves", "npz")
        self.assertEqual((status, headers["content-type"]), (200, "text/plain"))
        self.assertTrue(re.search(r"filename=output-\d+-hcurves_\d+\.npz$", headers["content-disposition"]), headers)
        table = numpy.load(io.BytesIO(body), allow_pickle=False)["all"]
        numpy.testing.assert_array_equal(table, self.server.extract(self.region, "hcurves")["all"])

    def test_loss_maps_are_also_exported_as_npz(self):
        status, _, body = self.result(self.risk, "loss_maps-stats", "npz")
        self.assertEqual(status, 200, body[:200])
        table = numpy.load(io.BytesIO(body), allow_pickle=False)["mean"]
        with self.server.hdf5(self.risk) as stored:
            self.assert_close(table["structural"]["poe-0.1"], stored["loss_maps-stats"][:, 0, 0, 0])
            self.assert_close(table["structural"]["poe-0.02"], stored["loss_maps-stats"][:, 0, 0, 1])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="oq-engine-server")
    OPTIONS, rest = parser.parse_known_args()
    try:
        unittest.main(argv=[sys.argv[0], *rest], exit=False).result.wasSuccessful() or sys.exit(1)
    finally:
        if Case.server:
            Case.server.stop()

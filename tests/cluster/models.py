"""Jobs for a cluster: the area demo with other spacings, and what one undisturbed node makes of them."""

import hashlib
import io
import math
import pathlib
import re
import subprocess
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMO = ROOT / "demos/hazard_area"
# Processor seconds of the demo at 5 km between sites, 1 km between points of an area (2 cores of an AMD EPYC, 2026).
SECONDS_AT_ONE_KM = 17.0
SITE_SPACING = 5.0  # km
# Debian's own interpreter: it has python3-h5py when that is installed.
DEBIAN_PYTHON = "/usr/bin/python3"
DIGEST = pathlib.Path(__file__).resolve().parent / "datastore_digest.py"


class Job:
    """Files of one calculation."""

    def __init__(self, name, seconds):
        self.name = name
        spacing = math.sqrt(SECONDS_AT_ONE_KM / seconds)
        sites = SITE_SPACING
        if seconds < 4:  # fewer sites rather than few points: tasks stay as many
            sites, spacing = 2 * SITE_SPACING, spacing / 2
        options = {"description": f"cluster test {name}", "region_grid_spacing": f"{sites:g}",
                   "area_source_discretization": f"{spacing:.3f}", "width_of_mfd_bin": "0.1"}
        self.files = {path.name: path.read_text() for path in sorted(DEMO.iterdir())}
        for option, value in options.items():
            self.files["job.ini"], count = re.subn(rf"^{option} = .*$", f"{option} = {value}", self.files["job.ini"],
                                                   flags=re.MULTILINE)
            assert count == 1, option

    def archive(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
            for name, text in self.files.items():
                out.writestr(zipfile.ZipInfo(name), text)
        return packed.getvalue()


def four_jobs(seconds):
    """Different enough that no two have the same numbers."""
    return [Job(f"job {number}", seconds * (0.85 + 0.1 * number)) for number in range(4)]


class Outcome:
    """The numbers of a calculation: digests of its exported rows and of its datastore's arrays."""

    def __init__(self, rows, arrays):
        self.rows, self.arrays = rows, arrays

    def __eq__(self, other):
        return self.rows == other.rows and self.arrays == other.arrays


def rows_digest(text):
    """Of a CSV without its comment line, which carries a date."""
    rows = [line for line in text.split(b"\n") if not line.startswith(b"#")]
    return hashlib.sha256(b"\n".join(rows)).hexdigest()


def plain_name(name):
    """hazard_curve-mean-PGA_12.csv and output-7-hazard_curve-mean-PGA_3.csv are the same output of two calculations."""
    return re.sub(r"_\d+(\.\w+)$", r"\1", re.sub(r"^output-\d+-", "", name))


def can_read_datastores():
    return subprocess.run([DEBIAN_PYTHON, "-c", "import h5py"], capture_output=True, check=False).returncode == 0


def arrays_digest(path):
    """Array and attribute digests of a datastore; None when python3-h5py is not installed."""
    if not can_read_datastores():
        return None
    result = subprocess.run([DEBIAN_PYTHON, "-B", DIGEST, path], capture_output=True, check=False, text=True)
    return result.stdout if result.returncode == 0 else f"unreadable: {result.stderr.strip().splitlines()[-1:]}"


def undisturbed(program, job, folder):
    """What one node by itself computes, with nobody asking."""
    folder = pathlib.Path(folder)
    (folder / "job").mkdir(parents=True)
    for name, text in job.files.items():
        (folder / "job" / name).write_text(text)
    result = subprocess.run([program, "run", "job.ini", "--quiet", "--exports", "csv", "--data-dir", folder / "data",
                             "--output", folder / "out"], cwd=folder / "job", check=False, capture_output=True, text=True)
    if result.returncode != 0:
        raise RuntimeError(f"the undisturbed run of {job.name} failed: {result.stderr}")
    rows = {plain_name(path.name): rows_digest(path.read_bytes()) for path in (folder / "out").iterdir()}
    return Outcome(rows, arrays_digest(next((folder / "data").glob("calc_*/calc_*.hdf5"))))

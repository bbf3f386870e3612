"""One wrk run and the processor time that a server spent on it."""

import json
import pathlib
import resource
import subprocess
import tempfile

REPORT = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\\nREPORT {"requests": %d, "duration_us": %d, "p50_us": %d, "p99_us": %d, "errors": %d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""
TICKS_PER_SECOND = 100  # USER_HZ


def raise_file_limit():
    """A thousand connections need more files than a shell gives by default."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536) if hard > 0 else 65536, hard))


def serving_ticks(pid):
    """Processor time so far of a process's threads of normal priority, in ticks."""
    ticks = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            fields = (task / "stat").read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        utime, stime, nice = int(fields[11]), int(fields[12]), int(fields[16])
        if nice <= 0:
            ticks += utime + stime
    return ticks


def wrk(url, connections, seconds, pid):
    """Medians are taken over what this returns; `Connection: keep-alive` is for stock Pistache, which needs telling."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(REPORT)
        script.flush()
        before = serving_ticks(pid)
        text = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s",
             "-H", "Connection: keep-alive", "-s", script.name, url],
            check=True, capture_output=True, text=True).stdout
        spent = serving_ticks(pid) - before
    report = json.loads(next(line for line in text.splitlines() if line.startswith("REPORT "))[len("REPORT "):])
    requests = max(report["requests"], 1)
    return {
        "requests_per_second": report["requests"] / (report["duration_us"] / 1e6),
        "p50_us": report["p50_us"],
        "p99_us": report["p99_us"],
        "cpu_us": spent / TICKS_PER_SECOND * 1e6 / requests,
        "errors": report["errors"],
    }

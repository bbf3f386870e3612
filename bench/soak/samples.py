"""Memory, threads and descriptors of a process over time, and whether they stay flat."""

import pathlib
import statistics
import time

WARM_UP = 60.0  # seconds after a start that do not count
FEWEST = 12  # samples that a verdict needs
# What the trend may add up to over the part that counts: allocator noise, and one line of the index a calculation.
ALLOWED = {"rss_mib": 8.0, "threads": 2.0, "descriptors": 6.0}


def sample(pid):
    """None when the process is gone."""
    folder = pathlib.Path(f"/proc/{pid}")
    try:
        status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line)
        return {"rss_mib": int(status["VmRSS"].split()[0]) / 1024, "threads": float(status["Threads"]),
                "descriptors": float(len(list((folder / "fd").iterdir())))}
    except (OSError, KeyError):
        return None


def trend(points):
    """Theil-Sen: the median of the slopes of all pairs, a second; single peaks do not move it."""
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for at, a in enumerate(points) for b in points[at + 1:] if b[0] > a[0]]
    return statistics.median(slopes) if slopes else 0.0


class Series:
    """Samples of one process from its start on."""

    def __init__(self, name, pid):
        self.name, self.pid, self.start, self.rows = name, pid, time.monotonic(), []

    def take(self):
        now = sample(self.pid)
        if now:
            self.rows.append((time.monotonic() - self.start, now))

    def counted(self):
        return [row for row in self.rows if row[0] >= WARM_UP]

    def verdict(self):
        """(lines, flat or None when there is too little to say)."""
        rows = self.counted()
        if len(rows) < FEWEST:
            return [f"{self.name}: {len(rows)} samples after a warm-up of {WARM_UP:g} s, too few for a trend"], None
        lines, flat = [], True
        for what, allowed in ALLOWED.items():
            points = [(at, values[what]) for at, values in rows]
            growth = trend(points) * (points[-1][0] - points[0][0])
            values = [value for _, value in points]
            verdict = "flat" if growth <= allowed else "GROWS"
            flat = flat and growth <= allowed
            lines.append(f"{self.name}: {what} {min(values):.0f} to {max(values):.0f}, trend {growth:+.1f} over "
                         f"{points[-1][0] - points[0][0]:.0f} s (allowed +{allowed:g}): {verdict}")
        return lines, flat

"""Times `studydl verify --no-cache` over everything against the sum of its verifiers' own times.

    python benchmarks/verify_all.py [RUNS]

Perfect use of n cores would take the sum divided by n; the budget is 1.3 times that on 2 cores.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time


def one_run(jobs: int) -> tuple[float, float]:
    """Return the seconds of the whole process, and those of all verifiers added up."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "studydl", "verify", "--no-cache", "--json", "--jobs", str(jobs)],
        capture_output=True,
        check=True,
    )
    wall = time.perf_counter() - started
    return wall, sum(claim["seconds"] for claim in json.loads(done.stdout)["claims"])


def main() -> None:
    """Print the median of some runs."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    jobs = min(os.cpu_count() or 1, 2)
    ratios = []
    for _ in range(runs):
        wall, own = one_run(jobs)
        ratios.append(wall / (own / jobs))
        print(f"whole {wall:.2f} s, verifiers {own:.2f} s, ratio {ratios[-1]:.2f}")
    print(f"median ratio on {jobs} cores: {statistics.median(ratios):.2f} (budget 1.3)")


if __name__ == "__main__":
    main()

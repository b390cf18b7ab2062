"""The process that a peer runs one workload in.

It builds the workload, runs it until it is warm, and prints a JSON object: milliseconds to build
and of the first run, and the peer's version. Then it measures for as many seconds as each line of
standard input says, and answers with an object that has the median and the shortest of the runs in
milliseconds and the peak of its resident memory in megabytes.
"""

import importlib
import json
import os
import pathlib
import statistics
import sys
import time

MODULES = {
    "tensorflow": "peer_tensorflow", "torch": "peer_torch", "torch.compile": "peer_torch",
    "jax": "peer_jax", "onnxruntime": "peer_onnx",
}
WARM_UP_SECONDS = 0.5
WARM_UP_RUNS = 5
SHORTEST = 20e-6  # seconds that are timed at once, as the clock itself takes some


class Workload:
    """What a peer's module fills in: how one run is made, and what came before it."""

    def __init__(self, name, threads, is_compiled, files):
        self.name = name
        self.threads = threads
        self.is_compiled = is_compiled
        # A folder with files that were written beforehand.
        self.files = files
        self.version = ""
        # Milliseconds that the peer took to build the graph, where that is a matter of its own.
        self.build_ms = None


def measured(run, seconds):
    """The milliseconds of runs, over so many seconds."""
    start = time.perf_counter()
    run()
    count = max(1, int(SHORTEST / max(time.perf_counter() - start, 1e-9)))
    times = []
    begin = time.perf_counter()
    while not times or time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        for _ in range(count):
            run()
        times.append((time.perf_counter() - start) / count * 1e3)
    return times


def peak_megabytes():
    """The most memory that this process had resident."""
    for line in pathlib.Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return None


def main():
    peer, name, threads, files = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print does not go among the answers

    def answer(**members):
        print(json.dumps(members), file=answers, flush=True)

    workload = Workload(name, int(threads), peer == "torch.compile", pathlib.Path(files))
    module = importlib.import_module(f"peers.{MODULES[peer]}")
    run = module.build(workload)
    start = time.perf_counter()
    run()
    first = time.perf_counter() - start
    begin = time.perf_counter()
    runs = 0
    while runs < WARM_UP_RUNS or time.perf_counter() - begin < WARM_UP_SECONDS:
        run()
        runs += 1
    answer(build_ms=workload.build_ms, first_ms=first * 1e3, version=workload.version)
    for line in sys.stdin:
        times = measured(run, float(line))
        answer(median_ms=statistics.median(times), min_ms=min(times), peak_mb=peak_megabytes())


if __name__ == "__main__":
    main()

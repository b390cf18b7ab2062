"""Processes that are measured: peers, which stay, and graphrun, which is started each time."""

import json
import os
import pathlib
import subprocess
import sys
import time

from command_line import ROOT
from peers import environment

GRAPHS = ROOT / "Graphs"
OWN_GRAPHS = ROOT / "Tools/peers"


class Failure(Exception):
    """Why something could not be measured."""


def last_line(path):
    """What a process said last on its standard error."""
    lines = pathlib.Path(path).read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


class Peer:
    """A peer with one workload, ready to be measured again and again."""

    def __init__(self, name, workload, threads, files):
        self.log = files / f"{name}-{workload}.log"
        variables = dict(
            os.environ, PYTHONPATH=str(ROOT / "Tools"), OMP_NUM_THREADS=str(threads),
            TF_CPP_MIN_LOG_LEVEL="3", PYTHONDONTWRITEBYTECODE="1")
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [environment.python(), "-m", "peers.worker", name, workload, str(threads), files],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=variables)
        self.start = self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            self.close()
            raise Failure(last_line(self.log))
        return json.loads(line)

    def measure(self, seconds):
        """Milliseconds of a run and megabytes of the process."""
        try:
            print(seconds, file=self.process.stdin, flush=True)
        except BrokenPipeError:
            pass
        return self.answer()

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait()


class StaticGraph:
    """graphc and graphrun, with the compiled graphs in a folder for files."""

    def __init__(self, binaries, threads, files):
        self.binaries = binaries
        self.threads = threads
        self.files = files

    def compiled(self, graph):
        """The compiled file of a graph, and the milliseconds that a new process took for it."""
        source = GRAPHS / f"{graph}.graph"
        if not source.exists():
            source = OWN_GRAPHS / f"{graph}.graph"
        path = self.files / f"{graph}.pb"
        _, milliseconds, _ = self.run("graphc", "build", source, "-o", path)
        return path, milliseconds

    def arguments(self, row):
        """What graphrun is given for a row, its graph first."""
        path = self.files / f"{row.graph}.pb"
        if not path.exists():
            self.compiled(row.graph)
        weights = str(self.files / "weights.npz")
        return [path, *(weights if part == "WEIGHTS" else part for part in row.arguments)]

    def bench(self, row, seconds):
        """What `graphrun bench` measures, and the most megabytes that it had in memory."""
        output, _, peak = self.run(
            "graphrun", "bench", *self.arguments(row), "--threads", str(self.threads),
            "--seconds", str(seconds), "--json")
        return json.loads(output), peak

    def run(self, command, *arguments):
        """Standard output, milliseconds and the peak of megabytes of a process."""
        start = time.perf_counter()
        process = subprocess.Popen(
            [self.binaries / command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True)
        with process.stdout, process.stderr:
            output = process.stdout.read()
            message = process.stderr.read().strip()
            _, status, usage = os.wait4(process.pid, 0)
        milliseconds = (time.perf_counter() - start) * 1e3
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise Failure(f"{command}: {message.splitlines()[0] if message else process.returncode}")
        return output, milliseconds, usage.ru_maxrss / 1024


def write_models(files):
    """Weights, models and images that the processes read."""
    written = subprocess.run(
        [environment.python(), "-m", "peers.write_models", files], stderr=subprocess.PIPE,
        text=True, env=dict(os.environ, PYTHONPATH=str(ROOT / "Tools")))
    if written.returncode:
        raise Failure(written.stderr.strip().splitlines()[-1])


def remark(text):
    print(text, file=sys.stderr, flush=True)

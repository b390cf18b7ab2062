"""Measures rows: ours and the peers in turn, so that what disturbs one disturbs all."""

import statistics
import time

from peers import rows
from peers.processes import Failure, Peer, remark

PAUSE = 0.2  # seconds, in which threads that still spin come to rest


class Comparison:
    """Rows that are measured one after the other; peers stay while the workload does."""

    def __init__(self, own, columns, threads, seconds, rounds, is_best, files):
        self.own = own
        self.columns = columns
        self.threads = threads
        self.seconds = seconds
        self.rounds = rounds
        self.timing = "min_ms" if is_best else "median_ms"
        self.middle = min if is_best else statistics.median
        self.files = files
        self.versions = {}
        self.peers = {}
        self.workload = None

    def measure(self, row):
        """A row's numbers, over the rounds, for ours and each peer, by name."""
        remark(f"{row.key}: {row.title}")
        names = [name for name in row.peers if name in self.columns]
        fresh = row.measure in (rows.FIRST, rows.MEMORY)
        self.prepare(row.workload, names, not fresh)
        times = {name: [] for name in ["own", *names]}
        failures = {}
        for _ in range(1 if row.measure == rows.BUILD else self.rounds):
            for name in times:
                if name in failures:
                    continue
                time.sleep(PAUSE)
                try:
                    times[name].append(
                        self.own_number(row) if name == "own" else self.number(name, row))
                except Failure as failure:
                    failures[name] = str(failure)
                    remark(f"  {name}: {failure}")
        return {
            name: self.middle(numbers) for name, numbers in times.items()
            if numbers and name not in failures}

    def prepare(self, workload, names, stay):
        """Starts the peers that the workload needs, and ends those of another one."""
        if workload != self.workload or not stay:
            self.close()
            self.workload = workload if stay else None
        for name in names:
            if stay and name not in self.peers:
                self.peers[name] = self.started(name, workload)

    def started(self, name, workload):
        """A peer that is warm; what went wrong instead, when something did."""
        begin = time.perf_counter()
        try:
            peer = Peer(name, workload, self.threads, self.files)
        except Failure as failure:
            return failure
        self.versions[name] = peer.start["version"]
        remark(f"  {name} is warm after {time.perf_counter() - begin:.1f} s")
        return peer

    def number(self, name, row):
        """What a peer takes for a row."""
        fresh = row.measure in (rows.FIRST, rows.MEMORY)
        peer = self.started(name, row.workload) if fresh else self.peers[name]
        if isinstance(peer, Failure):
            raise peer
        if row.measure == rows.BUILD:
            return peer.start["build_ms"]
        if row.measure == rows.FIRST_RUN:
            return peer.start["first_ms"]
        if not fresh:
            return peer.measure(self.seconds)[self.timing]
        answer = peer.measure(self.seconds)
        peer.close()
        if row.measure == rows.MEMORY:
            return answer["peak_mb"]
        return peer.start["build_ms"] + peer.start["first_ms"]

    def own_number(self, row):
        """What StaticGraph takes for a row."""
        if row.measure == rows.BUILD:
            return self.own.compiled(row.graph)[1]
        numbers, peak = self.own.bench(row, self.seconds)
        if row.measure == rows.FIRST:
            return numbers["load_ms"] + numbers["first_run_ms"]
        if row.measure == rows.MEMORY:
            return peak
        return numbers["first_run_ms" if row.measure == rows.FIRST_RUN else self.timing]

    def close(self):
        for peer in self.peers.values():
            if isinstance(peer, Peer):
                peer.close()
        self.peers = {}

"""The table of a comparison, as Markdown and as JSON."""

import pathlib
import platform

from peers import rows


def machine():
    """The processor that this runs on."""
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def shown(number):
    """A number with three digits, as a person reads it."""
    if number is None:
        return "–"
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}" if number >= 0.001 else f"{number:.6f}"


def judged(row, numbers):
    """A row with its numbers, the best peer, and the ratio of ours to it."""
    peers = {name: numbers[name] for name in row.peers if name in numbers}
    best = min(peers, key=peers.get) if peers else None
    own = numbers.get("own")
    return {
        "row": row.key, "title": row.title, "unit": "MB" if row.measure == rows.MEMORY else "ms",
        "own": own, "peers": peers, "best": best,
        "ratio": own / peers[best] if best and own is not None else None, "reach": row.reach,
    }


def heading(columns):
    """The first two lines of the table."""
    cells = ["workload (ms)", *(rows.PEERS[name] for name in columns),
             "StaticGraph", "ratio", "to reach", ""]
    return [line(cells), line(["---", *["---:"] * (len(cells) - 2), "---"])]


def body(result, columns):
    """The line of a row."""
    ratio, reach = result["ratio"], result["reach"]
    verdict = "" if reach is None or ratio is None else "reached" if ratio <= reach else "missed"
    return line([
        result["title"], *(shown(result["peers"].get(name)) for name in columns),
        shown(result["own"]), shown(ratio), "–" if reach is None else f"{reach:g}", verdict])


def line(cells):
    return f"| {' | '.join(cells)} |"


def remarks(columns, versions, threads):
    """What the table was measured with."""
    peers = ", ".join(
        f"{rows.PEERS[name]} {versions[name]}" for name in columns if name in versions)
    return f"{machine()}, {threads} threads; {peers}."

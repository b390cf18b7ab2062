"""Reads event files with TensorBoard, and prints what it finds as JSON.

Usage: read_events.py FOLDER            prints {"scalars": {tag: [[step, value], ...]}, "images":
                                        {tag: [[step, width, height, first pixel]]}, "histograms":
                                        {tag: [[step, min, max, num, sum, sum of squares,
                                        limits, counts]]}, "nodes": [name, ...]}
       read_events.py --serve FOLDER    starts a server on a free port and prints what its plugin of
                                        scalars answers: {run: {tag: [[step, value], ...]}}
"""

import io
import json
import sys


def read(folder):
    from PIL import Image
    from tensorboard.backend.event_processing import event_accumulator

    accumulator = event_accumulator.EventAccumulator(
        folder, size_guidance={kind: 0 for kind in ("scalars", "images", "histograms")})
    accumulator.Reload()
    tags = accumulator.Tags()
    images = {}
    for tag in tags["images"]:
        images[tag] = []
        for event in accumulator.Images(tag):
            picture = Image.open(io.BytesIO(event.encoded_image_string))
            assert picture.size == (event.width, event.height)
            images[tag].append([event.step, event.width, event.height,
                                list(picture.convert("RGB").getpixel((0, 0)))])
    histograms = {}
    for tag in tags["histograms"]:
        histograms[tag] = []
        for event in accumulator.Histograms(tag):
            value = event.histogram_value
            histograms[tag].append([event.step, value.min, value.max, value.num, value.sum,
                                    value.sum_squares, list(value.bucket_limit),
                                    list(value.bucket)])
    return {
        "scalars": {tag: [[event.step, event.value] for event in accumulator.Scalars(tag)]
                    for tag in tags["scalars"]},
        "images": images,
        "histograms": histograms,
        "nodes": [node.name for node in accumulator.Graph().node] if tags["graph"] else [],
    }


def serve(folder):
    import time
    import urllib.parse
    import urllib.request

    from tensorboard import program

    board = program.TensorBoard()
    board.configure(argv=["tensorboard", "--logdir", folder, "--port", "0", "--load_fast", "false"])
    address = board.launch().rstrip("/") + "/data/plugin/scalars"

    def ask(path):
        with urllib.request.urlopen(address + path, timeout=10) as answer:
            return json.load(answer)

    for _ in range(100):
        tags = ask("/tags")
        if tags:
            break
        time.sleep(0.1)
    return {
        run: {tag: [[step, value] for _, step, value in ask(
            "/scalars?" + urllib.parse.urlencode({"run": run, "tag": tag}))] for tag in found}
        for run, found in tags.items()}


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        print(json.dumps(serve(sys.argv[2])))
    else:
        print(json.dumps(read(sys.argv[1])))

"""SqueezeNet in ONNX Runtime, from a file that `write_models` has written."""

import time

import numpy
import onnxruntime


def build(workload):
    """What makes one run of the workload; opening the file counts as building."""
    workload.version = onnxruntime.__version__
    count = 16 if workload.name.endswith("16") else 1
    image = numpy.load(workload.files / f"image-{count}.npy")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = workload.threads
    path = str(workload.files / "squeezenet.onnx")
    start = time.perf_counter()
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    workload.build_ms = (time.perf_counter() - start) * 1e3
    return lambda: session.run(["scores"], {"image": image})

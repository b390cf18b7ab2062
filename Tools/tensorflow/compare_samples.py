"""Compares the samples of every operator, or random graphs, with TensorFlow.

Usage: compare_samples.py FOLDER [--may-refuse]

For each case the folder holds N.pb, a graph as StaticGraph writes it, N.npz with what was fed and
what StaticGraph computed, and N.txt with the name of the case. TensorFlow imports the graph and
must give the same results; its own gradients of the operator, and the gradients of these, must be
those that StaticGraph derived. Float64 must agree to 1e-10 of the largest, Float32 to 1e-5, and
everything else exactly. With --may-refuse it is no failure when TensorFlow does not take a value
that is right here, as an index into something empty; such cases are counted, and more than two
and a twentieth of all are a failure.
"""

import pathlib
import sys

import numpy as np
import tensorflow as tf

import channels_last

tf1 = tf.compat.v1
tf1.disable_eager_execution()

# TensorFlow leaves out how the second output, the softmax less the labels, depends on the labels.
NOT_COMPARED = {("SoftmaxCrossEntropyWithLogits", "input1")}

# Kernels as they are: the rewriter adds zeros to a bias of another layout as if shapes broadcast.
CONFIGURATION = tf1.ConfigProto()
CONFIGURATION.graph_options.rewrite_options.disable_meta_optimizer = True

TOLERANCE = {np.dtype("float64"): 1e-10, np.dtype("float32"): 1e-5}

# What TensorFlow says of types that it has no kernel for, or does not even declare.
NO_KERNEL = ("No OpKernel was registered", "is not in the list of allowed values")

# What TensorFlow says when it builds a gradient of explicit paddings that its operators lack.
NO_EXPLICIT_PADDING = "Op passed string 'EXPLICIT' not in"

# Operators whose gradient is wrong in TensorFlow; differences alone check ours.
WRONG_GRADIENTS = {
    "FusedBatchNormGrad": "the moments, which are inputs, count as functions of x there",
    "FusedBatchNormGradV2": "the same",
    "FusedBatchNormGradV3": "the same",
    "ResizeBilinearGrad": "declared as not differentiable there, although it is linear",
    "PadV2": "nothing flows back into constant_values there",
}


def difference(ours, theirs, scale=0):
    """What is wrong with a result whose numbers came from some of that scale, or None."""
    theirs = np.asarray(theirs)
    if ours.dtype != theirs.dtype:
        return f"type {ours.dtype}, not {theirs.dtype}"
    if ours.shape != theirs.shape:
        return f"shape {ours.shape}, not {theirs.shape}"
    tolerance = TOLERANCE.get(ours.dtype)
    if tolerance is None:
        return None if np.array_equal(ours, theirs) else f"{ours}, not {theirs}"
    special = ~np.isfinite(theirs)
    if not np.array_equal(ours[special], theirs[special], equal_nan=True):
        return f"{ours}, not {theirs}"
    ours, theirs = ours[~special], theirs[~special]
    scale = max(np.abs(theirs).max(initial=0), scale, 1e-30)
    error = np.abs(ours - theirs).max(initial=0) / scale
    return None if error <= tolerance else f"{error:.2g} of the largest apart: {ours}, not {theirs}"


def is_written(operation, name):
    """Whether TensorFlow writes an output: not the moments of images whose own are not taken."""
    if operation.type not in ("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"):
        return True
    takes = operation.get_attr("is_training") and operation.inputs[0].shape.num_elements() != 0
    return takes or name[-2:] not in (":3", ":4")


def tensor(graph, name):
    return graph.get_tensor_by_name(name if ":" in name else name + ":0")


def lacks_kernel(operation):
    """Whether TensorFlow's own processor computes no convolution of these attributes and sizes."""
    if not operation.type.startswith(("Conv2D", "DepthwiseConv2d")):
        return False
    strides = operation.get_attr("strides")
    is_forward, is_full = "Backprop" not in operation.type, operation.type.startswith("Conv2D")
    if operation.get_attr("data_format") != b"NHWC":
        return True
    if max(operation.get_attr("dilations")) > 1 and not (is_forward and is_full):
        return True
    if is_full:
        # A channel of the filters for each of the images, but for groups in the forward direction.
        images, filters = {"Conv2DBackpropInput": (operation.outputs[0], operation.inputs[1]),
                           "Conv2DBackpropFilter": (operation.inputs[0], operation.outputs[0]),
                           "Conv2D": (None, None)}[operation.type]
        return not is_forward and images.shape[3] != filters.shape[2]
    # Without images, the gradient of the filters is whatever the memory held.
    is_empty = operation.type.endswith("BackpropFilter") and operation.inputs[0].shape[0] == 0
    return strides[1] != strides[2] or is_empty


def is_computable(tensor):
    """Whether TensorFlow has a kernel for all that the tensor is computed from."""
    reached, pending = {tensor.op}, [tensor.op]
    while pending:
        operation = pending.pop()
        if lacks_kernel(operation):
            return False
        origins = {origin.op for origin in operation.inputs} - reached
        reached |= origins
        pending += origins
    return True


def compare(stem, counts):
    """Gives what differs in one case, as a list of sentences."""
    definition = tf1.GraphDef()
    definition.ParseFromString(pathlib.Path(f"{stem}.pb").read_bytes())
    stored = dict(np.load(f"{stem}.npz"))
    graph = tf1.Graph()
    with graph.as_default():
        tf1.import_graph_def(channels_last.rewrite(definition), name="")
        feeds = {tensor(graph, key.split(" ")[1]): value
                 for key, value in stored.items() if key.startswith("feed ")}
        checks = []
        groups = {}
        for key, value in stored.items():
            kind, *names = key.split(" ")
            groups.setdefault(kind, []).append((names, value))
        for names, value in groups.get("result", []):
            result = tensor(graph, names[0])
            if is_written(result.op, result.name):
                checks.append(("result", result, value))
        if "weight" in groups:
            outputs = [tensor(graph, names[0]) for names, _ in groups["weight"]]
            weights = [tf.constant(value) for _, value in groups["weight"]]
            inputs = [tensor(graph, names[0]) for names, _ in groups["gradient"]]
            for kind in ("gradient", "second"):
                for names, value in groups.get(kind, []):
                    checks.append((f"our {kind}, run there", tensor(graph, names[1]), value))
            operator = next(node.op for node in definition.node if node.name == outputs[0].op.name)
            directions = {names[0]: value for names, value in groups.get("direction", [])}
            try:
                if operator in WRONG_GRADIENTS:
                    raise LookupError
                gradients = tf1.gradients(outputs, inputs, grad_ys=weights,
                                          unconnected_gradients="zero")
                # A gradient of some slices alone is compared as a whole.
                gradients = [tf.convert_to_tensor(gradient) for gradient in gradients]
                for (names, value), gradient in zip(groups["gradient"], gradients):
                    if (operator, names[0]) not in NOT_COMPARED:
                        checks.append(("gradient", gradient, value))
                counts["gradients"] += 1
                if directions:
                    slope = tf.add_n([
                        tf.reduce_sum(gradient * directions[names[0]])
                        for (names, _), gradient in zip(groups["gradient"], gradients)])
                    seconds = [tf.convert_to_tensor(second) for second in
                               tf1.gradients(slope, inputs, unconnected_gradients="zero")]
                    for (names, value), second in zip(groups["second"], seconds):
                        if (operator, names[0]) not in NOT_COMPARED:
                            checks.append(("second gradient", second, value))
                    counts["second gradients"] += 1
            except (LookupError, ValueError) as error:
                if isinstance(error, ValueError) and NO_EXPLICIT_PADDING not in str(error):
                    raise
                counts["without a gradient there"] += 1
        computable = [check for check in checks if is_computable(check[1])]
        if len(computable) < len(checks):
            counts["without a kernel there"] += 1
        checks = computable
        with tf1.Session(graph=graph, config=CONFIGURATION) as session:
            if checks:
                values = session.run([check[1] for check in checks], feeds)
            else:
                values = []
    wrong = []
    weight_scale = max([np.abs(value).max(initial=0) for _, value in groups.get("weight", [])],
                       default=0)
    # A second gradient that vanishes is a difference of terms of the size of the gradient.
    scale = max([np.abs(value[np.isfinite(value)]).max(initial=0)
                 for _, value in groups.get("gradient", [])], default=0)
    for (kind, _, ours), theirs in zip(checks, values):
        # Terms as large as the weights that flow back may cancel; their rounding is no difference.
        rounding = 1e-5 * weight_scale if "gradient" in kind and ours.dtype == np.float64 else 0
        text = difference(ours, theirs, max(rounding, scale if "second" in kind else 0))
        if text:
            wrong.append(f"{kind}: {text}")
    return wrong


def main(folder, may_refuse=False):
    counts = {"gradients": 0, "second gradients": 0, "without a gradient there": 0,
              "without a kernel there": 0, "refused there": 0}
    failures = 0
    files = sorted(pathlib.Path(folder).glob("*.pb"), key=lambda path: int(path.stem))
    for path in files:
        stem = path.with_suffix("")
        try:
            wrong = compare(stem, counts)
        except (tf.errors.NotFoundError, tf.errors.InvalidArgumentError, ValueError) as error:
            # TensorFlow declares some types for which its own processor has no kernel.
            if may_refuse and "No OpKernel" not in str(error):
                wrong = []
                counts["refused there"] += 1
                lines = [line for line in str(error).splitlines() if line.strip()]
                marks = [i for i, line in enumerate(lines) if "[[{{node" in line] or [len(lines)]
                nodes = [line for line in lines if line.startswith("Detected at node")]
                cause = " ".join(nodes[:1] + [lines[marks[0] - 1]])
                print(f"{pathlib.Path(f'{stem}.txt').read_text()}: refused: {cause[:300]}")
            elif not any(text in str(error) for text in NO_KERNEL):
                wrong = [f"{type(error).__name__}: {error}"]
            else:
                wrong = []
                counts["without a kernel there"] += 1
        except Exception as error:  # A case that cannot run is a failure like any other.
            wrong = [f"{type(error).__name__}: {error}"]
        if wrong:
            failures += 1
            print(f"{pathlib.Path(f'{stem}.txt').read_text()}:")
            for line in wrong:
                print(f"  {line[:2000]}")
    if counts["refused there"] > 2 + len(files) // 20:
        failures += 1
        print("TensorFlow refuses too many cases")
    summary = ", ".join(f"{count} {name}" for name, count in counts.items())
    print(f"TensorFlow {tf.__version__}: {len(files)} cases, {summary}, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--may-refuse" in sys.argv[2:]))

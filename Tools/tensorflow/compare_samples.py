"""Compares the samples of every operator, or random graphs, with TensorFlow.

Usage: compare_samples.py FOLDER [--random]

For each case the folder holds N.pb, a graph as StaticGraph writes it, N.npz with what was fed and
what StaticGraph computed, and N.txt with the name of the case. TensorFlow imports the graph and
must give the same results; its own gradients of the operator, and the gradients of these, must be
those that StaticGraph derived. Float64 must agree to 1e-10 of the largest, Float32 to 1e-5, and
everything else exactly. With --random it is no failure when TensorFlow does not take a value
that is right here, as an index into something empty, nor when a value would differ that much for
other roundings on the way; such cases are counted, and more than two and a twentieth of all are a
failure.
"""

import collections
import multiprocessing
import multiprocessing.connection
import os
import pathlib
import sys

import numpy as np
import tensorflow as tf

import channels_last
import known_gaps
import steadiness

tf1 = tf.compat.v1
tf1.disable_eager_execution()

# Kernels as they are: the rewriter adds zeros to a bias of another layout as if shapes broadcast.
# One thread each, since as many processes as processors compare.
CONFIGURATION = tf1.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
CONFIGURATION.graph_options.rewrite_options.disable_meta_optimizer = True

# The part of the tolerance by which a value may move for a few roundings on the way to it.
UNSTEADY = 0.3

# How often each kind of value is differentiated by TensorFlow.
ORDERS = {"gradient": 1, "second gradient": 2}

# How many roundings of the weights that flow back a gradient may be apart.
ROUNDINGS = 4

TOLERANCE = {np.dtype("float64"): 1e-10, np.dtype("float32"): 1e-5}

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


def tensor(graph, name):
    return graph.get_tensor_by_name(name if ":" in name else name + ":0")


def gradients_there(kind, counts, *arguments, **options):
    """TensorFlow's gradients; None, and counted, where it has none or fails."""
    try:
        return tf1.gradients(*arguments, **options)
    except (LookupError, ValueError) as error:
        if isinstance(error, ValueError) and known_gaps.NO_EXPLICIT_PADDING not in str(error):
            raise
        counts[f"without a {kind} there"] += 1
    except TypeError as error:
        # As where the gradient of some slices alone meets an operator that takes whole ones.
        counts["whose gradient fails there"] += 1
        print(f"TensorFlow's {kind} fails: {str(error).splitlines()[0][:200]}")
    return None


def derivatives(graph, definition, groups, counts):
    """Gives what to compare of first and second gradients: kind, TensorFlow's tensor, our value
    and its name."""
    owners = {kind: [names[0] for names, _ in groups.get(kind, [])]
              for kind in ("weight", "gradient", "second", "direction")}
    outputs = [tensor(graph, name) for name in owners["weight"]]
    weights = [tf.constant(value) for _, value in groups.get("weight", [])]
    names = list(dict.fromkeys(owners["gradient"] + owners["direction"]))
    inputs = [tensor(graph, name) for name in names]
    if not outputs or not owners["gradient"] + owners["second"]:
        return
    # As the file has it: another layout was rewritten.
    operator = next(node.op for node in definition.node if node.name == outputs[0].op.name)
    if known_gaps.has_wrong_gradient(graph, operator):
        counts["with a wrong gradient there"] += 1
        return
    gradients = gradients_there(
        "gradient", counts, outputs, inputs, grad_ys=weights, unconnected_gradients="zero")
    if gradients is None:
        return
    # A gradient of some slices alone is compared as a whole.
    gradients = dict(zip(names, map(tf.convert_to_tensor, gradients)))
    for (ours, name), value in groups.get("gradient", []):
        if (operator, ours) not in known_gaps.NOT_COMPARED:
            yield "gradient", gradients[ours], value, name
    if not owners["second"]:
        return
    slope = tf.add_n([tf.reduce_sum(gradients[ours] * value)
                      for (ours, _), value in groups["direction"]])
    seconds = gradients_there(
        "second gradient", counts, slope, inputs, unconnected_gradients="zero")
    if seconds is None:
        return
    seconds = dict(zip(names, map(tf.convert_to_tensor, seconds)))
    for (ours, name), value in groups["second"]:
        if (operator, ours) not in known_gaps.NOT_COMPARED:
            yield "second gradient", seconds[ours], value, name


def compare(stem, counts, is_random):
    """Gives what differs in one case, as a list of sentences."""
    definition = tf1.GraphDef()
    definition.ParseFromString(pathlib.Path(f"{stem}.pb").read_bytes())
    stored = dict(np.load(f"{stem}.npz"))
    graph = tf1.Graph()
    with graph.as_default():
        tf1.import_graph_def(channels_last.rewrite(definition), name="")
        operations = [operation for operation in graph.get_operations()
                      if not operation.name.startswith("gradients/")]
        feeds = {tensor(graph, key.split(" ")[1]): value
                 for key, value in stored.items() if key.startswith("feed ")}
        groups = {}
        for key, value in stored.items():
            kind, *names = key.split(" ")
            groups.setdefault(kind, []).append((names, value))
        results = [(tensor(graph, names[0]), value, names[0])
                   for names, value in groups.get("result", [])]
        checks = [("result", result, value, name) for result, value, name in results
                  if known_gaps.is_written(result.op, result.name)]
        for kind in ("gradient", "second"):
            for names, value in groups.get(kind, []):
                checks.append((f"our {kind}, run there", tensor(graph, names[1]), value,
                                names[1]))
        checks += derivatives(graph, definition, groups, counts)
        computable = [check for check in checks if known_gaps.is_computable(check[1])]
        if len(computable) < len(checks):
            counts["without a kernel there"] += 1
        checks = computable
        # What operators whose gradient is wrong for zeros are applied to.
        factors = [(known_gaps.ZERO_GRADIENTS[operation.type][0], operation.inputs[0])
                   for operation in operations if operation.type in known_gaps.ZERO_GRADIENTS]
        with tf1.Session(graph=graph, config=CONFIGURATION) as session:
            values, elements = session.run(
                [[check[1] for check in checks], [factor for _, factor in factors]], feeds)
    wrong_orders = [order for (order, _), factor in zip(factors, elements) if not np.all(factor)]
    if is_random and known_gaps.has_cut_gradient(operations):
        wrong_orders.append(2)
    wrong_order = min(wrong_orders, default=3)
    has_nan_gradient = any(operation.type in known_gaps.NAN_GRADIENTS for operation in operations)
    weight_scale = max([np.abs(value).max(initial=0) for _, value in groups.get("weight", [])],
                       default=0)
    # A second gradient that vanishes is a difference of terms of the size of the gradient.
    gradient_scale = max([np.abs(value[np.isfinite(value)]).max(initial=0)
                          for _, value in groups.get("gradient", [])], default=0)
    wrong = []
    for (kind, _, ours, name), theirs in zip(checks, values):
        if ORDERS.get(kind, 0) >= wrong_order:
            counts["with a wrong gradient there"] += 1
            continue
        # Terms as large as the weights that flow back may cancel; their rounding is no difference.
        tolerance = TOLERANCE.get(ours.dtype)
        scale = gradient_scale if "second" in kind else 0
        if tolerance and kind != "result":
            scale = max(scale, ROUNDINGS * np.finfo(ours.dtype).eps / tolerance * weight_scale)
        if "second" in kind and has_nan_gradient:
            theirs = np.where(np.isnan(theirs), ours, theirs)
        text = difference(ours, theirs, scale)
        if text:
            wrong.append((kind, text, name, ours, scale))
        elif not kind.startswith("our"):
            counts[f"{kind}s of {ours.dtype}"] += 1
            if kind != "result" and np.any(ours):
                counts[f"{kind}s of {ours.dtype} that are not zero"] += 1
    if wrong and is_random:
        wrong = steady(wrong, definition, feeds, counts, label(stem))
    return [f"{kind}: {text}" for kind, text, *_ in wrong]


def label(stem):
    """What the case is called."""
    return pathlib.Path(f"{stem}.txt").read_text()


def steady(wrong, definition, feeds, counts, case):
    """What of the differences roundings do not account for."""
    names = list(dict.fromkeys(name for _, _, name, _, _ in wrong))
    moves = steadiness.moves(
        channels_last.rewrite(definition), {key.name: value for key, value in feeds.items()}, names, CONFIGURATION)
    left = []
    for difference in wrong:
        kind, text, name, ours, scale = difference
        numbers = ours[np.isfinite(ours)] if ours.dtype.kind == "f" else []
        scale = max(np.abs(numbers).max(initial=0), scale) if len(numbers) else scale
        if moves[name] > UNSTEADY * TOLERANCE.get(ours.dtype, 0) * scale:
            counts["unsteady"] += 1
            print(f"{case}: unsteady {kind}: {text.splitlines()[0][:200]}")
        else:
            left.append(difference)
    return left


def refusal(error):
    """What TensorFlow says of a case that it does not take, in one line."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    marks = [i for i, line in enumerate(lines) if "[[{{node" in line] or [len(lines)]
    nodes = [line for line in lines if line.startswith("Detected at node")]
    return " ".join(nodes[:1] + [lines[marks[0] - 1]])[:300]


def judge(stem, is_random):
    """Compares one case, and gives what to count and what is wrong with it."""
    counts = collections.Counter()
    wrong = []
    try:
        wrong = compare(stem, counts, is_random)
    except (tf.errors.NotFoundError, tf.errors.InvalidArgumentError, ValueError) as error:
        # TensorFlow declares some types for which its own processor has no kernel.
        if any(text in str(error) for text in known_gaps.NO_KERNEL):
            counts["without a kernel there"] += 1
            if is_random:
                print(f"{label(stem)}: no kernel: {refusal(error)}")
        elif is_random:
            counts["refused there"] += 1
            print(f"{label(stem)}: refused: {refusal(error)}")
        else:
            wrong = [f"{type(error).__name__}: {error}"]
    except Exception as error:  # A case that cannot run is a failure like any other.
        wrong = [f"{type(error).__name__}: {error}"]
    return counts, wrong


def work(stems, is_random, results):
    """Judges cases one after the other, and tells what came of each."""
    for stem in stems:
        results.send((stem, judge(stem, is_random)))
    results.close()


def judge_all(stems, is_random):
    """Judges all cases, in a process for each processor, and gives what came of each."""
    # A process that is split off now, before any session, has TensorFlow loaded.
    context = multiprocessing.get_context("fork")
    waiting = {}

    def start(part):
        ours, theirs = context.Pipe(duplex=False)
        context.Process(target=work, args=(part, is_random, theirs), daemon=True).start()
        theirs.close()
        waiting[ours] = (part, 0)

    processes = os.cpu_count() or 1
    for number in range(processes):
        start(stems[number::processes])
    while waiting:
        for results in multiprocessing.connection.wait(list(waiting)):
            part, done = waiting[results]
            try:
                stem, judgement = results.recv()
            except EOFError:
                del waiting[results]
                if done < len(part):
                    yield part[done], (collections.Counter(), ["TensorFlow crashed"])
                    start(part[done + 1:])
                continue
            if judgement:
                waiting[results] = (part, done + 1)
                yield stem, judgement


def main(folder, is_random=False):
    stems = sorted((path.with_suffix("") for path in pathlib.Path(folder).glob("*.pb")),
                   key=lambda stem: int(stem.name))
    if is_random:
        for operator in known_gaps.STOPPED:
            tf.no_gradient(operator)
    counts = collections.Counter()
    for stem, (counted, wrong) in judge_all(stems, is_random):
        counts += counted
        if wrong:
            counts["failed"] += 1
            print(f"{label(stem)}:")
            for line in wrong:
                print(f"  {line[:2000]}")
    for count in ("refused there", "unsteady", "whose gradient fails there",
                  "without a kernel there"):
        if counts[count] > 2 + len(stems) // 20:
            counts["failed"] += 1
            print(f"too many cases are {count}")
    summary = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    print(f"TensorFlow {tf.__version__}: {len(stems)} cases, {summary}")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--random" in sys.argv[2:]))

"""Trains graphs in TensorFlow from the weights and on the batches that StaticGraph trained them.

Usage: training_steps.py FOLDER

For each case the folder holds N.pb, a graph as StaticGraph writes it; N.json with the keys label,
loss and train, the names of a scalar and of a node, steps, tolerances, optimizer and averages; and
N.npz with the arrays "start VARIABLE", "feed STEP VALUE", "losses", the loss of each step before its update,
and "end VARIABLE". TensorFlow imports the graph and runs its training step; where "optimizer" is an
expression, that optimizer of TensorFlow's own trains a network of two dense layers with tanh
between them, too. Each loss must agree to the first tolerance, and each variable to the second
times its largest element. Where "averages" is an expression, that ExponentialMovingAverage follows
the weights, too; "updates" in it is a variable that counts the steps. Variables that the optimizer
keeps are compared in the imported graph alone.
"""

import json
import pathlib
import sys

import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1

CONFIGURATION = tf1.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)


def read(stem):
    """What the case says, its arrays, and what is fed in each step."""
    case = json.loads(pathlib.Path(f"{stem}.json").read_text())
    arrays = dict(np.load(f"{stem}.npz"))
    feeds = [{} for _ in range(case["steps"])]
    for key, value in arrays.items():
        kind, *names = key.split(" ")
        if kind == "feed":
            feeds[int(names[0])][names[1]] = value
    return case, arrays, feeds


def named(arrays, kind):
    return {key.removeprefix(f"{kind} "): value for key, value in arrays.items()
            if key.startswith(f"{kind} ")}


def tensor_name(name):
    return name if ":" in name else f"{name}:0"


def assignment(variable, value):
    """Lets a variable of either wire form have a value."""
    if variable.dtype == tf.resource:
        return tf.raw_ops.AssignVariableOp(resource=variable, value=value)
    return tf.raw_ops.Assign(ref=variable, value=value)


def reading(variable, value):
    if variable.dtype == tf.resource:
        return tf.raw_ops.ReadVariableOp(resource=variable, dtype=value.dtype)
    return tf.raw_ops.Identity(input=variable)


def train_imported(stem, case, start, feeds):
    """The losses and variables of the imported graph."""
    definition = tf1.GraphDef()
    definition.ParseFromString(pathlib.Path(f"{stem}.pb").read_bytes())
    graph = tf1.Graph()
    with graph.as_default():
        tf1.import_graph_def(definition, name="")
        variables = {operation.name: operation.outputs[0] for operation in graph.get_operations()
                     if operation.type in ("VarHandleOp", "VariableV2", "Variable")}
        if set(variables) != set(start):
            raise ValueError(f"variables {sorted(variables)}, but values for {sorted(start)}")
        assignments = [assignment(variables[name], value) for name, value in start.items()]
        reads = {name: reading(variables[name], value) for name, value in start.items()}
        with tf1.Session(graph=graph, config=CONFIGURATION) as session:
            session.run(assignments)
            step = [tensor_name(case["loss"]), graph.get_operation_by_name(case["train"])]
            losses = [session.run(step, {tensor_name(name): value
                                         for name, value in batch.items()})[0]
                      for batch in feeds]
            return losses, session.run(reads)


def train_here(case, start, feeds):
    """The losses and weights of the same network, trained by TensorFlow's own optimizer."""
    updates = tf.Variable(0)
    optimizer = eval(case["optimizer"], {"tf": tf, "tf1": tf1})
    averages = eval(case["averages"] or "None", {"tf": tf, "tf1": tf1, "updates": updates})
    weights = {name: tf.Variable(start[name], name=name)
               for name in ("first/weights", "first/bias", "second/weights", "second/bias")}
    losses = []
    if averages:
        averages.apply(list(weights.values()))
    for batch in feeds:
        with tf.GradientTape() as tape:
            hidden = tf.tanh(batch["x"] @ weights["first/weights"] + weights["first/bias"])
            output = hidden @ weights["second/weights"] + weights["second/bias"]
            loss = tf.reduce_mean(tf.square(output - batch["y"]))
        losses.append(loss.numpy())
        variables = list(weights.values())
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        updates.assign_add(1)
        if averages:
            averages.apply(variables)
    result = {name: variable.numpy() for name, variable in weights.items()}
    if averages:
        result |= {f"{name}/ExponentialMovingAverage": averages.average(variable).numpy()
                   for name, variable in weights.items()}
    return losses, result


def differences(arrays, losses, variables):
    """How far apart losses are, and variables, relative to each loss and largest element; and
    which variable it is."""
    ours, losses = arrays["losses"], np.asarray(losses, np.float64)
    loss = np.max(np.abs(ours - losses) / np.abs(losses))
    end = named(arrays, "end")
    others = [(np.max(np.abs(end[name] - value)) / max(np.max(np.abs(value)), 1e-30), name)
              for name, value in variables.items()]
    return loss, *max(others)


def main(folder):
    failed, count = 0, 0
    stems = sorted((path.with_suffix("") for path in pathlib.Path(folder).glob("*.json")),
                   key=lambda stem: int(stem.name))
    for stem in stems:
        case, arrays, feeds = read(stem)
        start = named(arrays, "start")
        trained = [("imported", train_imported(stem, case, start, feeds))]
        if case["optimizer"]:
            trained.append(("own optimizer", train_here(case, start, feeds)))
        for way, (losses, variables) in trained:
            loss, variable, name = differences(arrays, losses, variables)
            # A difference that is not a number is one, too.
            is_wrong = not (loss <= case["tolerances"][0] and variable <= case["tolerances"][1])
            failed += is_wrong
            count += 1
            print(f"{case['label']}, {way}: {'FAILED, ' if is_wrong else ''}losses {losses[0]:.6g} "
                  f"to {losses[-1]:.6g}, apart by {loss:.2g}; variables by {variable:.2g}, {name}")
    print(f"TensorFlow {tf.__version__}: {count} trainings, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""Trains graphs in TensorFlow from the weights and on the batches that StaticGraph trained them.

Usage: training_steps.py FOLDER

For each case the folder holds N.pb, a graph as StaticGraph writes it; N.json with the keys label,
loss and train, the names of a scalar and of a node, steps, tolerances and reference; and N.npz with
the arrays "start VARIABLE", "feed STEP VALUE", "losses", the loss of each step before its update,
and "end VARIABLE". TensorFlow imports the graph and runs its training step. Where "reference" is
not empty, the network of NETWORKS that it names is made of TensorFlow's operators and trained by
its "optimizer", an expression, too. Each loss must agree to the first tolerance, and each variable
to the second times its largest element. Variables that the optimizer keeps are compared in the
imported graph alone. More expressions may be part of a reference: "regularizer" adds to the loss
for all variables but biases; the moving averages "averages" follow the variables, and
"loss_averages" the loss; "updates" in them counts the steps.
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


def dense_loss(weights, batch):
    hidden = tf.tanh(batch["x"] @ weights["first/weights"] + weights["first/bias"])
    output = hidden @ weights["second/weights"] + weights["second/bias"]
    return tf.reduce_mean(tf.square(output - batch["y"]))


def convolutional_loss(weights, batch):
    features = tf.nn.relu(tf.nn.bias_add(
        tf.nn.conv2d(batch["images"], weights["features/weights"], 1, "SAME"),
        weights["features/bias"]))
    pooled = tf.nn.max_pool2d(features, 2, 2, "VALID")
    flat = tf.reshape(pooled, [len(batch["labels"]), -1])
    hidden = tf.nn.relu(flat @ weights["hidden/weights"] + weights["hidden/bias"])
    scores = hidden @ weights["scores/weights"] + weights["scores/bias"]
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(batch["labels"], scores))


# The loss of each network, and its layers, each with weights and a bias.
NETWORKS = {
    "dense": (dense_loss, ["first", "second"]),
    "convolutional": (convolutional_loss, ["features", "hidden", "scores"]),
}


def sparing_biases(optimizer):
    """An optimizer whose decay of weights leaves biases alone."""
    optimizer.exclude_from_weight_decay(var_names=["bias"])
    return optimizer


def averages_of_losses(averages, losses):
    """A moving average of TensorFlow 1's after a loss for each step."""
    graph = tf1.Graph()
    with graph.as_default():
        loss = tf.identity(tf1.placeholder(losses[0].dtype, []), name="loss")
        averages = averages()
        step = averages.apply([loss])
        average = averages.average(loss)
        with tf1.Session(graph=graph, config=CONFIGURATION) as session:
            session.run(tf1.global_variables_initializer())
            for number in losses:
                session.run(step, {loss: number})
            return {average.op.name: session.run(average)}


def train_here(reference, start, feeds):
    """The losses and weights of the same network, trained by TensorFlow's own optimizer."""
    updates = tf.Variable(0)

    def evaluated(key):
        return eval(reference.get(key, "None"),
                    {"tf": tf, "tf1": tf1, "updates": updates, "sparing_biases": sparing_biases})

    compute_loss, layers = NETWORKS[reference["network"]]
    optimizer, averages, regularizer = map(evaluated, ("optimizer", "averages", "regularizer"))
    weights = {name: tf.Variable(start[name], name=name)
               for layer in layers for name in (f"{layer}/weights", f"{layer}/bias")}
    losses = []
    if averages:
        averages.apply(list(weights.values()))
    for batch in feeds:
        with tf.GradientTape() as tape:
            loss = compute_loss(weights, batch)
            penalty = sum(regularizer(variable) for name, variable in weights.items()
                          if not name.endswith("bias")) if regularizer else 0
            total = loss + penalty
        losses.append(loss.numpy())
        variables = list(weights.values())
        optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
        updates.assign_add(1)
        if averages:
            averages.apply(variables)
    result = {name: variable.numpy() for name, variable in weights.items()}
    if averages:
        result |= {f"{name}/ExponentialMovingAverage": averages.average(variable).numpy()
                   for name, variable in weights.items()}
    if "loss_averages" in reference:
        result |= averages_of_losses(lambda: evaluated("loss_averages"), losses)
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
        if case["reference"]:
            trained.append(("own optimizer", train_here(case["reference"], start, feeds)))
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

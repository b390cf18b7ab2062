"""Writes graphs as a TensorFlow 1 program would, with feeds and results, for StaticGraph to run.

Usage: write_graphs.py FOLDER

For each graph the folder gets NAME.pb and NAME.npz; the archive's keys are "feed NODE" and
"fetch NODE", with the value. A training has "initialize NODE" and "train NODE", what to run before
and in each step, "losses NODE", the loss of each step, and "end VARIABLE" with the last values.
"""

import pathlib
import sys

import numpy as np
import tensorflow as tf

import recurrent_networks
from recurrent_networks import numbers

tf1 = tf.compat.v1
tf1.disable_v2_behavior()

# What graphs compute as they are; to rewrite unrolled ones takes longer than to run them.
CONFIGURATION = tf1.ConfigProto()
CONFIGURATION.graph_options.rewrite_options.disable_meta_optimizer = True

GRAPHS = {}


def graph(build):
    GRAPHS[build.__name__] = build
    return build


@graph
def derivative():
    x = tf1.placeholder(tf.float64, [], "x")
    y = tf.multiply(2 * x, tf.sin(np.pi * x), name="y")
    return {"x": np.float64(1.5)}, [y, *tf1.gradients(y, [x], name="dydx")]


@graph
def second_derivative():
    x = tf1.placeholder(tf.float64, [None], "x")
    y = tf.sin(x) * tf.exp(-x) * tf.tanh(x)
    first = tf1.gradients(y, [x])[0]
    return {"x": numbers(7, dtype=np.float64)}, [y, first, tf1.gradients(first, [x])[0]]


@graph
def dense_network_and_its_gradients():
    x = tf1.placeholder(tf.float32, [None, 5], "x")
    weights = [tf1.placeholder(tf.float32, shape, f"w{i}") for i, shape in enumerate([(5, 8), (8, 3)])]
    biases = [tf1.placeholder(tf.float32, shape, f"b{i}") for i, shape in enumerate([(8,), (3,)])]
    hidden = tf.sigmoid(tf.nn.bias_add(tf.matmul(x, weights[0]), biases[0]))
    output = tf.nn.bias_add(tf.matmul(hidden, weights[1]), biases[1])
    loss = tf.reduce_mean(tf.reduce_sum(output * output, axis=1), name="loss")
    feeds = {"x": numbers(4, 5), "w0": numbers(5, 8, seed=1), "w1": numbers(8, 3, seed=2),
             "b0": numbers(8, seed=3), "b1": numbers(3, seed=4)}
    # Sigmoid's and BiasAdd's own gradient operators come with a later set of operators, so that
    # only what is built from this set is fetched.
    return feeds, [output, loss]


@graph
def broadcasts_of_open_shapes():
    a = tf1.placeholder(tf.float32, [None, None, 3], "a")
    b = tf1.placeholder(tf.float32, [None, 1], "b")
    y = (a + b) * b - a / (b * b + 1.0)
    loss = tf.reduce_sum(y, name="loss")
    return {"a": numbers(2, 4, 3), "b": numbers(4, 1, seed=1)}, [y, loss]


@graph
def gradients_of_broadcasts_of_open_shapes():
    a = tf1.placeholder(tf.float32, [None, None, 3], "a")
    b = tf1.placeholder(tf.float32, [None, 1], "b")
    y = (a + b) * b
    return {"a": numbers(2, 4, 3), "b": numbers(4, 1, seed=1)}, list(tf1.gradients(y, [a, b]))


@graph
def reshapes_by_a_computed_shape():
    x = tf1.placeholder(tf.float32, [None, 6], "x")
    like = tf1.placeholder(tf.float32, [None, None], "like")
    y = tf.reshape(x, tf.shape(like)) * like
    return {"x": numbers(2, 6), "like": numbers(3, 4, seed=1)}, [y, tf.reduce_mean(y, axis=[0])]


@graph
def casts_and_choices():
    x = tf1.placeholder(tf.float32, [3, 4], "x")
    y = tf1.raw_ops.Select(condition=tf.greater(x, 0.0), x=x, y=tf.exp(x))
    n = tf.cast(y * 10.0, tf.int32)
    total = tf.add_n([tf.cast(n, tf.float64), tf.cast(n, tf.float64), tf.cast(x, tf.float64)])
    return {"x": numbers(3, 4)}, [y, n, total]


@graph
def control_dependencies():
    x = tf1.placeholder(tf.float32, [2], "x")
    with tf1.control_dependencies([tf.no_op(name="first")]):
        y = tf.identity(x * 3.0, name="y")
    return {"x": numbers(2)}, [y]


@graph
def old_addition():
    x = tf1.placeholder(tf.int32, [None], "x")
    return {"x": np.arange(4, dtype=np.int32)}, [tf1.raw_ops.Add(x=x, y=x, name="z")]


def write(folder, name, definition, archive):
    path = pathlib.Path(folder) / name
    path.with_suffix(".pb").write_bytes(definition.SerializeToString())
    np.savez(path.with_suffix(".npz"), **archive)


def tensors(feeds):
    return {f"{node}:0": value for node, value in feeds.items()}


def write_results(folder, build):
    """Writes a graph, whose variables become constants, and what it computes."""
    with tf1.Graph().as_default() as current, tf1.Session(config=CONFIGURATION) as session:
        feeds, fetches = build()
        session.run(tf1.global_variables_initializer())
        values = session.run(fetches, tensors(feeds))
        archive = {f"feed {node}": value for node, value in feeds.items()}
        archive.update({f"fetch {fetch.op.name}": value
                        for fetch, value in zip(fetches, values)})
        definition = current.as_graph_def()
        if tf1.global_variables():
            definition = tf1.graph_util.convert_variables_to_constants(
                session, definition, [fetch.op.name for fetch in fetches])
        write(folder, build.__name__, definition, archive)


def write_training(folder, build, has_handles):
    """Writes a graph that trains, and the losses and variables of its steps."""
    with tf1.Graph().as_default() as current, tf1.Session(config=CONFIGURATION) as session:
        with tf1.variable_scope(tf1.get_variable_scope(), use_resource=has_handles):
            loss, feeds, train = build()
        initializer = tf1.global_variables_initializer()
        archive = {f"feed {node}": value for node, value in feeds.items()}
        archive[f"initialize {initializer.name}"] = archive[f"train {train.name}"] = []
        session.run(initializer)
        archive[f"losses {loss.op.name}"] = np.array(
            [session.run([loss, train], tensors(feeds))[0] for _ in range(5)])
        archive.update({f"end {variable.op.name}": session.run(variable)
                        for variable in tf1.global_variables()})
        name = build.__name__ + ("_by_handles" if has_handles else "")
        write(folder, name, current.as_graph_def(), archive)


def main(folder):
    builds = [*GRAPHS.values(), *recurrent_networks.NETWORKS]
    for build in builds:
        write_results(folder, build)
    for build, has_handles in recurrent_networks.TRAININGS:
        write_training(folder, build, has_handles)
    print(f"TensorFlow {tf.__version__}: {len(builds)} graphs and"
          f" {len(recurrent_networks.TRAININGS)} trainings written")


if __name__ == "__main__":
    main(sys.argv[1])

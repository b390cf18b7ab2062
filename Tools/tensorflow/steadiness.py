"""How far values of a graph move where whatever is rounded on the way is rounded otherwise.

Two engines agree only on values that hardly move.
"""

import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1

# How far numbers move, in parts of themselves: a few roundings.
STEPS = {tf.float64: 2.0 ** -50, tf.float32: 2.0 ** -21}

RUNS = 3


def noisy(definition, types):
    """Gives a copy of a graph that multiplies each floating-point number by a factor to be fed,
    and the names of the numbers and of their factors.

    Numbers that sizes follow from, as those of a range, have no factors.
    """
    copy = tf1.GraphDef()
    factors = {}
    sizes = {name for node in definition.node if node.op in ("Range", "LinSpace")
             for name in node.input}
    renamed = {}
    for node in definition.node:
        added = copy.node.add()
        added.CopyFrom(node)
        # Factors change nothing that a file says of shapes beside the nodes.
        added.input[:] = [renamed.get(name.removesuffix(":0"), name) for name in node.input]
        for output, kind in enumerate(types[node.name]):
            value = f"{node.name}:{output}" if output else node.name
            if kind not in STEPS or value in sizes:
                continue
            factor = copy.node.add(name=f"{node.name}/factor_{output}", op="Placeholder")
            product = copy.node.add(name=f"{node.name}/noisy_{output}", op="Mul",
                                    input=[value, factor.name])
            for made, attribute in ((factor, "dtype"), (product, "T")):
                made.attr[attribute].type = kind.as_datatype_enum
            renamed[value] = product.name
            factors[value] = factor.name
    return copy, factors, renamed


def run(definition, names, feeds, configuration):
    """Computes values in a session of its own, so that random numbers are the same each time."""
    graph = tf1.Graph()
    with graph.as_default():
        tf1.import_graph_def(definition, name="")
        with tf1.Session(graph=graph, config=configuration) as session:
            return session.run({name: tensor(name) for name in names},
                               {tensor(name): value for name, value in feeds.items()})


def tensor(name):
    return tf1.get_default_graph().get_tensor_by_name(name if ":" in name else name + ":0")


def moves(definition, feeds, names, configuration):
    """Gives for each name how far the value moves at most, infinitely where it becomes another.

    An integer, and a number that an operator was given already, is not rounded and does not move.
    What a graph begins with moves like all that is equal to it.
    """
    graph = tf1.Graph()
    with graph.as_default():
        tf1.import_graph_def(definition, name="")
        types = {operation.name: [output.dtype for output in operation.outputs]
                 for operation in graph.get_operations()}
    copy, factors, renamed = noisy(definition, types)
    values = run(definition, set(factors) | set(names), feeds, configuration)
    inputs = {node.name: [name.removesuffix(":0") for name in node.input]
              for node in definition.node}
    distances = {name: 0 for name in names}
    for seed in range(RUNS):
        random = np.random.default_rng(seed)
        alike = {}
        noise = {}
        for name, factor in factors.items():
            value = values[name]
            given = [np.abs(values[source]).ravel()
                     for source in inputs[name.split(":")[0]] if source in values]
            parts = random.uniform(-1, 1, value.shape)
            if not given:
                parts = np.reshape([alike.setdefault(number, random.uniform(-1, 1))
                                    for number in value.ravel().tolist()], value.shape)
            known = np.concatenate(given or [[]])
            kept = (value == np.round(value)) | np.isin(np.abs(value), known)
            step = STEPS[tf.as_dtype(value.dtype)]
            noise[factor] = (1 + step * np.where(kept, 0, parts)).astype(value.dtype)
        try:
            moved = run(copy, [renamed.get(name, name) for name in names],
                        {**feeds, **noise}, configuration)
        except tf.errors.OpError:  # Moved numbers need not pass every check.
            return {name: np.inf for name in names}
        for name in names:
            distances[name] = max(distances[name],
                                  distance(values[name], moved[renamed.get(name, name)]))
    return distances


def distance(before, after):
    """How far apart two numbers are at most, infinitely where something else differs."""
    if before.shape != after.shape:
        return np.inf
    if before.dtype.kind != "f":
        return 0 if np.array_equal(before, after) else np.inf
    same = (before == after) | (np.isnan(before) & np.isnan(after))
    with np.errstate(invalid="ignore"):
        apart = np.abs(before[~same] - after[~same]).max(initial=0)
    return apart if np.isfinite(apart) else np.inf

"""Rewrites operators on images with channels second for TensorFlow's own processor, whose kernels
know channels last alone: images are turned before and after."""

import numpy as np
import tensorflow as tf

# For each operator: the inputs that are images, those that are a number for each axis, and the
# types of its outputs, of which the first is an image.
POOLING = [((0,), (), "T"), ((0, 1, 2), (), "T"), ((0,), (1, 2), "T"), ((0, 1, 2), (3, 4), "T")]
OPERATORS = {
    "AvgPool": POOLING[0],
    "AvgPoolGrad": ((1,), (0,), "T"),
    "MaxPool": POOLING[0],
    "MaxPoolGrad": POOLING[1],
    "MaxPoolGradGrad": POOLING[1],
    "MaxPoolV2": POOLING[2],
    "MaxPoolGradV2": POOLING[3],
    "MaxPoolGradGradV2": POOLING[3],
    "DepthToSpace": ((0,), (), "T"),
    "SpaceToDepth": ((0,), (), "T"),
    "FusedBatchNormGrad": ((0, 1), (), "TTTTT"),
    "FusedBatchNormGradV2": ((0, 1), (), "TUUUU"),
    "FusedBatchNormGradV3": ((0, 1), (), "TUUUU"),
}

TO_LAST = [0, 2, 3, 1]
TO_SECOND = [0, 3, 1, 2]


def rewrite(definition):
    """The same graph, whose operators on images have channels last."""
    result = tf.compat.v1.GraphDef()
    result.CopyFrom(definition)
    del result.node[:]
    for node in definition.node:
        if node.op in OPERATORS and node.attr["data_format"].s == b"NCHW":
            append_with_turns(result, node)
        else:
            result.node.add().CopyFrom(node)
    return result


def append_with_turns(graph, node):
    """Appends an operator between operators that turn its images; these bear its name."""
    images, numbers, types = OPERATORS[node.op]
    inner = graph.node.add()
    inner.CopyFrom(node)
    inner.name = node.name + "/inner"
    inner.attr["data_format"].s = b"NHWC"
    for position in images:
        inner.input[position] = transpose(
            graph, f"{node.name}/turn{position}", node.input[position], node.attr["T"].type, TO_LAST)
    for position in numbers:
        inner.input[position] = gather(
            graph, f"{node.name}/turn{position}", node.input[position], TO_LAST)
    for name in ("ksize", "strides", "explicit_paddings"):
        numbers = list(node.attr[name].list.i) if name in node.attr else []
        if numbers:
            pairs = np.reshape(numbers, [4, -1])[TO_LAST]
            inner.attr[name].list.i[:] = pairs.flatten().tolist()
    if len(types) == 1:
        transpose(graph, node.name, inner.name, node.attr["T"].type, TO_SECOND)
        return
    turned = transpose(
        graph, node.name + "/turn", inner.name, node.attr["T"].type, TO_SECOND)
    all_outputs = graph.node.add(name=node.name, op="IdentityN")
    all_outputs.input.append(turned)
    all_outputs.input.extend(f"{inner.name}:{number}" for number in range(1, len(types)))
    all_outputs.attr["T"].list.type.extend(node.attr[name].type for name in types)


def constant(graph, name, integers):
    node = graph.node.add(name=name, op="Const")
    node.attr["dtype"].type = tf.int32.as_datatype_enum
    value = tf.make_tensor_proto(integers, tf.int32)
    node.attr["value"].tensor.CopyFrom(value)
    return name


def transpose(graph, name, value, dtype, permutation):
    node = graph.node.add(name=name, op="Transpose")
    node.input.extend([value, constant(graph, name + "/permutation", permutation)])
    node.attr["T"].type = dtype
    node.attr["Tperm"].type = tf.int32.as_datatype_enum
    return name


def gather(graph, name, value, positions):
    node = graph.node.add(name=name, op="GatherV2")
    node.input.extend(
        [value, constant(graph, name + "/positions", positions), constant(graph, name + "/axis", 0)])
    for attribute in ("Tparams", "Tindices", "Taxis"):
        node.attr[attribute].type = tf.int32.as_datatype_enum
    return name

"""What TensorFlow lacks, or is known to compute wrong: what cannot be compared with it."""

import numpy as np

# TensorFlow leaves out how the second output, the softmax less the labels, depends on the labels.
NOT_COMPARED = {("SoftmaxCrossEntropyWithLogits", "input1")}

# What TensorFlow says of types that it has no kernel for, or does not even declare.
NO_KERNEL = ("No OpKernel was registered", "is not in the list of allowed values")

# What TensorFlow says when it builds a gradient of explicit paddings that its operators lack.
NO_EXPLICIT_PADDING = "Op passed string 'EXPLICIT' not in"

# Operators whose gradient is wrong in TensorFlow, for an input unless that is a constant, or at all;
# differences alone check ours.
WRONG_GRADIENTS = {
    "FusedBatchNormGrad": (None, "the moments, which are inputs, count as functions of x there"),
    "FusedBatchNormGradV2": (None, "the same"),
    "FusedBatchNormGradV3": (None, "the same"),
    "ResizeBilinearGrad": (None, "declared as not differentiable there, although it is linear"),
    "PadV2": (2, "nothing flows back into constant_values there"),
}

# Operators whose second gradient is NaN in TensorFlow for some inputs.
NAN_GRADIENTS = {
    "EuclideanNorm": "x / (norm / gradient) divides by 0 where nothing flows back",
    "Lgamma": "Polygamma of negative Float32 numbers is NaN",
    "SegmentMax": "what flows back is divided by 0, the number of elements of an empty segment",
    "SegmentMean": "as for SegmentMax",
    "SegmentMin": "as for SegmentMax",
}

# Operators whose gradient, counted from this one on, is wrong in TensorFlow where an element is 0.
ZERO_GRADIENTS = {
    "Prod": (2, "it is made from Cumprod"),
    "Cumprod": (1, "it divides by the elements, and takes 0 for what is divided by 0"),
}

# Operators of random graphs whose second gradient lacks a part in TensorFlow.
CUT_GRADIENTS = {
    "ResizeBilinear": "ResizeBilinearGrad is declared as not differentiable there",
    "FusedBatchNormGrad": "its gradient is made of moments that hold the mean as a constant",
    "FusedBatchNormGradV2": "the same",
    "FusedBatchNormGradV3": "the same",
}

# Operators without a gradient in TensorFlow. A random graph stops gradients before them, which
# TensorFlow sees only after it has asked for theirs.
STOPPED = ["Bincount", "ListDiff", "Mod", "Snapshot", "TruncateMod", "Unique", "UniqueWithCounts"]


def is_written(operation, name):
    """Whether TensorFlow writes an output: not the moments of images whose own are not taken."""
    if operation.type not in ("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"):
        return True
    takes = operation.get_attr("is_training") and operation.inputs[0].shape.num_elements() != 0
    return takes or name[-2:] not in (":3", ":4")


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


def has_cut_gradient(operations):
    """Whether the second gradient of a random graph lacks a part in TensorFlow."""
    return any(operation.type in CUT_GRADIENTS for operation in operations
               if "_grad/" not in operation.name)


def has_wrong_gradient(graph, operator):
    """Whether TensorFlow's gradient is known to be wrong for the operator, or some of the graph."""
    if WRONG_GRADIENTS.get(operator, (0, None))[0] is None:
        return True
    for operation in graph.get_operations():
        position, _ = WRONG_GRADIENTS.get(operation.type, (None, None))
        if position is not None and operation.inputs[position].op.type != "Const":
            return True
    return False

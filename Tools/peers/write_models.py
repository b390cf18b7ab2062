"""Writes into a folder what other processes only read: SqueezeNet's weights for graphrun
(`weights.npz`), its model for ONNX Runtime (`squeezenet.onnx`), and images in NCHW."""

import pathlib
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

from peers import inputs


def squeezenet_model(weights):
    """SqueezeNet in NCHW, as exporters write it."""
    nodes, constants = [], []

    def add(operator, arguments, **attributes):
        output = f"{operator}{len(nodes)}"
        nodes.append(helper.make_node(operator, arguments, [output], **attributes))
        return output

    def convolution(x, name, strides, is_same):
        filters = numpy.ascontiguousarray(weights[f"{name}/weights"].transpose(3, 2, 0, 1))
        constants.append(numpy_helper.from_array(filters, f"{name}/weights"))
        constants.append(numpy_helper.from_array(weights[f"{name}/bias"], f"{name}/bias"))
        size = filters.shape[2]
        return add(
            "Conv", [x, f"{name}/weights", f"{name}/bias"], kernel_shape=[size, size],
            strides=[strides, strides], pads=[size // 2 if is_same else 0] * 4)

    def relu(x):
        return add("Relu", [x])

    features = inputs.run_squeezenet(
        "image", 12, convolution, relu,
        lambda x: add("MaxPool", [x], kernel_shape=[3, 3], strides=[2, 2]),
        lambda a, b: add("Concat", [a, b], axis=1))
    last = relu(convolution(features[-1], "classifier/layer1", 1, False))
    pooled = add("GlobalAveragePool", [last])
    nodes.append(helper.make_node("Flatten", [pooled], ["scores"]))
    graph = helper.make_graph(
        nodes, "squeezenet",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, 224, 224])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", 1000])], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model


def main():
    folder = pathlib.Path(sys.argv[1])
    weights = inputs.squeezenet_weights()
    numpy.savez(folder / "weights.npz", **weights)
    onnx.save(squeezenet_model(weights), folder / "squeezenet.onnx")
    for count in (1, 16):
        image = inputs.normal(count, 224, 224, 3).transpose(0, 3, 1, 2)
        numpy.save(folder / f"image-{count}.npy", numpy.ascontiguousarray(image))


if __name__ == "__main__":
    main()

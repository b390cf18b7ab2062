"""The workloads in TensorFlow, as TF1 programs have them: a graph, fed and run by a session."""

import math
import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import tensorflow.compat.v1 as tf  # noqa: E402
from tensorflow import nn  # noqa: E402

from peers import inputs  # noqa: E402

tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)


def session(workload, is_optimized=True):
    """A session with initialised variables."""
    configuration = tf.ConfigProto(
        intra_op_parallelism_threads=workload.threads,
        inter_op_parallelism_threads=workload.threads)
    configuration.graph_options.rewrite_options.disable_meta_optimizer = not is_optimized
    opened = tf.Session(config=configuration)
    opened.run(tf.global_variables_initializer())
    return opened


def runner(workload, fetches, feeds=None, is_optimized=True):
    """A run of those fetches; operations are fetched to leave their results where they are."""
    opened = session(workload, is_optimized)
    return lambda: opened.run(fetches, feed_dict=feeds)


def derivative(workload):
    x = tf.placeholder(tf.float64, [])
    y = 2 * x * tf.sin(math.pi * x)
    return runner(workload, [y, tf.gradients(y, x)[0]], {x: 1.5})


def convnet(workload):
    pixels, classes = inputs.batch(workload.name)
    images = tf.placeholder(tf.float32, [None, *pixels.shape[1:]])
    labels = tf.placeholder(tf.int32, [None])
    filters, bias, dense, dense_bias, last, last_bias = map(
        tf.Variable, inputs.convnet_weights(workload.name))
    features = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(images, filters, 1, "SAME"), bias))
    pooled = tf.nn.max_pool2d(features, 2, 2, "VALID")
    flat = tf.reshape(pooled, [-1, dense.shape[0]])
    hidden = tf.nn.relu(tf.matmul(flat, dense) + dense_bias)
    scores = tf.matmul(hidden, last) + last_bias
    loss = tf.reduce_mean(
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=scores))
    train = tf.train.AdamOptimizer(inputs.LEARNING_RATE).minimize(loss)
    return runner(workload, [train, loss], {images: pixels, labels: classes})


class SqueezeNet:
    """SqueezeNet's features and scores in NHWC."""

    def __init__(self):
        self.weights = {
            name: tf.Variable(value, trainable=False)
            for name, value in inputs.squeezenet_weights().items()}

    def convolution(self, x, name, strides, is_same):
        product = tf.nn.conv2d(
            x, self.weights[f"{name}/weights"], strides, "SAME" if is_same else "VALID")
        return tf.nn.bias_add(product, self.weights[f"{name}/bias"])

    def features(self, image, last=12):
        return inputs.run_squeezenet(
            image, last, self.convolution, tf.nn.relu,
            lambda x: tf.nn.max_pool2d(x, 3, 2, "VALID"), lambda a, b: tf.concat([a, b], 3))

    def scores(self, image):
        last = self.convolution(self.features(image)[-1], "classifier/layer1", 1, False)
        return tf.reduce_mean(tf.nn.relu(last), [1, 2])


def squeezenet(workload):
    count = 16 if workload.name.endswith("16") else 1
    image = tf.placeholder(tf.float32, [None, None, None, 3])
    scores = SqueezeNet().scores(image)
    return runner(workload, scores, {image: inputs.normal(count, 224, 224, 3)})


def class_gradient(workload):
    image = tf.placeholder(tf.float32, [1, 224, 224, 3])
    score = SqueezeNet().scores(image)[0, inputs.CLASS]
    objective = score - inputs.PENALTY * tf.reduce_sum(tf.square(image))
    gradient = tf.gradients(objective, image)[0]
    return runner(workload, gradient, {image: inputs.normal(1, 224, 224, 3)})


def gram_matrix(features):
    """Of one image's features, over all places."""
    flat = tf.reshape(features, [-1, features.shape[-1]])
    return tf.matmul(flat, flat, transpose_a=True) / tf.cast(tf.size(features), tf.float32)


def style(workload):
    content, style_image = inputs.pictures()
    network = SqueezeNet()
    image = tf.Variable(content)
    features = network.features(image, 7)
    # What stays is computed once, and is a constant of the graph that trains.
    with session(workload) as opened:
        targets = opened.run([
            network.features(tf.constant(content), inputs.CONTENT_LAYER)[-1],
            [gram_matrix(layer) for layer in network.features(tf.constant(style_image), 7)]])
    loss = inputs.CONTENT_WEIGHT * tf.reduce_sum(
        tf.squared_difference(features[inputs.CONTENT_LAYER], targets[0]))
    for number, weight in inputs.STYLE_WEIGHTS.items():
        loss += weight * tf.reduce_sum(
            tf.squared_difference(gram_matrix(features[number]), targets[1][number]))
    loss += inputs.SMOOTHNESS_WEIGHT * (
        tf.reduce_sum(tf.squared_difference(image[:, 1:], image[:, :-1]))
        + tf.reduce_sum(tf.squared_difference(image[:, :, 1:], image[:, :, :-1])))
    optimizer = tf.train.AdamOptimizer(inputs.STYLE_LEARNING_RATE)
    step = optimizer.minimize(loss, var_list=[image])
    with tf.control_dependencies([step]):
        train = image.assign(
            tf.clip_by_value(image.read_value(), -inputs.LIMIT, inputs.LIMIT)).op
    return runner(workload, [train, loss])


def gelu_loss(x):
    return tf.reduce_sum(tf.square(nn.gelu(x, approximate=True)))


def gelu(workload):
    return runner(workload, gelu_loss(tf.Variable(inputs.normal(inputs.GELU_COUNT))))


def gelu_gradient(workload):
    x = tf.Variable(inputs.normal(inputs.GELU_COUNT))
    return runner(workload, tf.gradients(gelu_loss(x), x)[0].op)


def product(workload):
    size = inputs.PRODUCT_SIZE
    a, b = tf.Variable(inputs.normal(size, size)), tf.Variable(inputs.normal(size, size))
    return runner(workload, tf.matmul(a, b).op)


def chain(workload):
    start = time.perf_counter()
    x = tf.placeholder(tf.float64, [])
    y = x
    for _ in range(inputs.CHAIN_ROUNDS):
        y = inputs.CHAIN_FACTOR * tf.sin(y)
    slope = tf.gradients(y, x)[0]
    workload.build_ms = (time.perf_counter() - start) * 1e3
    # Its optimizer took three minutes for a fifth of this graph, and five seconds for a twentieth.
    return runner(workload, [y, slope], {x: 0.5}, is_optimized=False)


WORKLOADS = {
    "derivative": derivative, "mnist": convnet, "cifar": convnet, "squeezenet": squeezenet,
    "squeezenet-16": squeezenet, "class-gradient": class_gradient, "style": style, "gelu": gelu,
    "gelu-gradient": gelu_gradient, "product": product, "chain": chain,
}


def build(workload):
    """What makes one run of the workload."""
    workload.version = tf.__version__
    return WORKLOADS[workload.name](workload)

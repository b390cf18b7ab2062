"""The workloads in JAX: pure functions under jit, NHWC."""

import math

import jax
from jax import lax
from jax import numpy as jnp

from peers import inputs


def waiting(function, *arguments):
    """A run of the function that waits for its results."""
    return lambda: jax.block_until_ready(function(*arguments))


def derivative(workload):
    jax.config.update("jax_enable_x64", True)
    function = jax.jit(jax.value_and_grad(lambda x: 2 * x * jnp.sin(math.pi * x)))
    return waiting(function, jnp.float64(1.5))


def adam(state, gradients, rate):
    """A step of Adam for every leaf of the parameters (Kingma and Ba 2015)."""
    parameters, first, second, count = state
    count = count + 1
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
    size = rate * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
    parameters = jax.tree.map(
        lambda p, m, v: p - size * m / (jnp.sqrt(v) + 1e-8), parameters, first, second)
    return parameters, first, second, count


def training(loss, parameters, rate, finish=lambda parameters: parameters):
    """A run of a training step, whose state stays on the device and is donated."""

    def step(state):
        value, gradients = jax.value_and_grad(loss)(state[0])
        state = adam(state, gradients, rate)
        return (finish(state[0]), *state[1:]), value

    step = jax.jit(step, donate_argnums=0)

    def zeros():
        return jax.tree.map(jnp.zeros_like, parameters)

    state = (parameters, zeros(), zeros(), jnp.float32(0))

    def run():
        nonlocal state
        state, value = step(state)
        jax.block_until_ready(state)
        return float(value)

    return run


def convolved(x, filters, strides, padding):
    return lax.conv_general_dilated(
        x, filters, (strides, strides), padding, dimension_numbers=("NHWC", "HWIO", "NHWC"))


def pooled(x, size, strides):
    return lax.reduce_window(
        x, -jnp.inf, lax.max, (1, size, size, 1), (1, strides, strides, 1), "VALID")


def convnet(workload):
    images, labels = map(jnp.asarray, inputs.batch(workload.name))

    def loss(parameters):
        filters, bias, dense, dense_bias, last, last_bias = parameters
        features = pooled(jax.nn.relu(convolved(images, filters, 1, "SAME") + bias), 2, 2)
        hidden = jax.nn.relu(features.reshape(len(images), -1) @ dense + dense_bias)
        logarithms = jax.nn.log_softmax(hidden @ last + last_bias)
        return -jnp.mean(jnp.take_along_axis(logarithms, labels[:, None], 1))

    parameters = [jnp.asarray(part) for part in inputs.convnet_weights(workload.name)]
    return training(loss, parameters, inputs.LEARNING_RATE)


def network_weights():
    return {name: jnp.asarray(value) for name, value in inputs.squeezenet_weights().items()}


def convolution(weights):
    """A layer's convolution, with weights by name."""

    def apply(x, name, strides, is_same):
        padding = "SAME" if is_same else "VALID"
        return convolved(x, weights[f"{name}/weights"], strides, padding) + weights[f"{name}/bias"]

    return apply


def network_features(weights, image, last=12):
    return inputs.run_squeezenet(
        image, last, convolution(weights), jax.nn.relu, lambda x: pooled(x, 3, 2),
        lambda a, b: jnp.concatenate([a, b], 3))


def network_scores(weights, image):
    last = network_features(weights, image)[-1]
    return jax.nn.relu(convolution(weights)(last, "classifier/layer1", 1, False)).mean((1, 2))


def squeezenet(workload):
    count = 16 if workload.name.endswith("16") else 1
    image = jnp.asarray(inputs.normal(count, 224, 224, 3))
    return waiting(jax.jit(network_scores), network_weights(), image)


def class_gradient(workload):
    def objective(image, weights):
        return (network_scores(weights, image)[0, inputs.CLASS]
                - inputs.PENALTY * jnp.sum(jnp.square(image)))

    image = jnp.asarray(inputs.normal(1, 224, 224, 3))
    return waiting(jax.jit(jax.grad(objective)), image, network_weights())


def gram_matrix(features):
    flat = features.reshape(-1, features.shape[-1])
    return flat.T @ flat / features.size


def style(workload):
    content, style_image = map(jnp.asarray, inputs.pictures())
    weights = network_weights()
    content_target = network_features(weights, content, inputs.CONTENT_LAYER)[-1]
    style_targets = [gram_matrix(layer) for layer in network_features(weights, style_image, 7)]

    def loss(image):
        features = network_features(weights, image, 7)
        total = inputs.CONTENT_WEIGHT * jnp.sum(
            jnp.square(features[inputs.CONTENT_LAYER] - content_target))
        for number, weight in inputs.STYLE_WEIGHTS.items():
            total += weight * jnp.sum(
                jnp.square(gram_matrix(features[number]) - style_targets[number]))
        return total + inputs.SMOOTHNESS_WEIGHT * (
            jnp.sum(jnp.square(image[:, 1:] - image[:, :-1]))
            + jnp.sum(jnp.square(image[:, :, 1:] - image[:, :, :-1])))

    return training(
        loss, content, inputs.STYLE_LEARNING_RATE,
        lambda image: jnp.clip(image, -inputs.LIMIT, inputs.LIMIT))


def gelu_loss(x):
    return jnp.sum(jnp.square(jax.nn.gelu(x, approximate=True)))


def gelu(workload):
    return waiting(jax.jit(gelu_loss), jnp.asarray(inputs.normal(inputs.GELU_COUNT)))


def gelu_gradient(workload):
    x = jnp.asarray(inputs.normal(inputs.GELU_COUNT))
    return waiting(jax.jit(jax.grad(gelu_loss)), x)


def product(workload):
    size = inputs.PRODUCT_SIZE
    a, b = jnp.asarray(inputs.normal(size, size)), jnp.asarray(inputs.normal(size, size))
    return waiting(jax.jit(jnp.matmul), a, b)


WORKLOADS = {
    "derivative": derivative, "mnist": convnet, "cifar": convnet, "squeezenet": squeezenet,
    "squeezenet-16": squeezenet, "class-gradient": class_gradient, "style": style, "gelu": gelu,
    "gelu-gradient": gelu_gradient, "product": product,
}


def build(workload):
    """What makes one run of the workload."""
    workload.version = jax.__version__
    return WORKLOADS[workload.name](workload)

"""Inputs and weights that all peers share: the same numbers in each process."""

import numpy

GENERATOR_SEED = 7
CHAIN_ROUNDS = 10_000
CHAIN_FACTOR = 1.01
GELU_COUNT = 4 << 20
PRODUCT_SIZE = 1024
BATCH = 50
CONVNETS = {"mnist": (28, 28, 1), "cifar": (32, 32, 3)}
FILTERS = 32
WINDOW = 7
UNITS = 100
CLASSES = 10
LEARNING_RATE = 0.001
PENALTY = 0.001
CLASS = 76

# Style transfer, as Graphs/style_transfer.graph has it.
CONTENT_WEIGHT = 0.06
STYLE_WEIGHTS = {1: 300000.0, 4: 1000.0, 6: 15.0, 7: 3.0}
CONTENT_LAYER = 3
SMOOTHNESS_WEIGHT = 0.02
STYLE_LEARNING_RATE = 0.1
LIMIT = 1.5
PICTURE_SIZE = 192


def generator():
    return numpy.random.default_rng(GENERATOR_SEED)


def normal(*sizes):
    """Numbers of the standard normal distribution."""
    return generator().standard_normal(sizes, dtype=numpy.float32)


def batch(name):
    """Images and labels of a training step."""
    labels = (7 * numpy.arange(BATCH) % CLASSES).astype(numpy.int32)
    return normal(BATCH, *CONVNETS[name]), labels


def scaled(*sizes):
    """Normal weights of variance 2 / inputs; the last size is that of the outputs."""
    deviation = numpy.sqrt(2 / numpy.prod(sizes[:-1])).astype(numpy.float32)
    return normal(*sizes) * deviation


def convnet_weights(name):
    """Filters, their bias, and matrix and bias of two dense layers."""
    height, width, channels = CONVNETS[name]
    flat = height // 2 * (width // 2) * FILTERS
    sizes = [(WINDOW, WINDOW, channels, FILTERS), (flat, UNITS), (UNITS, CLASSES)]
    return [part for size in sizes
            for part in (scaled(*size), numpy.zeros(size[-1], numpy.float32))]


# SqueezeNet's layers by number: a convolution, "relu", "pool", or a fire module's channels.
SQUEEZENET = (
    "convolution", "relu", "pool", (64, 16, 64), (128, 16, 64), "pool", (128, 32, 128),
    (256, 32, 128), "pool", (256, 48, 192), (384, 48, 192), (384, 64, 256), (512, 64, 256))


def squeezenet_weights():
    """Weights and biases by the names that Graphs/squeezenet.graph gives them; HWIO."""
    sizes = {"features/layer0": (3, 3, 3, 64), "classifier/layer1": (1, 1, 512, 1000)}
    for number, layer in enumerate(SQUEEZENET):
        if isinstance(layer, tuple):
            inputs, squeezed, expanded = layer
            prefix = f"features/layer{number}/fire"
            sizes[f"{prefix}/squeeze"] = (1, 1, inputs, squeezed)
            sizes[f"{prefix}/e11"] = (1, 1, squeezed, expanded)
            sizes[f"{prefix}/e33"] = (3, 3, squeezed, expanded)
    weights = {}
    for name, size in sizes.items():
        weights[f"{name}/weights"] = scaled(*size)
        weights[f"{name}/bias"] = numpy.zeros(size[-1], numpy.float32)
    return weights


def run_squeezenet(image, last, convolution, relu, pool, concat):
    """The features of each layer up to `last`, by operators of any engine.

    `convolution` takes the features, a name of weights, the strides and whether the size stays.
    """
    features = []
    x = image
    for number, layer in enumerate(SQUEEZENET[: last + 1]):
        if layer == "convolution":
            x = convolution(x, "features/layer0", 2, False)
        elif layer == "relu":
            x = relu(x)
        elif layer == "pool":
            x = pool(x)
        else:
            prefix = f"features/layer{number}/fire"
            squeezed = relu(convolution(x, f"{prefix}/squeeze", 1, False))
            x = concat(relu(convolution(squeezed, f"{prefix}/e11", 1, False)),
                       relu(convolution(squeezed, f"{prefix}/e33", 1, True)))
        features.append(x)
    return features


def pictures():
    """Content and style of a style transfer, normalised."""
    numbers = generator()
    size = (1, PICTURE_SIZE, PICTURE_SIZE, 3)
    mean = numpy.array([0.485, 0.456, 0.406], numpy.float32)
    deviation = numpy.array([0.229, 0.224, 0.225], numpy.float32)
    return [(numbers.random(size, dtype=numpy.float32) - mean) / deviation for _ in range(2)]

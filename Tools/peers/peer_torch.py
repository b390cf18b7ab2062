"""The workloads in PyTorch, eager or with its compiler: modules, autograd and optimisers, NCHW."""

import math

import torch
from torch import nn
from torch.nn import functional

from peers import inputs


def compiled(workload, function):
    """The function, compiled where the peer is the compiler."""
    return torch.compile(function) if workload.is_compiled else function


def derivative(workload):
    function = compiled(workload, lambda x: 2 * x * torch.sin(math.pi * x))

    def run():
        x = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
        y = function(x)
        return y, torch.autograd.grad(y, x)[0]

    return run


def convnet(workload):
    pixels, classes = inputs.batch(workload.name)
    images = torch.from_numpy(pixels).permute(0, 3, 1, 2).contiguous()
    labels = torch.from_numpy(classes).long()
    channels, half = images.shape[1], images.shape[2] // 2
    model = nn.Sequential(
        nn.Conv2d(channels, inputs.FILTERS, inputs.WINDOW, padding="same"), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(half * half * inputs.FILTERS, inputs.UNITS), nn.ReLU(),
        nn.Linear(inputs.UNITS, inputs.CLASSES))
    optimizer = torch.optim.Adam(model.parameters(), lr=inputs.LEARNING_RATE)
    forward = compiled(
        workload, lambda images, labels: functional.cross_entropy(model(images), labels))

    def run():
        optimizer.zero_grad()
        loss = forward(images, labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return run


class SqueezeNet(nn.Module):
    """SqueezeNet's features and scores."""

    def __init__(self):
        super().__init__()
        weights = inputs.squeezenet_weights()
        for name in sorted({name.rpartition("/")[0] for name in weights}):
            filters = torch.from_numpy(weights[f"{name}/weights"]).permute(3, 2, 0, 1)
            outputs, channels, size, _ = filters.shape
            layer = nn.Conv2d(
                channels, outputs, size, stride=2 if name == "features/layer0" else 1,
                padding=1 if name.endswith("e33") else 0)
            with torch.no_grad():
                layer.weight.copy_(filters)
                layer.bias.copy_(torch.from_numpy(weights[f"{name}/bias"]))
            self.add_module(name.replace("/", "_"), layer)
        self.requires_grad_(False)

    def features(self, image, last=12):
        return inputs.run_squeezenet(
            image, last, lambda x, name, *_: getattr(self, name.replace("/", "_"))(x),
            functional.relu, lambda x: functional.max_pool2d(x, 3, 2),
            lambda a, b: torch.cat([a, b], 1))

    def forward(self, image):
        return functional.relu(self.classifier_layer1(self.features(image)[-1])).mean((2, 3))


def picture(numbers):
    return torch.from_numpy(numbers).permute(0, 3, 1, 2).contiguous()


def squeezenet(workload):
    count = 16 if workload.name.endswith("16") else 1
    model = compiled(workload, SqueezeNet().eval())
    image = picture(inputs.normal(count, 224, 224, 3))

    def run():
        with torch.inference_mode():
            return model(image)

    return run


def class_gradient(workload):
    model = SqueezeNet().eval()
    image = picture(inputs.normal(1, 224, 224, 3)).requires_grad_()
    objective = compiled(
        workload,
        lambda image: model(image)[0, inputs.CLASS] - inputs.PENALTY * image.square().sum())
    return lambda: torch.autograd.grad(objective(image), image)[0]


def gram_matrix(features):
    flat = features.flatten(2)[0]
    return flat @ flat.T / features.numel()


def style(workload):
    content, style_image = map(picture, inputs.pictures())
    network = SqueezeNet().eval()
    with torch.no_grad():
        content_target = network.features(content, inputs.CONTENT_LAYER)[-1]
        style_features = network.features(style_image, 7)
        style_targets = {number: gram_matrix(style_features[number])
                         for number in inputs.STYLE_WEIGHTS}
    image = content.clone().requires_grad_()
    optimizer = torch.optim.Adam([image], lr=inputs.STYLE_LEARNING_RATE)

    def objective(image):
        features = network.features(image, 7)
        loss = inputs.CONTENT_WEIGHT * (
            features[inputs.CONTENT_LAYER] - content_target).square().sum()
        for number, weight in inputs.STYLE_WEIGHTS.items():
            distance = gram_matrix(features[number]) - style_targets[number]
            loss = loss + weight * distance.square().sum()
        down = image[:, :, 1:] - image[:, :, :-1]
        across = image[..., 1:] - image[..., :-1]
        return loss + inputs.SMOOTHNESS_WEIGHT * (down.square().sum() + across.square().sum())

    objective = compiled(workload, objective)

    def run():
        optimizer.zero_grad()
        loss = objective(image)
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            image.clamp_(-inputs.LIMIT, inputs.LIMIT)
        return loss.item()

    return run


def gelu_loss(x):
    return functional.gelu(x, approximate="tanh").square().sum()


def gelu(workload):
    x = torch.from_numpy(inputs.normal(inputs.GELU_COUNT))
    function = compiled(workload, gelu_loss)

    def run():
        with torch.inference_mode():
            return function(x)

    return run


def gelu_gradient(workload):
    x = torch.from_numpy(inputs.normal(inputs.GELU_COUNT)).requires_grad_()
    function = compiled(workload, gelu_loss)
    return lambda: torch.autograd.grad(function(x), x)[0]


def product(workload):
    size = inputs.PRODUCT_SIZE
    a, b = torch.from_numpy(inputs.normal(size, size)), torch.from_numpy(inputs.normal(size, size))

    def run():
        with torch.inference_mode():
            return a @ b

    return run


WORKLOADS = {
    "derivative": derivative, "mnist": convnet, "cifar": convnet, "squeezenet": squeezenet,
    "squeezenet-16": squeezenet, "class-gradient": class_gradient, "style": style, "gelu": gelu,
    "gelu-gradient": gelu_gradient, "product": product,
}


def build(workload):
    """What makes one run of the workload."""
    torch.set_num_threads(workload.threads)
    workload.version = torch.__version__
    return WORKLOADS[workload.name](workload)

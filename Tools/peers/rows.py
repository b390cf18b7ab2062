"""The rows of the comparison: what runs here, where else it runs, and what is to be reached."""

import dataclasses

TENSORFLOW = "tensorflow"
TORCH = "torch"
COMPILED = "torch.compile"
JAX = "jax"
ONNX = "onnxruntime"

# The columns, with how they are headed.
PEERS = {
    TENSORFLOW: "TensorFlow (TF1)",
    TORCH: "PyTorch",
    COMPILED: "torch.compile",
    JAX: "JAX",
    ONNX: "ONNX Runtime",
}

# How a row is measured.
RUN = "run"  # milliseconds of a warm run, the median
FIRST = "first"  # milliseconds from opening a file to the first result, in a new process each time
FIRST_RUN = "first run"  # milliseconds of the first run of a graph that is in memory
BUILD = "build"  # milliseconds to build a graph and differentiate it
MEMORY = "memory"  # the most megabytes (2²⁰ bytes) that the process had in memory


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of the table.

    `workload` is its name in the modules of the peers; `graph` and `arguments` are what
    `graphrun bench` is given; `reach` is the ratio of ours to the best peer that is to be reached.
    """

    key: str
    title: str
    workload: str
    peers: tuple
    reach: float | None
    graph: str
    arguments: tuple
    measure: str = RUN


LABELS = "labels=[" + ",".join(str(7 * i % 10) for i in range(50)) + "]"
SQUEEZENET = ("--restore", "WEIGHTS", "--fetch", "scores", "--feed")
ONE_IMAGE = (*SQUEEZENET, "image=random:1x224x224x3")
STEP = ("--target", "train", "--fetch", "loss")
TRAINING = (TENSORFLOW, TORCH, COMPILED, JAX)

ROWS = (
    Row("derivative", "derivative of 2x·sin(πx), one run", "derivative", TRAINING, 0.05,
        "derivative", ("--feed", "x=1.5")),
    Row("mnist", "MNIST ConvNet, Adam step, batch 50", "mnist", TRAINING, 0.6,
        "mnist_convnet", (*STEP, "--feed", "images=random:50x28x28x1", "--feed", LABELS)),
    Row("cifar", "CIFAR ConvNet, Adam step, batch 50", "cifar", TRAINING, 0.75,
        "cifar_convnet", (*STEP, "--feed", "images=random:50x32x32x3", "--feed", LABELS)),
    Row("squeezenet", "SqueezeNet 1.1 forward, 224², batch 1", "squeezenet",
        (*TRAINING, ONNX), 0.75, "squeezenet", ONE_IMAGE),
    Row("squeezenet-16", "the same, batch 16", "squeezenet-16", (*TRAINING, ONNX), 0.85,
        "squeezenet", (*SQUEEZENET, "image=random:16x224x224x3")),
    # The peers' images are not shifted, so that ours is shifted by nothing.
    Row("class-gradient", "class visualisation, one gradient, 224²", "class-gradient", TRAINING, 0.6,
        "class_visualization", ("--fetch", "slope", "--feed", "shifts=zeros")),
    Row("style", "style transfer, one Adam step, content 192²", "style", TRAINING, 0.6,
        "style_transfer", STEP),
    Row("gelu", "sum of gelu², 4 M elements", "gelu", TRAINING, 0.7,
        "gelu", ("--fetch", "loss", "--feed", "x=random:4194304")),
    Row("gelu-gradient", "its gradient", "gelu-gradient", TRAINING, 0.45,
        "gelu", ("--fetch", "gradient", "--feed", "x=random:4194304")),
    Row("product", "1024³ matrix product", "product", (TENSORFLOW, TORCH, JAX), 1.02,
        "matmul", ("--feed", "a=random:1024x1024", "--feed", "b=random:1024x1024")),
    Row("chain-build", "chain of 20,000 operators: build and differentiate", "chain", (TENSORFLOW,),
        None, "chain", (), BUILD),
    Row("chain-first", "… first run", "chain", (TENSORFLOW,), None,
        "chain", ("--feed", "x=0.5"), FIRST_RUN),
    Row("chain", "… each further run", "chain", (TENSORFLOW,), 0.05,
        "chain", ("--feed", "x=0.5")),
    Row("first-run", "SqueezeNet: load, compile and run once", "squeezenet", (ONNX,), 0.7,
        "squeezenet", ONE_IMAGE, FIRST),
    Row("memory", "SqueezeNet forward: peak resident memory, MB", "squeezenet", (ONNX,), 0.5,
        "squeezenet", ONE_IMAGE, MEMORY),
)

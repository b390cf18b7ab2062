"""Models of tf.keras: their weights, what they give, and the losses of ten training steps.

Usage: keras_models.py FOLDER

For each model NAME it writes NAME.weights.npz, with weights under the names of variables,
NAME.data.npz, with inputs `x0`, `x1`, …, labels `y`, the output for the first batch `output`, the
losses of ten steps `losses`, and the weights after them as `after NAME`; and NAME.json with the
summary, the names and sizes of weights, spreads of initial values, and results of a test.
"""
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
import keras
import numpy as np
from keras import layers as L

BATCH = 8
STEPS = 10
random = np.random.default_rng(3)


class Later:
    """Layers that are made when a model is, so that they are named in its own order."""

    def __getattr__(self, name):
        return lambda *arguments, **options: lambda: getattr(L, name)(*arguments, **options)


D = Later()


def chain(*parts):
    return lambda inputs: keras.Sequential([inputs[0], *[part() for part in parts]])


def head(*parts):
    return chain(*parts, D.Flatten(), D.Dense(2))


def joined(inputs):
    left = L.Dense(4, activation="relu")(inputs[0])
    right = L.Dense(4)(inputs[1])
    total = L.Add()([left, right])
    both = L.Concatenate()([total, inputs[0]])
    gated = L.Multiply()([both, L.Dense(9, activation="sigmoid")(both)])
    return keras.Model(inputs, L.Dense(3)(gated))


def shared(inputs):
    layer = L.Dense(5, activation="tanh")
    return keras.Model(inputs, layer(layer(inputs[0])))


def residual(inputs):
    x = L.Conv2D(4, 3, padding="same", use_bias=False)(inputs[0])
    x = L.BatchNormalization()(x)
    x = L.Activation("relu")(x)
    branch = L.Conv2D(4, 3, padding="same", use_bias=False)(x)
    branch = L.BatchNormalization()(branch)
    x = L.ReLU()(L.Add()([x, branch]))
    x = L.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, L.Dense(3, activation="softmax")(x))


IMAGE = ((9, 8, 4),)
VECTOR = ((6,),)
SEQUENCE = ((5, 3),)
MODELS = {}


def model(name, shapes, build, loss="mse", optimizer="sgd", labels="values", metrics=(), kind="normal"):
    MODELS[name] = (shapes, build, loss, optimizer, labels, metrics, kind)


model("dense", VECTOR, chain(D.Dense(5, activation="relu")), metrics=["mse", "mae"])
model("dense_sequence", SEQUENCE, chain(D.Dense(5)))
model("conv2d", IMAGE, chain(D.Conv2D(4, 3, strides=2, padding="same", activation="relu")))
model("conv2d_groups", IMAGE, chain(D.Conv2D(4, (3, 2), dilation_rate=2, groups=2, use_bias=False)))
model("conv1d", ((9, 3),), chain(D.Conv1D(4, 3, strides=2, padding="same")))
model("conv1d_causal", ((9, 3),), chain(D.Conv1D(4, 3, padding="causal", dilation_rate=2)))
model("depthwise_conv2d", IMAGE, chain(D.DepthwiseConv2D(3, depth_multiplier=2, padding="same")))
model("conv2d_transpose", IMAGE, chain(D.Conv2DTranspose(3, 3, strides=2, padding="same")))
model("conv2d_transpose_valid", IMAGE, chain(D.Conv2DTranspose(3, (3, 2), strides=2)))
model("conv2d_transpose_output_padding", IMAGE, chain(D.Conv2DTranspose(3, (3, 4), strides=(2, 3), padding="same", output_padding=(1, 2))))
model("conv2d_transpose_valid_output_padding", IMAGE, chain(D.Conv2DTranspose(3, 3, strides=2, output_padding=0)))
model("max_pooling1d", ((9, 3),), head(D.MaxPooling1D(3, strides=2, padding="same")))
model("average_pooling1d", ((9, 3),), head(D.AveragePooling1D(3, strides=2, padding="same")))
model("pooling1d", ((9, 3),), head(D.MaxPooling1D(), D.AveragePooling1D(2)))
model("global_average_pooling1d", ((9, 3),), head(D.GlobalAveragePooling1D()))
model("global_max_pooling1d", ((9, 3),), head(D.GlobalMaxPooling1D(keepdims=True)))
model("max_pooling2d", IMAGE, head(D.MaxPooling2D(3, strides=2, padding="same")))
model("average_pooling2d", IMAGE, head(D.AveragePooling2D(3, strides=2, padding="same")))
model("global_average_pooling2d", IMAGE, head(D.GlobalAveragePooling2D()))
model("global_max_pooling2d", IMAGE, head(D.GlobalMaxPooling2D(keepdims=True)))
model("reshape", VECTOR, head(D.Reshape((-1, 2)), D.Dense(3)))
model("batch_normalization", IMAGE, head(D.BatchNormalization(momentum=0.8)))
model("batch_normalization_vector", VECTOR, head(D.BatchNormalization(epsilon=0.01, scale=False)))
model("batch_normalization_axis", SEQUENCE, head(D.BatchNormalization(axis=1)))
model("layer_normalization", SEQUENCE, head(D.LayerNormalization()))
model("embedding", ((5,),), head(D.Embedding(7, 4)), kind="classes")
for cell in ["SimpleRNN", "LSTM", "GRU"]:
    kind = getattr(D, cell)
    name = {"SimpleRNN": "simple_rnn", "LSTM": "lstm", "GRU": "gru"}[cell]
    model(name, SEQUENCE, chain(kind(4)))
    model(name + "_sequences", SEQUENCE, chain(kind(4, return_sequences=True)))
    model(name + "_backwards", SEQUENCE, chain(kind(4, go_backwards=True, use_bias=False)))
model("bidirectional", SEQUENCE, chain(lambda: L.Bidirectional(L.LSTM(4))))
model("bidirectional_sequences", SEQUENCE, chain(
    lambda: L.Bidirectional(L.GRU(4, return_sequences=True), merge_mode="ave")))
model("bidirectional_named", SEQUENCE, chain(
    lambda: L.Bidirectional(
        L.SimpleRNN(4, return_sequences=True, name="cells"), merge_mode="sum"),
    lambda: L.Bidirectional(L.SimpleRNN(3, name="last"), merge_mode="mul")))
model("zero_padding2d", IMAGE, head(D.ZeroPadding2D(((1, 2), (0, 3)))))
model("up_sampling2d", IMAGE, head(D.UpSampling2D((2, 3))))
for function in [
    "linear", "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "sigmoid", "hard_sigmoid", "tanh",
    "softmax", "log_softmax", "softplus", "softsign", "silu", "hard_silu", "mish", "exponential",
]:
    model("activation_" + function, VECTOR, chain(D.Dense(5), D.Activation(function)))
model("gelu_approximate", VECTOR, chain(D.Dense(5, activation=lambda x: keras.activations.gelu(x, approximate=True))))
model("re_lu", VECTOR, chain(D.Dense(5), D.ReLU(max_value=1, negative_slope=0.1, threshold=0.2)))
model("leaky_re_lu", VECTOR, chain(D.Dense(5), D.LeakyReLU()))
model("elu", VECTOR, chain(D.Dense(5), D.ELU(alpha=0.5)))
model("p_re_lu", VECTOR, chain(D.Dense(5), D.PReLU()))
model("softmax", VECTOR, chain(D.Dense(5), D.Softmax()))
model("joined", ((5,), (7,)), joined, loss="huber", optimizer="adam")
model("shared", ((5,),), shared)
model("regularized", VECTOR, chain(
    D.Dense(5, kernel_regularizer=keras.regularizers.L2(0.1), activation="relu"),
    D.Dense(5, kernel_regularizer=keras.regularizers.L1(0.05),
            bias_regularizer=keras.regularizers.L1L2(0.01, 0.02))))

losses = keras.losses
model("mean_absolute_error", VECTOR, chain(D.Dense(5)), loss="mae")
model("huber", VECTOR, chain(D.Dense(5)), loss=losses.Huber(delta=0.5))
model("binary_logits", VECTOR, chain(D.Dense(3)), loss=losses.BinaryCrossentropy(from_logits=True), labels="bits", metrics=["binary_accuracy"])
model("binary_sigmoid", VECTOR, chain(D.Dense(1, activation="sigmoid")), loss="binary_crossentropy", labels="bits", metrics=["accuracy"])
model("binary_probabilities", VECTOR, chain(D.Dense(3, activation="hard_sigmoid")), loss="binary_crossentropy", labels="bits")
model("categorical_logits", VECTOR, chain(D.Dense(4)), loss=losses.CategoricalCrossentropy(from_logits=True), labels="one_hot", metrics=["accuracy", keras.metrics.TopKCategoricalAccuracy(k=2)])
model("categorical_softmax", VECTOR, chain(D.Dense(4, activation="softmax")), loss="categorical_crossentropy", labels="one_hot")
model("categorical_probabilities", VECTOR, chain(D.Dense(4, activation="exponential")), loss="categorical_crossentropy", labels="one_hot")
model("sparse_logits", VECTOR, chain(D.Dense(4)), loss=losses.SparseCategoricalCrossentropy(from_logits=True), labels="classes", metrics=["accuracy", keras.metrics.SparseTopKCategoricalAccuracy(k=2)])
model("sparse_probabilities", VECTOR, chain(D.Dense(4, activation="hard_sigmoid")), loss="sparse_categorical_crossentropy", labels="classes")
model("sparse_sequence", SEQUENCE, chain(D.Dense(4)), loss=losses.SparseCategoricalCrossentropy(from_logits=True), labels="classes", metrics=["sparse_categorical_accuracy"])

model("convnet", ((12, 12, 1),), chain(
    D.Conv2D(8, 5, padding="same", activation="relu"), D.MaxPooling2D(2), D.Flatten(),
    D.Dense(20, activation="relu"), D.Dense(4)),
    loss=losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam", labels="classes", metrics=["accuracy"])
model("normalized_convnet", ((12, 12, 2),), chain(
    D.Conv2D(6, 3, padding="same", use_bias=False), D.BatchNormalization(), D.ReLU(),
    D.MaxPooling2D(), D.Conv2D(8, 3, use_bias=False), D.BatchNormalization(), D.Activation("relu"),
    D.GlobalAveragePooling2D(), D.Dense(4, activation="softmax")),
    loss="sparse_categorical_crossentropy", optimizer="adam", labels="classes", metrics=["accuracy"])
model("residual", ((8, 8, 3),), residual, loss="categorical_crossentropy", optimizer="adam", labels="one_hot", metrics=["accuracy"])
model("text_lstm", ((6,),), chain(D.Embedding(60, 5), D.LSTM(6), D.Dense(1, activation="sigmoid")),
      loss="binary_crossentropy", optimizer="adam", labels="bits", metrics=["accuracy"], kind="distinct")
model("stacked_gru", ((6, 3),), chain(D.GRU(5, return_sequences=True), D.GRU(4), D.LayerNormalization(), D.Dense(3, activation="softmax")),
      loss="categorical_crossentropy", optimizer="adam", labels="one_hot", metrics=["accuracy"])
model("autoencoder", ((8, 8, 1),), chain(
    D.Conv2D(4, 3, strides=2, padding="same", activation="relu"), D.Conv2D(3, 3, padding="same"),
    D.UpSampling2D(2), D.Conv2DTranspose(1, 3, padding="same", activation="sigmoid")),
    optimizer="adam", metrics=["mae"])
model("initial", ((24, 24, 16),), chain(
    D.Conv2D(32, 5, activation="relu"), D.DepthwiseConv2D(9, depth_multiplier=2), D.Conv2DTranspose(16, 3),
    D.Reshape((14 * 14, 16)), D.Conv1D(64, 3), D.Reshape((2, 97 * 64)), D.LSTM(48, return_sequences=True),
    D.GRU(48, return_sequences=True), D.SimpleRNN(48), D.BatchNormalization(), D.Dense(64), D.PReLU(), D.LayerNormalization()))
model("initial_embedding", ((5,),), head(D.Embedding(100, 40)), kind="classes")


def labels_like(shape, kind):
    if kind == "values":
        return random.normal(size=shape).astype("float32")
    if kind == "bits":
        return random.integers(0, 2, size=shape).astype("float32")
    classes = random.integers(0, shape[-1], size=shape[:-1]).astype("int32")
    return classes if kind == "classes" else np.eye(shape[-1], dtype="float32")[classes]


def name_of(model, weight):
    prefix = model.name + "/"
    return weight.path[len(prefix):] if weight.path.startswith(prefix) else weight.path


def write(folder, name):
    keras.backend.clear_session()
    keras.utils.set_random_seed(3)
    shapes, build, loss, optimizer, labels, metrics, kind = MODELS[name]
    inputs = [keras.Input(shape, dtype=None if kind == "normal" else "int32") for shape in shapes]
    made = build(inputs)
    facts = {"weights": [], "initial": {}}
    for weight in made.weights:
        value = np.array(weight)
        facts["weights"].append({"name": name_of(made, weight), "sizes": list(value.shape), "trainable": bool(weight.trainable)})
        facts["initial"][name_of(made, weight)] = [float(value.mean()), float(value.std()), float(np.abs(value).max())]
    table = []
    made.summary(print_fn=lambda line, **_: table.append(line))
    facts["summary"] = "\n".join(table).rstrip()
    facts["layers"] = [layer.name for layer in made.layers if not isinstance(layer, L.InputLayer)]

    values = []
    for weight in made.weights:
        value = np.array(weight)
        if "variance" in weight.path:
            value = random.uniform(0.5, 1.5, size=value.shape)
        else:
            value = value + 0.1 * random.normal(size=value.shape)
        values.append(value.astype("float32"))
    made.set_weights(values)
    np.savez(os.path.join(folder, name + ".weights.npz"),
             **{name_of(made, weight): value for weight, value in zip(made.weights, values)})
    count = BATCH * STEPS
    if kind == "classes":
        limit = made.layers[0].input_dim
        data = {f"x{k}": random.integers(0, limit, size=(count, *shape)).astype("int32") for k, shape in enumerate(shapes)}
    elif kind == "distinct":
        # Keras' Adam squares the parts of a gradient that repeated words have before it adds them.
        limit, size = made.layers[0].input_dim, BATCH * shapes[0][0]
        orders = [random.permutation(limit)[:size].reshape(BATCH, -1) for _ in range(STEPS)]
        data = {"x0": np.concatenate(orders).astype("int32")}
    else:
        data = {f"x{k}": random.normal(size=(count, *shape)).astype("float32") for k, shape in enumerate(shapes)}
    first = [data[f"x{k}"][:BATCH] for k in range(len(shapes))]
    data["output"] = np.array(made(first if len(first) > 1 else first[0], training=False))
    data["y"] = labels_like((count, *data["output"].shape[1:]), labels)
    if not name.startswith("initial"):
        optimizers = {"sgd": keras.optimizers.SGD(0.05), "adam": keras.optimizers.Adam(0.01)}
        made.compile(optimizer=optimizers[optimizer], loss=loss, metrics=list(metrics), run_eagerly=True, jit_compile=False)
        found = []
        for step in range(STEPS):
            rows = slice(step * BATCH, (step + 1) * BATCH)
            batch = [data[f"x{k}"][rows] for k in range(len(shapes))]
            made.reset_metrics()
            result = made.train_on_batch(batch if len(batch) > 1 else batch[0], data["y"][rows], return_dict=True)
            found.append(float(result["loss"]))
        data["losses"] = np.array(found)
        xs = [data[f"x{k}"] for k in range(len(shapes))]
        tested = made.evaluate(xs if len(xs) > 1 else xs[0], data["y"], batch_size=32, verbose=0, return_dict=True)
        facts["tested"] = {key: float(value) for key, value in tested.items()}
        for weight in made.weights:
            data["after " + name_of(made, weight)] = np.array(weight)
    np.savez(os.path.join(folder, name + ".data.npz"), **data)
    with open(os.path.join(folder, name + ".json"), "w") as file:
        json.dump(facts, file)


for name in MODELS:
    write(sys.argv[1], name)
print(f"{len(MODELS)} models")

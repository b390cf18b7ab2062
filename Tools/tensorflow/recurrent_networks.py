"""Recurrent networks as programs for TensorFlow 1 unroll them: cells, networks and trainings."""

import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1


def numbers(*shape, seed=0, dtype=np.float32):
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


def variable(name, *shape, initializer=None):
    """The variable of that name, made where there is none yet."""
    with tf1.variable_scope(tf1.get_variable_scope(), reuse=tf1.AUTO_REUSE):
        return tf1.get_variable(
            name, shape, initializer=initializer or tf1.glorot_uniform_initializer(seed=len(name)))


def offsets(name, *shape):
    return variable(name, *shape, initializer=tf1.zeros_initializer())


class Cell:
    """What `static_rnn` asks of a cell, whose state is a vector for each row or several of them."""

    def __init__(self, units, states=1):
        self.output_size = units
        self.state_size = units if states == 1 else (units,) * states

    def zero_state(self, batch, dtype):
        def zeros(size):
            return tf.zeros(tf.stack([batch, size]), dtype)
        return zeros(self.state_size) if isinstance(self.state_size, int) else tuple(
            map(zeros, self.state_size))

    def dense(self, name, inputs, units, bias=True):
        joined = tf.concat(inputs, 1)
        product = tf.matmul(joined, variable(f"{name}/kernel", joined.shape[1], units))
        return tf.nn.bias_add(product, offsets(f"{name}/bias", units)) if bias else product

    def __call__(self, inputs, state, scope=None):
        with tf1.variable_scope(scope or type(self).__name__):
            return self.step(inputs, state)


class LSTM(Cell):
    """Gates split from one product, as BasicLSTMCell has them."""

    def __init__(self, units):
        super().__init__(units, states=2)

    def step(self, inputs, state):
        c, h = state
        i, j, f, o = tf.split(self.dense("gates", [inputs, h], 4 * self.output_size), 4, axis=1)
        c = tf.add(tf.multiply(c, tf.sigmoid(tf.add(f, 1.0))), tf.sigmoid(i) * tf.tanh(j))
        h = tf.multiply(tf.tanh(c), tf.sigmoid(o))
        return h, (c, h)


class PeepholeLSTM(Cell):
    """Peepholes, layer normalization, a clipped state and a projection."""

    def __init__(self, units):
        super().__init__(units, states=2)

    def normalized(self, x, name):
        mean, variance = tf.nn.moments(x, [1], keepdims=True)
        scale = variable(f"{name}/gamma", x.shape[1], initializer=tf1.ones_initializer())
        return tf.nn.batch_normalization(
            x, mean, variance, offsets(f"{name}/beta", x.shape[1]), scale, 1e-6)

    def step(self, inputs, state):
        c, h = state
        gates = self.dense("gates", [inputs, h], 4 * self.output_size, bias=False)
        i, j, f, o = [self.normalized(gate, name) for gate, name in
                      zip(tf.split(gates, 4, axis=1), ("i", "j", "f", "o"))]
        holes = [variable(f"peephole_{name}", self.output_size, 1)[:, 0] for name in "ifo"]
        c = tf.sigmoid(f + 1.0 + holes[1] * c) * c + tf.sigmoid(i + holes[0] * c) * tf.tanh(j)
        c = tf.clip_by_value(c, -0.5, 0.5)
        h = tf.sigmoid(o + holes[2] * c) * tf.tanh(self.normalized(c, "state"))
        return self.dense("projection", [h], self.output_size, bias=False), (c, h)


class GRU(Cell):
    def step(self, inputs, h):
        r, u = tf.split(tf.sigmoid(self.dense("gates", [inputs, h], 2 * self.output_size)), 2, 1)
        candidate = tf.tanh(self.dense("candidate", [inputs, r * h], self.output_size))
        return (u * h + (1 - u) * candidate,) * 2


class Stack:
    """Cells one above the other, with what the lower one took added to what it gives."""

    def __init__(self, *cells):
        self.cells = cells
        self.output_size = cells[-1].output_size
        self.state_size = tuple(cell.state_size for cell in cells)

    def zero_state(self, batch, dtype):
        return tuple(cell.zero_state(batch, dtype) for cell in self.cells)

    def __call__(self, inputs, state, scope=None):
        states = []
        for number, (cell, own) in enumerate(zip(self.cells, state)):
            with tf1.variable_scope(f"layer{number}"):
                outputs, new = cell(inputs, own)
            inputs = outputs + inputs if inputs.shape[1] == outputs.shape[1] else outputs
            states.append(new)
        return inputs, tuple(states)


def masked(new, old, is_running):
    return tf1.where(is_running, new, old)


def lstm_of_image_rows():
    """As tutorials classify pictures: transposed, reshaped, split into steps."""
    x = tf1.placeholder(tf.float32, [None, 42], "x")
    keep = tf1.placeholder(tf.float32, [], "keep")
    steps = tf.reshape(tf.transpose(tf.reshape(x, [-1, 6, 7]), [1, 0, 2]), [-1, 7])
    outputs, _ = tf1.nn.static_rnn(LSTM(8), tf.split(steps, 6, 0), dtype=tf.float32)
    last = tf1.nn.dropout(outputs[-1], keep, seed=3)
    logits = tf1.nn.xw_plus_b(last, variable("out/kernel", 8, 4), offsets("out/bias", 4))
    return {"x": numbers(5, 42), "keep": np.float32(0.8)}, [logits, tf.nn.softmax(logits)]


def stacked_gru_of_open_sizes():
    """Sizes asked for in the run: zero states, steps by strided slices, a mask of lengths."""
    x = tf1.placeholder(tf.float32, [None, None, 3], "x")
    lengths = tf1.placeholder(tf.int32, [None], "lengths")
    batch = tf.shape(x)[0]
    cell = Stack(GRU(4), GRU(4), GRU(4))
    state, outputs = cell.zero_state(batch, tf.float32), []
    for step in range(5):
        output, new = cell(x[:, step, :], state)
        is_running = tf.less(step, lengths)
        state = tuple(masked(a, b, is_running) for a, b in zip(new, state))
        outputs.append(masked(output, tf.zeros_like(output), is_running))
    every = tf.stack(outputs, axis=1)
    places = tf.range(batch) * tf.shape(every)[1] + (lengths - 1)
    last = tf.gather(tf.reshape(every, [-1, 4]), places)
    mean = tf.reduce_sum(every, 1) / tf.cast(lengths[:, None], tf.float32)
    return ({"x": numbers(4, 5, 3), "lengths": np.array([5, 1, 3, 2], np.int32)},
            [every, last, mean, state[0]])


def layer_normalized_peephole_lstm():
    x = tf1.placeholder(tf.float32, [3, 6, 5], "x")
    outputs, state = tf1.nn.static_rnn(
        PeepholeLSTM(5), tf.unstack(x, axis=1), dtype=tf.float32)
    return {"x": numbers(3, 6, 5)}, [tf.stack(outputs), *state]


def bidirectional_lstm_with_attention():
    """Both directions of sequences of some lengths, then a softmax over the steps."""
    x = tf1.placeholder(tf.float32, [None, 6, 3], "x")
    lengths = tf1.placeholder(tf.int32, [None], "lengths")

    def run(inputs, scope):
        return tf.stack(tf1.nn.static_rnn(
            LSTM(4), tf.unstack(inputs, 6, 1), dtype=tf.float32, scope=scope)[0], 1)

    turned = run(tf1.reverse_sequence(x, lengths, seq_axis=1, batch_axis=0), "backward")
    both = tf.concat(
        [run(x, "forward"), tf1.reverse_sequence(turned, lengths, seq_axis=1, batch_axis=0)], -1)
    hidden = tf.tanh(tf.tensordot(both, variable("attention/keys", 8, 5), 1))
    scores = tf.squeeze(tf.tensordot(hidden, variable("attention/query", 5, 1), [[2], [0]]), 2)
    is_there = tf.sequence_mask(lengths, 6)
    weights = tf.nn.softmax(tf1.where(is_there, scores, tf.fill(tf.shape(scores), -1e9)))
    context = tf.squeeze(tf.matmul(tf.expand_dims(weights, 1), both), [1])
    heads = tf.einsum("bth,bsh->bts", both, both)
    return ({"x": numbers(3, 6, 3), "lengths": np.array([6, 2, 4], np.int32)},
            [weights, context, heads])


def sequence_to_sequence():
    """Words in, the likeliest word of each step out and in again."""
    words = tf1.placeholder(tf.int64, [None, 5], "words")
    embedding = variable("embedding", 11, 6)
    encoder, decoder = GRU(7), GRU(7)
    inputs = tf.nn.embedding_lookup(embedding, words)
    memory, state = tf1.nn.static_rnn(
        encoder, tf.unstack(inputs, axis=1), dtype=tf.float32, scope="encoder")
    memory = tf.stack(memory, 1)
    token = tf.fill([tf.shape(words)[0]], tf.constant(1, tf.int64))
    is_done = tf.zeros_like(token, tf.bool)
    tokens, logits = [], []
    for _ in range(4):
        scores = tf.reduce_sum(memory * state[:, tf.newaxis, :], -1)
        context = tf.reduce_sum(tf.nn.softmax(scores)[..., tf.newaxis] * memory, 1)
        step = tf.concat([tf.nn.embedding_lookup(embedding, token), context], 1)
        output, state = decoder(step, state, scope="decoder")
        logits.append(tf.matmul(output, variable("vocabulary", 11, 7), transpose_b=True))
        token = tf1.where(is_done, tf.zeros_like(token), tf.argmax(logits[-1], 1))
        is_done = tf.logical_or(is_done, tf.equal(token, 2))
        tokens.append(token)
    logits, tokens = tf.stack(logits, 1), tf.stack(tokens, 1)
    targets = words[:, 1:]
    losses = tf1.nn.sparse_softmax_cross_entropy_with_logits(labels=targets, logits=logits)
    weights = tf.cast(tf.not_equal(targets, 0), tf.float32)
    loss = tf.reduce_sum(losses * weights) / tf.reduce_sum(weights)
    _, best = tf.nn.top_k(logits, 3)
    return ({"words": np.random.default_rng(0).integers(0, 11, (3, 5))},
            [tokens, logits, loss, tf.identity(best)])


def gradients_of_an_lstm():
    x = tf1.placeholder(tf.float32, [None, 5, 3], "x")
    outputs, (c, h) = tf1.nn.static_rnn(LSTM(4), tf.unstack(x, axis=1), dtype=tf.float32)
    loss = tf.reduce_mean(tf.square(tf.add_n(outputs))) + tf.nn.l2_loss(c)
    first = tf1.gradients(loss, [x])[0]
    second = tf1.gradients(tf.reduce_sum(first * first), [x])[0]
    return {"x": numbers(2, 5, 3)}, [loss, first, second]


NETWORKS = [lstm_of_image_rows, stacked_gru_of_open_sizes, layer_normalized_peephole_lstm,
            bidirectional_lstm_with_attention, sequence_to_sequence, gradients_of_an_lstm]


def classification(cell, steps=5):
    """The loss of a network that reads sequences, and what is fed."""
    x = tf1.placeholder(tf.float32, [None, steps, 3], "x")
    labels = tf1.placeholder(tf.int32, [None], "labels")
    outputs, _ = tf1.nn.static_rnn(cell, tf.unstack(x, axis=1), dtype=tf.float32)
    logits = tf1.nn.xw_plus_b(
        outputs[-1], variable("out/kernel", cell.output_size, 4), offsets("out/bias", 4))
    loss = tf.reduce_mean(tf1.nn.sparse_softmax_cross_entropy_with_logits(
        labels=labels, logits=logits), name="loss")
    return loss, {"x": numbers(6, steps, 3), "labels": np.arange(6, dtype=np.int32) % 4}


def clipped(optimizer, loss, most):
    """As for language models: gradients no longer than that together."""
    weights = tf1.trainable_variables()
    slopes, _ = tf.clip_by_global_norm(tf1.gradients(loss, weights), most)
    return optimizer.apply_gradients(
        zip(slopes, weights), global_step=tf1.train.get_or_create_global_step(), name="train")


def adam_on_an_lstm():
    loss, feeds = classification(LSTM(6))
    rate = tf1.train.exponential_decay(0.05, tf1.train.get_or_create_global_step(), 2, 0.7,
                                       staircase=True)
    return loss, feeds, clipped(tf1.train.AdamOptimizer(rate), loss, 0.25)


def momentum_on_a_peephole_lstm():
    loss, feeds = classification(PeepholeLSTM(4), steps=3)
    penalty = tf.add_n([tf.nn.l2_loss(weights) for weights in tf1.trainable_variables()])
    loss = tf.add(loss, 1e-2 * penalty, name="loss_and_penalty")
    return loss, feeds, tf1.train.MomentumOptimizer(0.02, 0.9, use_nesterov=True).minimize(
        loss, name="train")


def rms_propagation_on_stacked_grus():
    loss, feeds = classification(Stack(GRU(5), GRU(5)))
    return loss, feeds, clipped(
        tf1.train.RMSPropOptimizer(0.01, momentum=0.5, centered=True), loss, 1.0)


def descent_with_state_between_runs():
    """The state that a batch ends with is that which the next one begins with."""
    cell = GRU(4)
    x = tf1.placeholder(tf.float32, [2, 4, 3], "x")
    kept = tf1.get_variable("state", [2, 4], initializer=tf1.zeros_initializer(), trainable=False)
    outputs, state = tf1.nn.static_rnn(cell, tf.unstack(x, axis=1), initial_state=kept)
    loss = tf.reduce_mean(tf.square(tf.stack(outputs) - 0.5), name="loss")
    step = tf1.train.GradientDescentOptimizer(0.5).minimize(loss)
    with tf1.control_dependencies([step]):
        return loss, {"x": numbers(2, 4, 3)}, tf.group(tf1.assign(kept, state), name="train")


# Each with whether its variables are named by handles, or are references as they once were.
TRAININGS = [(adam_on_an_lstm, False), (adam_on_an_lstm, True),
             (momentum_on_a_peephole_lstm, False), (rms_propagation_on_stacked_grus, True),
             (descent_with_state_between_runs, False), (descent_with_state_between_runs, True)]

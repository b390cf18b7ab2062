"""Writes checkpoints with TensorFlow, and reads those that StaticGraph wrote.

Usage: checkpoints.py write FOLDER      writes the bundles types, many, parts and shards, and the
                                        folder saver
       checkpoints.py read PREFIX ...   prints each bundle as JSON: name -> [type, shape, bytes]
       checkpoints.py latest FOLDER     prints the latest checkpoint and all that the folder lists
"""

import json
import os
import sys

import numpy as np
import tensorflow as tf

TYPES = ["bfloat16", "bool", "float16", "float32", "float64", "int16", "int32", "int64", "int8",
         "uint16", "uint32", "uint64", "uint8"]


def save(prefix, tensors, slices=None):
    """One call of the operation behind every saver; `tensors` are pairs of a name and a value."""
    tf.raw_ops.SaveV2(
        prefix=prefix, tensor_names=[name for name, _ in tensors],
        shape_and_slices=slices or [""] * len(tensors), tensors=[value for _, value in tensors])


def write_types(folder):
    tensors = [("complex", tf.constant([1 + 2j], tf.complex64)), ("empty", tf.zeros([2, 0, 3]))]
    tensors += [(f"matrix/{name}", tf.cast(tf.constant([[0, 1, 2], [3, 4, 5]]), name))
                for name in TYPES]
    tensors += [(f"scalar/{name}", tf.cast(1, name)) for name in TYPES]
    tensors += [
        ("strings/none", tf.constant([], tf.string)),
        ("strings/scalar", tf.constant(b"\x00\xff")),
        ("strings/some", tf.constant([["", "x"], ["größe", "y" * 300]])),
    ]
    save(f"{folder}/types", sorted(tensors))


def write_many(folder):
    """An index of several blocks."""
    save(f"{folder}/many", [(f"layer/{i:06}/weights", tf.constant(float(i))) for i in range(12000)])


def write_parts(folder):
    """A partitioned matrix, and a vector whose parts begin beyond what one byte holds."""
    matrix = tf.reshape(tf.range(5 * 700), [5, 700])
    vector = tf.range(300_000)
    save(
        f"{folder}/parts",
        [("a\x00\xffb", vector[:70_000]), ("a\x00\xffb", vector[70_000:])]
        + [("matrix", matrix[:3, :100]), ("matrix", matrix[:3, 100:]), ("matrix", matrix[3:])]
        + [("whole", tf.constant(7.0))],
        ["300000 0,70000", "300000 70000,230000", "5 700 0,3:0,100", "5 700 0,3:100,600",
         "5 700 3,2:-", ""])


def write_shards(folder):
    prefixes = [f"{folder}/shard{i}" for i in range(3)]
    for i, prefix in enumerate(prefixes):
        save(prefix, [(f"tensor{i}", tf.fill([i + 1], float(i)))])
    tf.raw_ops.MergeV2Checkpoints(
        checkpoint_prefixes=prefixes, destination_prefix=f"{folder}/shards")


def write_saver(folder):
    tf1 = tf.compat.v1
    with tf.Graph().as_default(), tf1.Session() as session:
        variable = tf1.get_variable("v", initializer=tf.constant([1.0, 2.0]))
        saver = tf1.train.Saver(max_to_keep=2)
        session.run(variable.initializer)
        for step in [1, 20, 300]:
            saver.save(session, f"{folder}/saver/model", global_step=step)


def described(value):
    value = np.asarray(value)
    if value.dtype == object or value.dtype.kind == "S":
        return [bytes(element).hex() for element in value.reshape(-1)]
    return value.tobytes().hex()


def read(prefix):
    reader = tf.train.load_checkpoint(prefix)
    types = reader.get_variable_to_dtype_map()
    return {name: [types[name].name, shape, described(reader.get_tensor(name))]
            for name, shape in reader.get_variable_to_shape_map().items()}


def main():
    command, *arguments = sys.argv[1:] or [""]
    if command == "write":
        folder, = arguments
        os.makedirs(f"{folder}/saver")
        for step in [write_types, write_many, write_parts, write_shards, write_saver]:
            step(folder)
    elif command == "read":
        print(json.dumps([read(prefix) for prefix in arguments]))
    elif command == "latest":
        folder, = arguments
        state = tf.train.get_checkpoint_state(folder)
        print(json.dumps(
            [tf.train.latest_checkpoint(folder), list(state.all_model_checkpoint_paths)]))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()

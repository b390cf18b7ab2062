import ArgumentParser
import StaticGraph

/// How pictures are fed, and how classes are called.
struct ImageOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "How the pictures fed to a placeholder are prepared, where it differs from what the graph "
        + "says: size, crop, filter, mean, deviation, channels, inverted, written as in a graph.",
      valueName: "name=size: 224, …"))
  var image: [String] = []

  @Option(
    help: ArgumentHelp(
      "The names of the classes, instead of the file that the graph names: a JSON list or object, "
        + "or one name a line.", valueName: "file"))
  var labels: String?
}

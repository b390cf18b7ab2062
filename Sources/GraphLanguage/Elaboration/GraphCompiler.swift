import Differentiation
import GraphIR
import Operators
import Optimizers

/// Builds the graph that a `.graph` file describes.
///
/// ```swift
/// let source = try SourceFile(path: "Graphs/derivative.graph")
/// let graph = try GraphCompiler().compile(source, definitions: ["rate": "0.01"])
/// ```
public struct GraphCompiler: Sendable {
  /// The functions that a file may call.
  public let registry: OperatorRegistry
  /// What a graph may ask for.
  public let limits: GraphLimits

  /// A compiler for files that call functions of the registry.
  public init(
    registry: OperatorRegistry = .graphLanguage, limits: GraphLimits = GraphLimits()
  ) {
    self.registry = registry
    self.limits = limits
  }

  /// Builds the graph of a file.
  ///
  /// - Parameters:
  ///   - source: The file.
  ///   - definitions: Values of parameters by name, as a command line gives them: `0.01`, `text`,
  ///     `true`, `[1, 2]`.
  ///   - readImport: Gives an imported file, by its path as the `import` writes it and the file
  ///     that the `import` stands in. The name of what it gives tells files apart. Without it,
  ///     paths are relative to the folder of the importing file, and files are read from there.
  /// - Throws: `GraphError` with everything that is wrong in the order of the source, at most 50
  ///   diagnostics.
  public func compile(
    _ source: SourceFile, definitions: [String: String] = [:],
    readImport: (@Sendable (_ path: String, _ importer: SourceFile) throws -> SourceFile)? = nil
  ) throws -> Graph {
    let elaborator = Elaborator(
      registry: registry, limits: limits, definitions: definitions,
      reader: ImportReader(custom: readImport))
    return try elaborator.run(source)
  }
}

extension OperatorRegistry {
  /// What `.graph` files may call: the functions of every operator, those that are made of several,
  /// those that give derivatives, and training steps.
  public static let graphLanguage = OperatorRegistry(
    entries: OperatorRegistry.standard.entries,
    functions: OperatorRegistry.standard.composites + derivativeFunctions
      + initialValueFunctions + scheduleFunctions + movingAverageFunctions + [minimizeFunction])
}

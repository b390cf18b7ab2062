import GraphIR
import Operators
import Tensors

extension Graph {
  /// Zeros.
  ///
  /// - Parameters:
  ///   - sizes: The size of each dimension.
  ///   - type: The type of the elements.
  public func zeros(
    _ sizes: [Int], type: DataType = .float32, fileID: String = #fileID, line: Int = #line
  ) -> Value {
    filled(sizes, 0, type, Origin(fileID: fileID, line: line))
  }

  /// Ones.
  public func ones(
    _ sizes: [Int], type: DataType = .float32, fileID: String = #fileID, line: Int = #line
  ) -> Value {
    filled(sizes, 1, type, Origin(fileID: fileID, line: line))
  }

  /// Uniform random numbers of variance 2 / (inputs + outputs) (Glorot and Bengio 2010).
  ///
  /// Inputs and outputs are the last two sizes; for the filters of a convolution each counts once
  /// for every element of the window.
  ///
  /// - Parameters:
  ///   - sizes: The size of each dimension, one at least.
  ///   - type: The type of the numbers.
  ///   - seed: The first seed; 0 for both asks for other numbers in each session.
  ///   - seed2: The second seed.
  public func glorotUniform(
    _ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    initial(.glorotUniform, sizes, type, seed, seed2, Origin(fileID: fileID, line: line))
  }

  /// Normal random numbers of variance 2 / (inputs + outputs), cut off at two standard deviations.
  public func glorotNormal(
    _ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    initial(.glorotNormal, sizes, type, seed, seed2, Origin(fileID: fileID, line: line))
  }

  /// Uniform random numbers of variance 2 / inputs, for units that are rectified (He 2015).
  public func heUniform(
    _ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    initial(.heUniform, sizes, type, seed, seed2, Origin(fileID: fileID, line: line))
  }

  /// Normal random numbers of variance 2 / inputs, cut off at two standard deviations.
  public func heNormal(
    _ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    initial(.heNormal, sizes, type, seed, seed2, Origin(fileID: fileID, line: line))
  }

  private func initial(
    _ initializer: Initializer, _ sizes: [Int], _ type: DataType, _ seed: Int, _ seed2: Int,
    _ origin: Origin
  ) -> Value {
    do {
      return try initializer.append(
        to: self, sizes, type, seed: seed, seed2: seed2, origin: origin)
    } catch {
      record("\(initializer.rawValue): \(error)", origin)
      return node(at: -1).output
    }
  }

  func filled(_ sizes: [Int], _ number: Double, _ type: DataType, _ origin: Origin) -> Value {
    ascribing(to: origin) {
      fill(
        constant(Tensor(sizes.map { Int32(clamping: $0) }), origin: origin),
        constant(Tensor(number).asLiteral(), as: type, origin: origin))
    }
  }
}

/// Initial values in a `.graph` file, under the names of the methods of `Graph`.
public let initialValueFunctions: [GraphFunction] =
  [("zeros", 0.0), ("ones", 1.0)].map { name, number in
    GraphFunction(name, [.positional("sizes"), .labelled("type", default: ".float32")]) { call in
      [
        call.graph.filled(
          try sizes(call), number, try call.dataType("type") ?? .float32, call.origin)
      ]
    }
  }
  + Initializer.allCases.map { initializer in
    GraphFunction(
      initializer.rawValue,
      [
        .positional("sizes"), .labelled("type", default: ".float32"),
        .labelled("seed", default: "0"), .labelled("seed2", default: "0"),
      ]
    ) { call in
      func seed(_ name: String) throws -> Int {
        guard let argument = call[name] else { return 0 }
        guard case .integer(let integer) = argument else {
          throw ShapeError("\(name) must be an integer, but it is \(argument.kind)")
        }
        return integer
      }
      return [
        try initializer.append(
          to: call.graph, try sizes(call), try call.dataType("type") ?? .float32,
          seed: try seed("seed"), seed2: try seed("seed2"), origin: call.origin)
      ]
    }
  }

private func sizes(_ call: FunctionCall) throws -> [Int] {
  guard let sizes = try call.integers("sizes") else { throw ShapeError("sizes is missing") }
  return sizes
}

import Foundation
import PythonSupport

extension Python {
  /// What `Tools/tensorflow/checkpoints.py` prints.
  static func run(_ arguments: String...) throws -> Data {
    try output(of: "checkpoints.py", arguments)
  }
}

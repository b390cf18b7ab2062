import COpenBLAS

/// The linear algebra library, told to compute on the thread that calls it.
///
/// Work is shared by the session's own workers, in pieces that do not depend on their number;
/// threads of the library's own would compete with them.
package enum LinearAlgebraLibrary {
  /// Whether the library has been told; reading it the first time tells it.
  package static let isOnCallingThread: Bool = {
    staticgraph_use_calling_thread()
    return true
  }()
}

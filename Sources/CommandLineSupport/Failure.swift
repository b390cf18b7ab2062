import ArgumentParser
import StaticGraph

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Runs a command line and ends the process: 0 when all went well, 1 when what was given is wrong
/// or failed, 64 when the command line itself was wrong.
public func runCommandLine<Command: ParsableCommand>(_ command: Command.Type) -> Never {
  // A write beyond the limit of a file's size fails, and says so, instead of ending the process.
  signal(SIGXFSZ, SIG_IGN)
  do {
    var parsed = try Command.parseAsRoot()
    try parsed.run()
    exit(0)
  } catch let error as GraphError {
    writeError(error.noting { "feed it: --feed \($0)=…" }.description)
    exit(1)
  } catch let error as TensorError {
    writeError("error: \(error)")
    exit(1)
  } catch {
    Command.exit(withError: error)
  }
}

/// Writes a line to standard output.
func writeOutput(_ text: String) {
  writeText(text + "\n")
}

/// Writes a text that ends its own lines to standard output.
func writeText(_ text: String) {
  let failure = writeAll(text, to: 1)
  // Who reads no further wants no more; anything else is a failure.
  if failure != 0, failure != EPIPE {
    writeError("error: the results cannot be written: \(String(cString: strerror(failure)))")
    exit(1)
  }
}

extension GraphError {
  /// The error with a note for each placeholder that is not fed.
  ///
  /// - Parameter note: Says how a placeholder is fed; later calls add nothing to what it says.
  func noting(unfed note: (String) -> String) -> GraphError {
    GraphError(
      diagnostics.map { diagnostic in
        guard let name = diagnostic.unfedPlaceholder else { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.notes.append(Diagnostic.Note(note(name)))
        diagnostic.unfedPlaceholder = nil
        return diagnostic
      })
  }
}

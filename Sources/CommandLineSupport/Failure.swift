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
  do {
    var parsed = try Command.parseAsRoot()
    try parsed.run()
    exit(0)
  } catch let error as GraphError {
    writeError(error.description)
    exit(1)
  } catch let error as TensorError {
    writeError("error: \(error)")
    exit(1)
  } catch {
    Command.exit(withError: error)
  }
}

/// Writes a line to standard error.
func writeError(_ text: String) {
  write(text + "\n", to: 2)
}

/// Writes a text that ends its own lines to standard error.
func writeErrorText(_ text: String) {
  write(text, to: 2)
}

/// Writes a line to standard output.
func writeOutput(_ text: String) {
  write(text + "\n", to: 1)
}

/// Writes a text that ends its own lines to standard output.
func writeText(_ text: String) {
  write(text, to: 1)
}

private func write(_ text: String, to descriptor: Int32) {
  var text = text
  text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)
    while let base = rest.baseAddress, !rest.isEmpty {
      #if canImport(Glibc)
        let written = Glibc.write(descriptor, base, rest.count)
      #elseif canImport(Musl)
        let written = Musl.write(descriptor, base, rest.count)
      #else
        let written = -1
      #endif
      if written < 0, errno == EINTR { continue }
      if written <= 0 {
        // Who reads no further wants no more; anything else is a failure.
        if descriptor == 1, errno != EPIPE {
          writeError("error: the results cannot be written: \(String(cString: strerror(errno)))")
          exit(1)
        }
        return
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }
}

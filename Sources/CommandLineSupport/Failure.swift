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
    if Command.exitCode(for: error) == .validationFailure {
      tellMistakenSubcommand(of: Command.self, in: CommandLine.arguments.dropFirst())
    }
    Command.exit(withError: error)
  }
}

/// Ends the process where the first argument was taken for a file, but is nearly a subcommand.
private func tellMistakenSubcommand<Command: ParsableCommand>(
  of command: Command.Type, in arguments: ArraySlice<String>
) {
  guard let word = arguments.first, word.allSatisfy({ $0.isLetter }), access(word, F_OK) != 0
  else { return }
  let names = Command.configuration.subcommands.map {
    $0.configuration.commandName ?? String(describing: $0).lowercased()
  }
  guard !names.contains(word), let near = nearestName(to: word, among: names) else { return }
  writeError("Error: there is no subcommand '\(word)'; did you mean '\(near)'?")
  exit(ExitCode.validationFailure.rawValue)
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

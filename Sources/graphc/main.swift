import CommandLineSupport

runCommandLine(GraphcCommand.self)

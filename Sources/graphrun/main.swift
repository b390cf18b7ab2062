import CommandLineSupport

runCommandLine(GraphrunCommand.self)

// Layers have the names of operators: `Conv2D`, `Add`. Who imports this module, and with it the
// operators through it alone, means the layers by these names.
@_exported import Operators

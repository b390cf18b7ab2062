// swift-tools-version: 6.2
import PackageDescription

// The layers of StaticGraph, lowest first. A module imports modules above its own line only.
let package = Package(
  name: "StaticGraph",
  products: [
    .library(name: "StaticGraph", targets: ["StaticGraph"]),
    .executable(name: "graphc", targets: ["graphc"]),
    .executable(name: "graphrun", targets: ["graphrun"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // Layer 0: system libraries, inner loops, tensors.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
      name: "CProtobufC", pkgConfig: "libprotobuf-c", providers: [.apt(["libprotobuf-c-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CCallSite"),
    .target(name: "CGraphFile", dependencies: ["CProtobufC"]),
    .target(name: "Tensors", dependencies: ["CZip"]),

    // Layer 1: the graph.
    .target(name: "GraphIR", dependencies: ["Tensors", "CCallSite"]),

    // Layer 2: what a graph is made of, and how it is stored.
    .target(name: "Operators", dependencies: ["GraphIR", "CKernels", "COpenBLAS"]),
    .target(name: "GraphFiles", dependencies: ["GraphIR", "CGraphFile"]),

    // Layer 3: what appends to a graph.
    .target(name: "Differentiation", dependencies: ["Operators"]),

    // Layer 4: the language, and the passes.
    .target(name: "GraphLanguage", dependencies: ["Differentiation"]),
    .target(name: "Passes", dependencies: ["Operators"]),

    // Layers 5 and 6: when and where, then the run.
    .target(name: "Planning", dependencies: ["Passes"]),
    .target(name: "Execution", dependencies: ["Planning", "CKernels"]),

    // Layer 8: the umbrella.
    .target(
      name: "StaticGraph",
      dependencies: [
        "Tensors", "GraphIR", "Operators", "GraphFiles", "Differentiation", "GraphLanguage",
        "Passes", "Planning", "Execution",
      ]),

    // Layer 9: the command lines.
    .target(
      name: "CommandLineSupport",
      dependencies: [
        "StaticGraph", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "graphc", dependencies: ["CommandLineSupport"]),
    .executableTarget(name: "graphrun", dependencies: ["CommandLineSupport"]),

    // One test target a module.
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"]),
    .testTarget(name: "GraphIRTests", dependencies: ["GraphIR", "Operators"]),
    .testTarget(name: "OperatorsTests", dependencies: ["StaticGraph"]),
    .testTarget(name: "GraphFilesTests", dependencies: ["GraphFiles", "Operators"]),
    .testTarget(name: "DifferentiationTests", dependencies: ["Differentiation", "Execution"]),
    .testTarget(name: "GraphLanguageTests", dependencies: ["GraphLanguage"]),
    .testTarget(name: "PassesTests", dependencies: ["Passes", "Execution"]),
    .testTarget(name: "PlanningTests", dependencies: ["Planning"]),
    .testTarget(name: "ExecutionTests", dependencies: ["StaticGraph"]),
    .testTarget(name: "StaticGraphTests", dependencies: ["StaticGraph"]),
    .testTarget(name: "CommandTests", dependencies: ["CommandLineSupport", "graphc", "graphrun"]),
  ],
  swiftLanguageModes: [.v6]
)

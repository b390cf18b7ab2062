// swift-tools-version: 6.1
import PackageDescription

#if canImport(Glibc)
  import Glibc
#endif

// The layers of StaticGraph, lowest first; a module imports modules of layers before its own.
//
// Each target names everything that it builds on, not just the layer before: a change of a type's
// layout must rebuild all that has it inlined.
let tensors: [Target.Dependency] = ["Tensors"]
let graph: [Target.Dependency] = tensors + ["GraphIR"]
let operators: [Target.Dependency] = graph + ["Operators"]
let differentiation: [Target.Dependency] = operators + ["Differentiation"]
let optimizers: [Target.Dependency] = differentiation + ["Optimizers"]
let passes: [Target.Dependency] = operators + ["Passes"]
let planning: [Target.Dependency] = passes + ["Planning"]
let execution: [Target.Dependency] = planning + ["Execution"]
let training: [Target.Dependency] =
  execution + [
    "GraphFiles", "Images", "Charts", "EventFiles", "Checkpoints", "DataSets", "Training",
  ]
let models: [Target.Dependency] = training + ["Differentiation", "Optimizers", "Models"]
let everything: [Target.Dependency] = models + ["GraphLanguage"]
let umbrella: [Target.Dependency] = everything + ["StaticGraph"]
let commands: [Target.Dependency] = umbrella + ["CommandLineSupport"]

// The commands hold the runtime of Swift, so that they start sooner, take less memory, and run where
// no Swift is installed. Modules name the shared libraries that they need; what FoundationEssentials
// is made of as an archive must be named here. No test may depend on a command: tests load the
// runtime as shared libraries, and two of it in one process do not go together.
let standalone: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-l_FoundationCollections", "-l_FoundationCShims", "-use-ld=lld",
      "-Xlinker", "--no-export-dynamic",
    ] + packedRelocations,
    .when(platforms: [.linux], configuration: .release))
]

/// Relocations as bitmaps, a hundredth of their size, where the loader knows them: that of glibc
/// does from version 2.36 on.
///
/// Commands that are built so need such a glibc where they run, too.
var packedRelocations: [String] {
  #if canImport(Glibc)
    let version = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
      confstr(Int32(_CS_GNU_LIBC_VERSION), text.baseAddress, text.count) > 0
        ? String(cString: text.baseAddress!) : ""
    }
    // As "glibc 2.36".
    let numbers = version.split { $0 == " " || $0 == "." }.compactMap { Int($0) }
    if numbers.count >= 2, (numbers[0], numbers[1]) >= (2, 36) {
      return ["-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"]
    }
  #endif
  return []
}

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
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CExif", pkgConfig: "libexif", providers: [.apt(["libexif-dev"])]),
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CCallSite"),
    .target(name: "CChecksums"),
    .target(name: "CGraphFile", dependencies: ["CProtobufC"]),
    .target(name: "CEventFile", dependencies: ["CProtobufC"]),
    .target(name: "Tensors", dependencies: ["CZip"]),

    // Layer 1: the graph.
    .target(name: "GraphIR", dependencies: tensors + ["CCallSite"]),

    // Layer 2: what a graph is made of, and how it is stored.
    .target(name: "Operators", dependencies: graph + ["CKernels", "COpenBLAS"]),
    .target(name: "GraphFiles", dependencies: graph + ["CGraphFile", "CProtobufC"]),

    // Layer 3: what appends to a graph.
    .target(name: "Differentiation", dependencies: operators),
    .target(name: "Optimizers", dependencies: differentiation),

    // Layer 4: the language, and the passes.
    .target(name: "GraphLanguage", dependencies: optimizers + ["GraphFiles"]),
    .target(name: "Passes", dependencies: operators),

    // Layers 5 and 6: when and where, then the run.
    .target(name: "Planning", dependencies: passes),
    .target(name: "Execution", dependencies: planning + ["CKernels"]),

    // Layer 7: what training reads and keeps, and training.
    .target(name: "Checkpoints", dependencies: tensors + ["CChecksums"]),
    .target(name: "DataSets", dependencies: tensors + ["CZlib"]),
    .target(name: "Images", dependencies: graph + ["CPNG", "CTurboJPEG", "CExif"]),
    .target(name: "Charts", dependencies: graph + ["Images"]),
    .target(
      name: "EventFiles",
      dependencies: graph + ["CEventFile", "Checkpoints", "GraphFiles", "Images"]),
    .target(
      name: "Training",
      dependencies: execution + [
        "Charts", "Checkpoints", "DataSets", "EventFiles", "GraphFiles", "Images",
      ]),

    // Layer 8: models of layers.
    .target(name: "Models", dependencies: training + ["Differentiation", "Optimizers"]),

    // Layer 9: the umbrella.
    .target(name: "StaticGraph", dependencies: everything),

    // Layer 10: the command lines.
    .target(
      name: "CommandLineSupport",
      dependencies: umbrella + [
        .product(name: "ArgumentParser", package: "swift-argument-parser")
      ]),
    .executableTarget(name: "graphc", dependencies: commands, linkerSettings: standalone),
    .executableTarget(name: "graphrun", dependencies: commands, linkerSettings: standalone),

    // One test target a module.
    .testTarget(name: "TensorsTests", dependencies: tensors),
    .testTarget(name: "GraphIRTests", dependencies: operators),
    .testTarget(
      name: "OperatorsTests", dependencies: umbrella + ["CallCounting", "PythonSupport"]),
    .testTarget(name: "GraphFilesTests", dependencies: operators + ["GraphFiles"]),
    .testTarget(name: "DifferentiationTests", dependencies: execution + ["Differentiation"]),
    .testTarget(
      name: "GraphLanguageTests", dependencies: optimizers + ["GraphFiles", "GraphLanguage"]),
    .testTarget(name: "PassesTests", dependencies: execution + ["Differentiation"]),
    .testTarget(name: "PlanningTests", dependencies: planning),
    .testTarget(name: "OptimizersTests", dependencies: umbrella),
    .testTarget(name: "TrainingTests", dependencies: umbrella + ["PythonSupport"]),
    .testTarget(name: "ModelsTests", dependencies: umbrella + ["PythonSupport"]),
    .target(name: "PythonSupport", path: "Tests/PythonSupport"),
    .target(name: "CCallCounting", path: "Tests/CCallCounting"),
    .target(name: "CallCounting", dependencies: ["CCallCounting"], path: "Tests/CallCounting"),
    .testTarget(name: "ExecutionTests", dependencies: umbrella + ["CallCounting"]),
    .testTarget(name: "DataSetsTests", dependencies: tensors + ["CZlib", "DataSets"]),
    .testTarget(
      name: "CheckpointsTests",
      dependencies: tensors + ["Checkpoints", "CChecksums", "PythonSupport"]),
    .testTarget(name: "ImagesTests", dependencies: graph + ["Images", "CTurboJPEG"]),
    .testTarget(name: "ChartsTests", dependencies: graph + ["Images", "Charts"]),
    .testTarget(name: "EventFilesTests", dependencies: umbrella + ["PythonSupport"]),
    .testTarget(name: "StaticGraphTests", dependencies: umbrella),
    .testTarget(name: "CommandTests", dependencies: commands),
  ],
  swiftLanguageModes: [.v6]
)

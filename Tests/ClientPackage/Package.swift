// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Client",
  dependencies: [
    .package(name: "StaticGraph", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "Client", dependencies: [.product(name: "StaticGraph", package: "StaticGraph")])
  ]
)

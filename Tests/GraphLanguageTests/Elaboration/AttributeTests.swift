import GraphFiles
import GraphIR
import GraphLanguage
import Operators
import Tensors
import Testing

/// `@image` and `@labels`: what they declare, where it is kept, and what is said of wrong ones.
@Suite struct AttributeTests {
  private static let text = """
    @image(size: 40 + 2, crop: .center, filter: .lanczos, mean: [0.25, 0.5, 1], deviation: 2, channels: 3, \
    inverted: true)
    placeholder image: Float32[?, ?, ?, 3]

    @image(size: [20, 30])
    placeholder grey: Float64[20, 30] = constant(0, type: .float64, shape: [20, 30])

    @labels("names.json")
    placeholder class: Int32 = 0
    let scores = sum(image, axes: [1, 2])

    @labels("names.txt")
    output scores, sines = sin(scores)
    output grey, class
    """

  private func expectDeclared(
    _ graph: FrozenGraph, _ sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    func endpoint(_ name: String) throws -> Endpoint {
      Endpoint(node: try #require(graph.nodes.firstIndex { $0.name == name }))
    }
    let image = ImagePreparation(
      size: 42, crop: .center, filter: .lanczos, mean: [0.25, 0.5, 1], deviation: [2],
      channels: 3, inverted: true)
    #expect(
      graph.imagePreparation(of: try endpoint("image")) == image, sourceLocation: sourceLocation)
    #expect(
      graph.imagePreparation(of: try endpoint("grey")) == ImagePreparation(size: [20, 30]),
      sourceLocation: sourceLocation)
    #expect(graph.imagePreparation(of: try endpoint("class")) == nil)
    for (name, file) in [
      ("class", "names.json"), ("scores", "names.txt"), ("sines", "names.txt"), ("image", nil),
    ] {
      #expect(
        graph.labelsFile(of: try endpoint(name)) == file, sourceLocation: sourceLocation)
    }
  }

  @Test func attributesAreKept() throws {
    let graph = try compiled(Self.text)
    try expectDeclared(graph)
    // In a file, and in one that another program has written again without the signature.
    var file = try GraphFile.decode(GraphFile(graph).encoded(), name: "file")
    try expectDeclared(FrozenGraph(file, registry: .standard, name: "file"))
    file.signature = nil
    try expectDeclared(FrozenGraph(file, registry: .standard, name: "file"))
    // And as text.
    try expectDeclared(
      GraphCompiler().compile(SourceFile(name: "again.graph", text: graph.languageText())).frozen())
    try expectSameGraph(graph)
  }

  @Test func swiftSaysTheSame() throws {
    let graph = Graph()
    let image = graph.placeholder("image", Float.self, shape: [nil, nil, nil, 3])
    graph.declareImage(image, ImagePreparation(size: 227, crop: .center))
    let parts = split(image, into: 3, axis: 3)
    graph.declareLabels(parts[2], "two.txt")
    graph.declareLabels(parts[0], "none.txt")
    graph.declareLabels(parts[0], "zero.txt")
    let frozen = try graph.frozen()
    #expect(
      frozen.imagePreparation(of: image.endpoint) == ImagePreparation(size: 227, crop: .center))
    #expect(parts.map { frozen.labelsFile(of: $0.endpoint) } == ["zero.txt", nil, "two.txt"])
    graph.declareImage(image, ImagePreparation(channels: 1))
    #expect(throws: GraphError.self) { try graph.frozen() }
  }

  @Test(
    arguments: [
      ("@image(size: 0)", "image 'x': size: a side has 1 to 65535 pixels, but it is 0"),
      ("@image(sise: 1)", "@image: sise: images have no such argument"),
      ("@image(size: 1, size: 2)", "the argument 'size:' is given twice"),
      ("@image(1)", "what '@image' takes has labels"),
      ("@image(size: .big)", "@image: size: one length, or [height, width], was expected"),
      ("@image(crop: .centre)", "@image: crop: .none, .center were expected"),
      ("@image(filter: 3)", "@image: filter: .nearest, .box, .bilinear, .bicubic, .lanczos were"),
      ("@image(mean: [1, .a])", "@image: mean: a number, or a list of numbers, was expected"),
      ("@image(mean: [1, 2])", "image 'x': mean: one number or one for each of 3 channels"),
      ("@image(channels: 1)", "image 'x': channels: 1 does not fit the type"),
      ("@image(inverted: 1)", "@image: inverted: true or false was expected"),
      ("@image(size: z)", "'z' is not declared"),
      ("@image @image", "'@image' is said twice"),
      ("@picture", "there is no attribute '@picture'"),
      ("@labels", "'@labels' takes one file"),
      ("@labels(1)", "'@labels' takes a path in quotes"),
      ("@labels(file: \"a\")", "'@labels' takes one file"),
      ("@labels(\"\")", "'@labels' takes a path in quotes"),
    ])
  func wrongAttributesAreToldOf(_ attribute: String, _ message: String) {
    let text = listing("\(attribute) placeholder x: Float32[?, ?, ?, 3]\noutput y = sin(x)")
    #expect(text.contains("error: \(message)"), "\(text)")
    #expect(!text.contains("'x' is not declared"))
  }

  @Test func attributesStandBeforePlaceholdersAndOutputs() {
    #expect(listing("@image let y = 1").contains("'@image' stands before a placeholder"))
    #expect(
      listing("@labels(\"a\") target t = 1").contains("'@labels' stands before a placeholder or"))
    #expect(
      listing("placeholder x: Float32\n@image output x").contains(
        "'@image' stands before a placeholder; an output takes '@labels'"))
    #expect(listing("@image").contains("expected a 'placeholder' or an 'output'"))
    #expect(listing("scope \"a\" { @image }").contains("expected a 'placeholder' or an 'output'"))
    #expect(listing("@image(size: 1").contains("expected ',' or ')'"))
  }

  @Test func changes() throws {
    let declared = ImagePreparation(size: 227, crop: .center, mean: [0.5])
    #expect(
      try declared.changed(by: "size: [20, 30], filter: .box")
        == ImagePreparation(size: [20, 30], crop: .center, filter: .box, mean: [0.5]))
    #expect(try declared.changed(by: "") == declared)
    for wrong in ["size", "size: 1) @labels(\"a\"", "size: 1 // no", "sise: 1", "size: (", "\u{0}"]
    {
      #expect(throws: GraphError.self) { try declared.changed(by: wrong) }
    }
  }

  @Test func hostileAttributesArePassedOver() throws {
    var file = try GraphFile(compiled("@image placeholder x: Float32[*]\noutput y = sin(x)"))
    var list = AttributeListRecord()
    list.bytes = [
      "size=99999999999999999999", "size=[[[[", "mean=[1,x]", "crop=", "=", "filter=.x",
    ]
    .map { Array($0.utf8) }
    file.nodes[0].attributes["_staticgraph_image"] = .list(list)
    let graph = try FrozenGraph(file, registry: .standard, name: "file")
    #expect(graph.imagePreparation(of: Endpoint(node: 0)) == ImagePreparation())
    file.nodes[0].attributes["_staticgraph_image"] = .integer(3)
    let other = try FrozenGraph(file, registry: .standard, name: "file")
    #expect(other.imagePreparation(of: Endpoint(node: 0)) == nil)
  }
}

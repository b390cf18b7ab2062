import Tensors
import Testing

@testable import Checkpoints

@Suite struct SafetensorsTests {
  /// A file of a header and data.
  private func file(_ header: String, data: [UInt8] = []) -> [UInt8] {
    var result: [UInt8] = []
    result.append(fixed: UInt64(header.utf8.count))
    return result + Array(header.utf8) + data
  }

  private func open(_ bytes: [UInt8]) throws -> Checkpoint {
    try withTemporaryFolder { folder in
      try writeFileAtomically(folder + "/m.safetensors", bytes: bytes)
      return try Checkpoint.open(folder + "/m.safetensors")
    }
  }

  private func problem(_ header: String, data: Int = 0) -> String {
    message { try open(file(header, data: [UInt8](repeating: 0, count: data))) }
  }

  @Test func everyTypeComesBack() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m.safetensors"
      let tensors = try sampleTensors().filter { $0.value.dataType != .string }
      let metadata = ["format": "pt", "größe": "\"x\"\u{1}"]
      try TensorArchive(tensors).writeSafetensors(to: path, metadata: metadata)
      let bytes = try contents(path)
      let checkpoint = try Checkpoint.open(path)
      #expect(checkpoint.format == .safetensors)
      #expect(checkpoint.metadata == metadata)
      #expect(try checkpoint.tensors() == tensors)
      try TensorArchive(tensors).writeSafetensors(to: path, metadata: metadata)
      #expect(try contents(path) == bytes)
      // All elements are aligned, counted from the beginning of the file.
      let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
      #expect(length % 8 == 0)
    }
  }

  /// What the format's own library writes for these tensors.
  @Test func layout() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m.safetensors"
      let tensors: [String: Tensor] = [
        "b": Tensor([1, 2] as [Float]), "a": Tensor(true), "c": Tensor([3] as [Int64]),
        "d": Tensor([0.5]), "e": Tensor([4] as [UInt32]),
      ]
      try TensorArchive(tensors).writeSafetensors(to: path)
      let header =
        #"{"c":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"#
        + #""d":{"dtype":"F64","shape":[1],"data_offsets":[8,16]},"#
        + #""b":{"dtype":"F32","shape":[2],"data_offsets":[16,24]},"#
        + #""e":{"dtype":"U32","shape":[1],"data_offsets":[24,28]},"#
        + #""a":{"dtype":"BOOL","shape":[],"data_offsets":[28,29]}}"#
      let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
      let data: [UInt8] =
        [3, 0, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 0xE0, 0x3F]
        + [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40] + [4, 0, 0, 0] + [1]
      #expect(try contents(path) == file(padded, data: data))
    }
  }

  @Test func headersOfOthers() throws {
    let header = """
       { "x\\u00e4\\ud83d\\ude00\\n" : {"shape":[ 2 ,1], "dtype":"F16",
         "data_offsets":[1,5], "extra":[{"a":-1.5e3},null,true,"\\/"]},
         "y":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}\u{20}\u{20}
      """
    let text = String(header.drop { $0 == " " })
    let checkpoint = try open(file(text, data: [9, 0, 0x3C, 0, 0x40]))
    #expect(checkpoint.names == ["xä😀\n", "y"])
    #expect(
      try checkpoint.tensor(named: "xä😀\n").converted(to: .float32)
        == Tensor([1, 2] as [Float], dimensions: [2, 1]))
    #expect(checkpoint.entry(named: "y")?.storedType == "F8_E4M3")
    #expect(checkpoint.entry(named: "y")?.type == nil)
    #expect(
      message { try checkpoint.tensor(named: "y") }
        .hasSuffix("'y' has elements of type F8_E4M3, which no tensor holds"))
    #expect(try open(file("{}")).count == 0)
    // Bytes that are neither 0 nor 1 are true.
    let booleans = #"{"b":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}"#
    #expect(
      try open(file(booleans, data: [0, 2, 255])).tensor(named: "b") == Tensor([false, true, true]))
  }

  @Test func lengths() {
    #expect(message { try open([1, 2, 3]) }.contains("has 3 bytes, but the length of a header"))
    var bytes = file("{}")
    bytes[1] = 1
    #expect(message { try open(bytes) }.contains("258 bytes, but at most 2 are possible"))
    bytes[7] = 0xFF
    #expect(message { try open(bytes) }.contains("at byte 0: the header is said to take"))
  }

  @Test func headersThatAreWrong() {
    func one(_ entry: String) -> String { "{\"x\":\(entry)}" }
    let good = #"{"dtype":"U8","shape":[2],"data_offsets":[0,2]}"#
    #expect(throws: Never.self) { try open(file(one(good), data: [1, 2])) }
    #expect(problem("{").contains("at byte 9: expected a key of the header, but the text ends"))
    #expect(problem("{]").contains("but there is ']'"))
    #expect(problem("[]").contains("at byte 8: expected '{', where the header begins"))
    #expect(problem("{} x").contains("expected the end, but there is 'x'"))
    #expect(problem(one("1")).contains("expected '{', where the entry of 'x' begins"))
    #expect(problem(one("{}")).contains("the entry of 'x' has no \"dtype\""))
    #expect(problem(one(good), data: 1).contains("said to end at byte 2 of the data, which has 1"))
    #expect(problem(one(good), data: 3).contains("take 2 bytes, but 3 follow the header"))
    #expect(problem("{\"x\":\(good),\"x\":\(good)}", data: 2).contains("'x' stands twice"))
    #expect(problem("{\"x\":\(good),\"y\":\(good)}", data: 2).contains("'y' begins at byte 0"))
    let changes = [
      ("[0,2]", "[1,2]", "takes 2 bytes, but its \"data_offsets\" leave 1"),
      ("[0,2]", "[2,0]", "two in ascending order"), ("[0,2]", "[0]", "two in ascending order"),
      ("[0,2]", "[0,2,2]", "one too many: 2"), ("[0,2]", "[0,-2]", "there is '-'"),
      ("[0,2]", "[0,2.0]", "a whole number"), ("[0,2]", "[0,02]", "a whole number"),
      ("[2]", "[99999999999999999999]", "too large"),
      ("[2]", "[4611686018427387904,4]", "larger than any memory"),
      ("[2]", "[2}", "',' or ']'"), ("\"U8\"", "8", "the type of 'x'"),
      ("\"U8\"", "\"U8\",\"dtype\":\"U8\"", "'dtype' stands twice"),
      ("\"U8\"", "\"U8\",\"a\":truth", "there is 'truth'"),
      ("\"U8\"", "\"\\ud800\"", "half of a surrogate pair"),
      ("\"U8\"", "\"\\u12\"", "four digits"), ("\"U8\"", "\"\\q\"", "does not have"),
      ("\"U8\"", "\"\u{1}\"", "without an escape"),
      ("\"U8\"", "\"U8", "expected ',' or '}' in the entry of 'x'"),
    ]
    for (old, new, expected) in changes {
      let text = problem(one(good.replacing(old, with: new)), data: 2)
      #expect(text.contains(expected), "\(new): \(text)")
    }
    let nested = String(repeating: "[", count: 100_000)
    let deep = one(good.replacing("\"U8\"", with: "\"U8\",\"a\":\(nested)"))
    #expect(problem(deep, data: 2).contains("more than 32 deep"))
  }

  @Test func whatCannotBeWritten() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m.safetensors"
      #expect(
        message { try TensorArchive(["s": "text"]).writeSafetensors(to: path) }
          == "tensor 's' of type String cannot be stored in a safetensors file: the format has no "
          + "strings")
      #expect(
        message { try TensorArchive(["__metadata__": 1]).writeSafetensors(to: path) }
          .contains("the name is taken"))
      #expect(
        message { try TensorArchive(["x": [[1], [2, 3]]]).writeSafetensors(to: path) }
          .hasPrefix("tensor 'x': "))
      let files = try names(in: folder)
      #expect(files.isEmpty)
    }
  }

  @Test func theLimitOfATensor() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m.safetensors"
      try TensorArchive(["x": [1.0, 2.0]]).writeSafetensors(to: path)
      #expect(
        message { try Checkpoint.open(path, limit: 15).tensor(named: "x") }
          .hasSuffix("'x' takes 16 bytes, more than the limit of 15"))
    }
  }
}

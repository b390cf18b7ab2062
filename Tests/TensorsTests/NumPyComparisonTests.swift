import Foundation
import Testing

@testable import Tensors

@Suite(
  "Comparison with NumPy",
  .enabled(if: NumPy.isAvailable, "python3 with NumPy is not installed"))
struct NumPyComparisonTests {
  @Test("NumPy prints the same text for random arrays")
  func printing() throws {
    var random = SplitMix(seed: 11)
    var archive = TensorArchive()
    for index in 0..<600 {
      try archive.append(randomTensor(&random), named: "t\(index)")
    }
    try withTemporaryFolder { folder in
      try archive.writeNPZ(to: folder + "/a.npz", compressed: true)
      let program = """
        import json, sys, numpy
        archive = numpy.load(sys.argv[1])
        print(json.dumps({name: str(archive[name]) for name in archive.files}))
        """
      let output = try NumPy.run(program, folder + "/a.npz")
      let texts = try JSONDecoder().decode([String: String].self, from: Data(output.utf8))
      #expect(texts.count == archive.count)
      for name in archive.names { #expect(archive[name]?.description == texts[name], "\(name)") }
    }
  }

  /// An array of a random type, with numbers of one of several ranges, some of them special.
  private func randomTensor(_ random: inout SplitMix) throws -> Tensor {
    let shapes = [
      [1], [2], [5], [17], [3, 4], [2, 1, 3], [40], [1001], [31, 37], [4, 11, 29], [8, 9, 2, 8],
      [1, 1100], [1100, 1], [2, 2, 2, 2, 2],
    ]
    let types: [DataType] = [
      .float64, .float64, .float32, .float32, .float16, .int32, .int64, .uint8, .bool,
    ]
    let dimensions = shapes.randomElement(using: &random)!
    let scale = [1, 10, 1e-3, 1e4, 1e9, 1e-9, 1e300, 1e-306].randomElement(using: &random)!
    let digits = [1, 10, 100, 1e5, 1e12].randomElement(using: &random)!
    let special = Int.random(in: 0..<4, using: &random) == 0
    let values = (0..<Shape.elementCount(of: dimensions)!).map { _ -> Double in
      if special, Int.random(in: 0..<5, using: &random) == 0 {
        return [.nan, .infinity, -.infinity, 0, -0.0].randomElement(using: &random)!
      }
      let number = Double.random(in: -1...1, using: &random)
      return (number * digits).rounded() / digits * scale
    }
    return try Tensor(values, dimensions: dimensions)
      .converted(to: types.randomElement(using: &random)!)
  }

  @Test("Archives of numpy.savez are read in place, with its 64-bit sizes")
  func mappedArchives() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      let program = """
        import sys, numpy, zipfile
        pixels = (numpy.arange(6000) * 7).astype(numpy.uint8).reshape(3, 2000)
        numpy.savez(sys.argv[1], pixels=pixels, numbers=pixels.astype(numpy.float32),
                    columns=numpy.asfortranarray(pixels), swapped=pixels.astype(">i4"))
        with zipfile.ZipFile(sys.argv[1], "a") as archive:
            archive.comment = b"made by a test"
        """
      try NumPy.run(program, path)
      let archive = try TensorArchive(mappingNPZFile: path)
      #expect(try archive == TensorArchive(npzFile: path))
      let file = try OpenFile(reading: path)
      defer { file.close() }
      let directory = try #require(ZipDirectory(file))
      #expect(directory.entries.count == 4)
      #expect(directory.entries.allSatisfy { $0 != nil })
      let content = try readFile(path, limit: 1 << 20)
      for (name, entry) in zip(archive.names, directory.entries) {
        let start = try #require(entry).offset
        #expect(content[start...].starts(with: [0x93] + Array("NUMPY".utf8)), "\(name)")
      }
    }
  }

  @Test("numpy.save writes the same bytes, and reads them")
  func npyBytes() throws {
    try withTemporaryFolder { folder in
      var tensors: [String: Tensor] = [:]
      for dataType in DataType.allCases where dataType != .bfloat16 && dataType != .string {
        for dimensions in [[], [0], [5], [2, 3], [1, 2, 3, 4], [2, 0], [100_000, 0]] {
          let numbers = (0..<Shape.elementCount(of: dimensions)!).map { Int8($0) - 3 }
          let tensor = try Tensor(numbers, dimensions: dimensions).converted(to: dataType)
          tensors["\(dataType)\(dimensions.map(String.init).joined(separator: "x"))"] = tensor
        }
      }
      for (name, tensor) in tensors { try tensor.writeNPY(to: "\(folder)/\(name).npy") }
      let program = """
        import glob, io, sys, numpy
        for path in glob.glob(sys.argv[1] + '/*.npy'):
            written = io.BytesIO()
            numpy.save(written, numpy.load(path))
            assert written.getvalue() == open(path, 'rb').read(), path
            print(path)
        """
      let checked = try NumPy.run(program, folder).split(separator: "\n")
      #expect(checked.count == tensors.count)
    }
  }

  @Test("What NumPy saves is read: orders, byte orders, versions, strings, archives")
  func reading() throws {
    try withTemporaryFolder { folder in
      let program = """
        import sys, numpy
        folder = sys.argv[1]
        cube = numpy.arange(24).reshape(2, 3, 4)
        for kind in ['f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8']:
            for order in '<>':
                array = cube.astype(order + kind)
                numpy.save(f'{folder}/{kind}{ord(order)}c.npy', array)
                numpy.save(f'{folder}/{kind}{ord(order)}f.npy', numpy.asfortranarray(array))
        for version in [(1, 0), (2, 0), (3, 0)]:
            with open(f'{folder}/v{version[0]}.npy', 'wb') as file:
                numpy.lib.format.write_array(file, cube.astype('i4'), version=version)
        words = numpy.array([['a', 'größe'], ['', '日本']])
        numpy.save(f'{folder}/words.npy', numpy.asfortranarray(words.astype('>U5')))
        numpy.save(f'{folder}/bytes.npy', numpy.array([b'a', b'bcd']))
        numpy.save(f'{folder}/object.npy', numpy.array([None, 1], dtype=object))
        numpy.savez(f'{folder}/stored.npz', cube, words=words, flag=numpy.array(True))
        numpy.savez_compressed(f'{folder}/deflated.npz', cube, words=words, flag=numpy.array(True))
        """
      try NumPy.run(program, folder)
      let cube = try Tensor((0..<24).map { Int64($0) }, dimensions: [2, 3, 4])
      let kinds: [(String, DataType)] = [
        ("f2", .float16), ("f4", .float32), ("f8", .float64), ("i1", .int8), ("i2", .int16),
        ("i4", .int32), ("i8", .int64), ("u1", .uint8), ("u2", .uint16), ("u4", .uint32),
        ("u8", .uint64),
      ]
      for (kind, dataType) in kinds {
        for suffix in ["60c", "60f", "62c", "62f"] {
          let tensor = try Tensor(npyFile: "\(folder)/\(kind)\(suffix).npy")
          #expect(try tensor == cube.converted(to: dataType), "\(kind)\(suffix)")
        }
      }
      for version in 1...3 {
        #expect(try Tensor(npyFile: "\(folder)/v\(version).npy") == cube.converted(to: .int32))
      }
      let words = try Tensor(["a", "größe", "", "日本"] as [String]).reshaped(to: [2, 2])
      #expect(try Tensor(npyFile: "\(folder)/words.npy") == words)
      #expect(try Tensor(npyFile: "\(folder)/bytes.npy") == Tensor(["a", "bcd"] as [String]))
      #expect(
        message { _ = try Tensor(npyFile: "\(folder)/object.npy") }.contains("Python objects"))
      for file in ["stored", "deflated"] {
        let archive = try TensorArchive(npzFile: "\(folder)/\(file).npz")
        #expect(Set(archive.names) == ["arr_0", "words", "flag"])
        #expect(archive["arr_0"] == cube)
        #expect(archive["words"] == words)
        #expect(archive["flag"] == Tensor([true][0]))
      }
    }
  }

  @Test("astype gives the same values where it defines them")
  func conversion() throws {
    var random = SplitMix(seed: 21)
    var archive = TensorArchive()
    let doubles = (0..<2000).map { _ in
      Double.random(in: -100...100, using: &random) * [1, 1e-6, 1e3].randomElement(using: &random)!
    }
    let integers = (0..<2000).map { _ in
      Int64(bitPattern: random.next()) >> Int64.random(in: 0..<63, using: &random)
    }
    let types = DataType.allCases.filter { $0 != .bfloat16 && $0 != .string }
    for target in types {
      try archive.append(Tensor(integers).converted(to: target), named: "int64-\(target)")
      let isDefined =
        target.isFloatingPoint || target == .bool || target == .int32 || target == .int64
      if isDefined {
        try archive.append(Tensor(doubles).converted(to: target), named: "float64-\(target)")
        for middle in [DataType.float32, .float16] {
          let tensor = try Tensor(doubles).converted(to: middle)
          try archive.append(tensor.converted(to: target), named: "\(middle)-\(target)")
        }
      }
      for source in [DataType.int8, .uint8, .int16, .uint16, .int32, .uint32, .uint64, .bool] {
        let tensor = try Tensor(integers).converted(to: source)
        try archive.append(tensor.converted(to: target), named: "\(source)-\(target)")
      }
    }
    try archive.append(Tensor(integers), named: "integers")
    try archive.append(Tensor(doubles), named: "doubles")
    try withTemporaryFolder { folder in
      try archive.writeNPZ(to: folder + "/a.npz")
      let program = """
        import sys, numpy
        numpy.seterr(all='ignore')
        archive = numpy.load(sys.argv[1])
        for name in archive.files:
            if '-' not in name: continue
            source, target = name.lower().split('-')
            values = archive['doubles' if source.startswith('float') else 'integers']
            middle = values.astype(source)
            expected = middle.astype(target)
            finite = numpy.isfinite(middle)
            assert (expected.tobytes() == archive[name].tobytes()
                    or (expected[finite] == archive[name][finite]).all()), name
            print(name)
        """
      let checked = try NumPy.run(program, folder + "/a.npz").split(separator: "\n")
      #expect(checked.count == archive.count - 2)
    }
  }
}

import Foundation
import Tensors
import Testing

@testable import DataSets

@Suite("CSV files")
struct CSVTests {
  private func rows(_ text: String) throws -> [[String]] {
    var reader = CSVReader(Array(text.utf8), path: "a.csv")
    var result: [[String]] = []
    var fields: [[UInt8]] = []
    while try reader.nextRow(into: &fields) != nil {
      result.append(fields.map { String(decoding: $0, as: UTF8.self) })
    }
    return result
  }

  @Test("Rows and fields are as RFC 4180 says")
  func fields() throws {
    #expect(try rows("a,b\r\nc,d\r\n") == [["a", "b"], ["c", "d"]])
    #expect(try rows("a,,\n\n,b") == [["a", "", ""], ["", "b"]])
    #expect(try rows("\"a,\"\"b\"\"\",\"c\r\nd\"\n\"\",e") == [["a,\"b\"", "c\r\nd"], ["", "e"]])
    #expect(try rows("\u{FEFF}x,y") == [["x", "y"]])
    #expect(try rows("").isEmpty && rows("\n\r\n").isEmpty)
    for text in ["a\"b", "\"a\"b,c", "x\n\"open\n\n"] {
      #expect(message { try rows(text) }.hasPrefix("'a.csv' line "))
    }
    #expect(message { try rows("x\n\"a\n\"b") }.contains("line 3"))
    #expect(message { try rows("x\n\"open\n\n") }.contains("line 2"))
  }

  @Test("Numbers are read with signs, points, exponents and spaces")
  func numbers() {
    let cases: [(String, Float?)] = [
      ("0", 0), ("255", 255), ("1234567", 1_234_567), ("-1.5e3", -1500), (" 2 ", 2), (".5", 0.5),
      ("", nil), ("x", nil), ("1,5", nil), ("- 1", nil), ("nan", .nan),
    ]
    for (text, number) in cases {
      let found = csvNumber(Array(text.utf8))
      #expect(found == number || found?.isNaN == true && number?.isNaN == true, "\(text)")
    }
  }

  private func data(_ text: String, test: String? = nil, label: String? = nil) throws -> DataSet {
    try withTemporaryFolder { folder in
      try write(Array(text.utf8), to: "\(folder)/train.csv")
      if let test { try write(Array(test.utf8), to: "\(folder)/test.csv") }
      return try DataSet.at(folder, label: label)
    }
  }

  @Test("A column of labels is found by its name, its number or its place")
  func labels() throws {
    let named = try data("size,Class,weight\n1,b,2\n3,a,4\n", test: "x,Class,y\n5,b,6\n")
    #expect(named.classNames == ["a", "b"])
    let batch = try #require(try named.training.batches(size: 2).map { $0 }.first)
    #expect(try batch.images == Tensor([[1, 2], [3, 4]] as [[Float]]))
    #expect(batch.labelNumbers == [1, 0])
    #expect(try named.test.batches(size: 1).flatMap(\.labelNumbers) == [1])
    let last = try data("1,2,7\n3,4,5\n", test: "1,2,3")
    #expect(try last.training.batches(size: 2).flatMap(\.labelNumbers) == [7, 5])
    #expect(last.classNames.isEmpty)
    let first = try data("7,1\n5,2\n", test: "3,4", label: "1")
    #expect(try first.training.batches(size: 2).flatMap(\.labelNumbers) == [7, 5])
    #expect(message { try data("size,b\n1,2\n", label: "sice") }.contains("mean 'size'?"))
  }

  @Test("What is wrong is told with file and line")
  func errors() {
    let ragged = message { try data("a,b\n1,2\n\n1,2,3\n") }
    #expect(
      ragged.contains("train.csv' line 4: 2 fields were expected") && ragged.contains("found 3"))
    let text = message { try data("size,label\n1,2\nbig,3\n") }
    #expect(text.contains("line 3: a number was expected in column 'size', found 'big'"))
    #expect(message { try data("a,b\n") }.contains("found none"))
    #expect(message { try data("") }.contains("is empty"))
    #expect(message { try data("1\n2\n") }.contains("found one column"))
    #expect(message { try data("1,2\n", test: "1,2,3\n") }.contains("has 3 columns"))
    #expect(message { try data("1,2\n") }.contains("cannot be split"))
  }
}

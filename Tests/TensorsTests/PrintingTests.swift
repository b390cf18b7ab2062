import Testing

@testable import Tensors

/// The texts are what NumPy 2.4 gives for str() of the same arrays.
@Suite("Printing as NumPy does: kinds of elements")
struct PrintingTests {
  @Test("Float64")
  func float64() throws {
    expect(Tensor([1.0, 2.0, 3.0] as [Double]), prints: "[1. 2. 3.]")
    expect(Tensor([1.5, 2.25, 3.0] as [Double]), prints: "[1.5  2.25 3.  ]")
    expect(Tensor([0.1, -0.2, 100.0] as [Double]), prints: "[  0.1  -0.2 100. ]")
    expect(Tensor([-0.0, 0.0] as [Double]), prints: "[-0.  0.]")
    expect(Tensor([100000000.0, 1.0] as [Double]), prints: "[1.e+08 1.e+00]")
    expect(Tensor([99999999.0, 100000.0] as [Double]), prints: "[99999999.   100000.]")
    expect(Tensor([0.0001, 1.0] as [Double]), prints: "[1.e-04 1.e+00]")
    expect(Tensor([1e-05] as [Double]), prints: "[1.e-05]")
    expect(Tensor([0.0001, 0.09] as [Double]), prints: "[0.0001 0.09  ]")
    expect(Tensor([0.0001, 0.11] as [Double]), prints: "[1.0e-04 1.1e-01]")
    expect(
      Tensor([0.3333333333333333, 0.6666666666666666, 1.0] as [Double]),
      prints: "[0.33333333 0.66666667 1.        ]")
    expect(Tensor([123.456789123, 0.5] as [Double]), prints: "[123.45678912   0.5       ]")
    expect(Tensor([.nan, 1.0, .infinity, -.infinity] as [Double]), prints: "[ nan   1.  inf -inf]")
    expect(Tensor([.nan] as [Double]), prints: "[nan]")
    expect(Tensor([-.infinity] as [Double]), prints: "[-inf]")
    expect(Tensor([.infinity, .nan] as [Double]), prints: "[inf nan]")
    expect(
      Tensor([1e+300, -1e-300, .leastNonzeroMagnitude] as [Double]),
      prints: "[ 1.e+300 -1.e-300  5.e-324]")
    expect(
      Tensor([1.7976931348623157e+308, .nan] as [Double]),
      prints: "[1.79769313e+308             nan]")
    expect(Tensor([0.123456785, 0.5] as [Double]), prints: "[0.12345678 0.5       ]")
    expect(Tensor([1.000000005, 2.5] as [Double]), prints: "[1.  2.5]")
    expect(Tensor([9.999999999, 1.0] as [Double]), prints: "[10.  1.]")
    expect(Tensor([-9.999999999, 1.0] as [Double]), prints: "[-10.   1.]")
    expect(Tensor([0.999999999] as [Double]), prints: "[1.]")
    expect(Tensor([9999999999.9] as [Double]), prints: "[1.e+10]")
    expect(Tensor([0.0, 0.0, 1e-09] as [Double]), prints: "[0.e+00 0.e+00 1.e-09]")
    expect(Tensor([.nan, 10000000000.0] as [Double]), prints: "[   nan 1.e+10]")
    expect(Tensor([-.infinity, 1e-10, 3.0] as [Double]), prints: "[  -inf 1.e-10 3.e+00]")
    try expect(
      Tensor([1.5, -2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0] as [Double], dimensions: [2, 2, 2]),
      prints: """
        [[[ 1.5 -2. ]
          [ 3.   4. ]]

         [[ 5.   6. ]
          [ 7.   8. ]]]
        """)
    try expect(Tensor([7.0] as [Double], dimensions: [1, 1, 1, 1]), prints: "[[[[7.]]]]")
    try expect(
      Tensor(
        [
          0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0,
          16.0, 17.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0,
        ] as [Double], dimensions: [2, 1, 3, 4]),
      prints: """
        [[[[ 0.  1.  2.  3.]
           [ 4.  5.  6.  7.]
           [ 8.  9. 10. 11.]]]


         [[[12. 13. 14. 15.]
           [16. 17. 18. 19.]
           [20. 21. 22. 23.]]]]
        """)
    try expect(Tensor(zeros: .float32, dimensions: [0, 3]), prints: "[]")
    try expect(Tensor(zeros: .int32, dimensions: [2, 0]), prints: "[]")
  }

  @Test("Float32")
  func float32() throws {
    expect(Tensor([0.1, 0.2, 0.3] as [Float]), prints: "[0.1 0.2 0.3]")
    expect(Tensor([1000000.0, 1.0] as [Float]), prints: "[1.e+06 1.e+00]")
    expect(Tensor([999999.0, 5000.0] as [Float]), prints: "[999999.   5000.]")
    expect(Tensor([16777216.0] as [Float]), prints: "[1.6777216e+07]")
    expect(
      Tensor([0.3333333333333333, -0.6666666666666666] as [Float]),
      prints: "[ 0.33333334 -0.6666667 ]")
    expect(
      Tensor([3.4028234663852886e+38, .leastNonzeroMagnitude] as [Float]),
      prints: "[3.4028235e+38 1.4012985e-45]")
    expect(Tensor([1000.0, 1.0] as [Float]), prints: "[1000.    1.]")
    expect(Tensor([1001.0, 1.0] as [Float]), prints: "[1.001e+03 1.000e+00]")
    expect(Tensor([0.0001, 0.05] as [Float]), prints: "[0.0001 0.05  ]")
    expect(Tensor([9.999e-05, 0.05] as [Float]), prints: "[9.999e-05 5.000e-02]")
    try expect(
      Tensor([1.0, 2.0, 3.0, 4.0] as [Float], dimensions: [2, 2]),
      prints: """
        [[1. 2.]
         [3. 4.]]
        """)
  }

  @Test("Float16")
  func float16() throws {
    expect(Tensor([0.1, 0.2] as [Float16]), prints: "[0.1 0.2]")
    expect(Tensor([999.0, 1.5] as [Float16]), prints: "[999.    1.5]")
    expect(Tensor([1000.0, 1.5] as [Float16]), prints: "[1.0e+03 1.5e+00]")
    expect(Tensor([65504.0, 6e-08] as [Float16]), prints: "[6.55e+04 5.96e-08]")
    expect(Tensor([0.0001, 0.01] as [Float16]), prints: "[0.0001 0.01  ]")
  }

  @Test("Integers")
  func integers() throws {
    expect(
      Tensor([-9223372036854775808, 0, 9223372036854775807] as [Int64]),
      prints: "[-9223372036854775808                    0  9223372036854775807]")
    expect(Tensor([0, 255, 7] as [UInt8]), prints: "[  0 255   7]")
    expect(Tensor([-128, 5] as [Int8]), prints: "[-128    5]")
    expect(
      Tensor([18446744073709551615, 1] as [UInt64]),
      prints: "[18446744073709551615                    1]")
  }

  @Test("Bool")
  func booleans() throws {
    expect(Tensor([true, false]), prints: "[ True False]")
    expect(Tensor([true]), prints: "[ True]")
  }

  @Test("Strings")
  func strings() throws {
    expect(Tensor(["a", "b"] as [String]), prints: "['a' 'b']")
    expect(
      Tensor(["it's", "say \"hi\"", "both ' and \""] as [String]),
      prints: "[\"it's\" 'say \"hi\"' 'both \\' and \"']")
    expect(
      Tensor(["line\nbreak\ttab\\", "\u{1}", "\u{2028} \u{A0}", "é", "\u{10FFFF}"] as [String]),
      prints: "['line\\nbreak\\ttab\\\\' '\\x01' '\\u2028 \\xa0' 'é' '\\U0010ffff']")
    try expect(
      Tensor(["a", "bb", "ccc", "d"] as [String]).reshaped(to: [2, 2]),
      prints: """
        [['a' 'bb']
         ['ccc' 'd']]
        """)
    expect(
      Tensor(
        [
          "word0", "word1", "word2", "word3", "word4", "word5", "word6", "word7", "word8", "word9",
          "word10", "word11", "word12", "word13", "word14", "word15", "word16", "word17", "word18",
          "word19", "word20", "word21", "word22", "word23", "word24", "word25", "word26", "word27",
          "word28", "word29",
        ] as [String]),
      prints: """
        ['word0' 'word1' 'word2' 'word3' 'word4' 'word5' 'word6' 'word7' 'word8'
         'word9' 'word10' 'word11' 'word12' 'word13' 'word14' 'word15' 'word16'
         'word17' 'word18' 'word19' 'word20' 'word21' 'word22' 'word23' 'word24'
         'word25' 'word26' 'word27' 'word28' 'word29']
        """)
    expect(
      Tensor(
        [
          "日本語の文字", "日本語の文字", "日本語の文字", "日本語の文字", "日本語の文字", "日本語の文字", "日本語の文字", "日本語の文字", "日本語の文字",
          "日本語の文字", "日本語の文字", "日本語の文字",
        ] as [String]),
      prints: """
        ['日本語の文字' '日本語の文字' '日本語の文字' '日本語の文字' '日本語の文字' '日本語の文字' '日本語の文字' '日本語の文字'
         '日本語の文字' '日本語の文字' '日本語の文字' '日本語の文字']
        """)
  }

}

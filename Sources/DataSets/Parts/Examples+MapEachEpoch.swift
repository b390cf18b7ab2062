import Tensors

extension Examples {
  /// The same examples, of which each is changed anew in each epoch, as to augment them by chance.
  ///
  /// ```swift
  /// let training = data.training.mapEachEpoch(seed: 1) { image, _, random in
  ///   if Bool.random(using: &random) { image.flipHorizontally() }
  ///   image.shift(rows: .random(in: -2...2, using: &random), columns: 0)
  /// }
  /// ```
  /// The function is called when a batch is prepared, for each example of it, on another thread
  /// than the training. What `random` gives depends on the seed, the epoch and the example alone:
  /// two epochs differ, but a training that goes on in the middle of one has the numbers of a
  /// training that was not interrupted, whatever the size and the order of its batches.
  /// `map`, in contrast, changes each example once and for all.
  ///
  /// Several such functions are called one after the other. Parts of the examples and examples of
  /// other sizes keep them; what `map` is given, and `meanImage()`, are those of epoch 0 and of the
  /// unchanged images.
  ///
  /// - Parameters:
  ///   - seed: Decides the random numbers.
  ///   - change: Changes an image as batches have it, given its label and random numbers.
  public func mapEachEpoch(
    seed: UInt64 = 0,
    _ change:
      @escaping @Sendable (
        _ image: inout ExampleImage, _ label: Int32, _ random: inout ExampleRandomNumbers
      ) -> Void
  ) -> Examples {
    var result = self
    result.changes.append(ExampleChange(seed: seed, change: change))
    return result
  }
}

/// What is done with an example in each epoch.
struct ExampleChange: Sendable {
  let seed: UInt64
  let change: @Sendable (inout ExampleImage, Int32, inout ExampleRandomNumbers) -> Void
}

extension [ExampleChange] {
  /// Changes the image of an example in place.
  func apply(
    to target: UnsafeMutableBufferPointer<Float>, sizes: [Int], label: Int32, example: Int,
    epoch: Int
  ) {
    var image = ExampleImage(sizes: sizes, numbers: Array<Float>(target))
    for change in self {
      var random = ExampleRandomNumbers(seed: change.seed, epoch: epoch, example: example)
      change.change(&image, label, &random)
    }
    _ = target.update(fromContentsOf: image.numbers)
  }
}

/// Random numbers that the seed, the epoch and the example decide: the same on every machine.
///
/// The first number that SplitMix64 gives from the seed, plus the epoch, is a state whose first
/// number, plus the number of the example, is the state that the numbers come from.
public struct ExampleRandomNumbers: RandomNumberGenerator, Sendable {
  private var generator: SplitMix64

  init(seed: UInt64, epoch: Int, example: Int) {
    var ofSeed = SplitMix64(state: seed)
    var ofEpoch = SplitMix64(state: ofSeed.next() &+ UInt64(epoch))
    generator = SplitMix64(state: ofEpoch.next() &+ UInt64(example))
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 { generator.next() }
}

/// An image, or other numbers, of an example while it is changed.
public struct ExampleImage: Sendable {
  /// The sizes, as height, width and channels; they stay.
  public let sizes: [Int]
  /// The numbers, the last dimension fastest.
  private(set) var numbers: [Float]

  /// How many numbers there are.
  public var count: Int { numbers.count }

  init(sizes: [Int], numbers: [Float]) {
    (self.sizes, self.numbers) = (sizes, numbers)
  }

  /// A number by its position, the last dimension fastest.
  ///
  /// - Precondition: There is such a position.
  public subscript(position: Int) -> Float {
    get { numbers[position] }
    set { numbers[position] = newValue }
  }

  /// Exchanges left and right; numbers without two dimensions are left as they are.
  public mutating func flipHorizontally() {
    movePixels(filling: 0) { ($0, $2.width - 1 - $1) }
  }

  /// Exchanges top and bottom; numbers without two dimensions are left as they are.
  public mutating func flipVertically() {
    movePixels(filling: 0) { ($2.height - 1 - $0, $1) }
  }

  /// Moves the image down and to the right, or up and to the left by negative numbers.
  ///
  /// Numbers without two dimensions are left as they are.
  ///
  /// - Parameters:
  ///   - rows: How far down.
  ///   - columns: How far to the right.
  ///   - filling: What comes to stand where nothing is.
  public mutating func shift(rows: Int, columns: Int, filling: Float = 0) {
    movePixels(filling: filling) { row, column, _ in (row &- rows, column &- columns) }
  }

  /// Lets each pixel be the one of another place; those of no place are filled.
  private mutating func movePixels(
    filling: Float,
    _ source: (_ row: Int, _ column: Int, _ sides: (height: Int, width: Int)) -> (
      row: Int, column: Int
    )
  ) {
    guard sizes.count >= 2 else { return }
    let (height, width, old) = (sizes[0], sizes[1], numbers)
    let channels = numbers.count / (height * width)
    for row in 0..<height {
      for column in 0..<width {
        let from = source(row, column, (height, width))
        let isInside = (0..<height).contains(from.row) && (0..<width).contains(from.column)
        let target = (row * width + column) * channels
        for channel in 0..<channels {
          numbers[target + channel] =
            isInside ? old[(from.row * width + from.column) * channels + channel] : filling
        }
      }
    }
  }
}

// Made by Tools/generate-reference from the sources of the operators.
// swift-format-ignore-file

/// What Swift programs call of each operator.
///
/// A line `# Kind` stands before the operators of a folder; `Name: declaration` says what the file
/// of the operator declares, and `name(): declaration` what another file declares of that name.
let swiftDeclarationText = """
  # Composites
  conv1D(): func conv1D(_ input: Value, _ filter: Value, strides: Int = 1, padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: Int = 1, dataFormat: DataFormat = .nhwc) -> Value
  conv2DTranspose(): func conv2DTranspose(_ input: Value, _ filter: Value, outputSizes: [Int]? = nil, strides: PerAxis = 1, padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1, dataFormat: DataFormat = .nhwc) -> Value
  dropout(): func dropout(_ x: Value, rate: Double, seed: Int = 0, seed2: Int = 0) -> Value
  dropout(): func dropout(_ x: Value, rate: Value, seed: Int = 0, seed2: Int = 0) -> Value
  layerNormalization(): func layerNormalization(_ x: Value, axes: [Int] = [-1], scale: Value? = nil, offset: Value? = nil, epsilon: Double = 0.001) -> Value
  logSumExp(): func logSumExp(_ x: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> Value
  moments(): func moments(_ x: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> (mean: Value, variance: Value)
  variance(): func variance(_ x: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> Value
  standardDeviation(): func standardDeviation(_ x: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> Value
  norm(): func norm(_ x: Value, axes: [Int]? = nil, order: Double = 2, keepDimensions: Bool = false) -> Value
  # Convolutions
  Conv2D: func conv2D(_ input: Value, _ filter: Value, strides: PerAxis = 1, padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1, dataFormat: DataFormat = .nhwc) -> Value
  Conv2DBackpropFilter: func conv2DBackpropFilter(_ input: Value, _ filterSizes: Value, _ outBackprop: Value, strides: PerAxis = 1, padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1, dataFormat: DataFormat = .nhwc) -> Value
  Conv2DBackpropInput: func conv2DBackpropInput(_ inputSizes: Value, _ filter: Value, _ outBackprop: Value, strides: PerAxis = 1, padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1, dataFormat: DataFormat = .nhwc) -> Value
  DepthwiseConv2dNative: func depthwiseConv2D(_ input: Value, _ filter: Value, strides: PerAxis = 1, padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1, dataFormat: DataFormat = .nhwc) -> Value
  DepthwiseConv2dNativeBackpropFilter: func depthwiseConv2DBackpropFilter(_ input: Value, _ filterSizes: Value, _ outBackprop: Value, strides: PerAxis = 1, padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1, dataFormat: DataFormat = .nhwc) -> Value
  DepthwiseConv2dNativeBackpropInput: func depthwiseConv2DBackpropInput(_ inputSizes: Value, _ filter: Value, _ outBackprop: Value, strides: PerAxis = 1, padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1, dataFormat: DataFormat = .nhwc) -> Value
  # Elementwise
  Abs: func abs(_ x: Value) -> Value
  AccumulateNV2:
  Acos: func acos(_ x: Value) -> Value
  Acosh: func acosh(_ x: Value) -> Value
  Add:
  AddN: func addN(_ inputs: [Value]) -> Value
  AddV2: func add(_ x: Value, _ y: Value) -> Value
  AddV2: extension Value { static func + (x: Value, y: Value) -> Value }
  Asin: func asin(_ x: Value) -> Value
  Asinh: func asinh(_ x: Value) -> Value
  Atan: func atan(_ x: Value) -> Value
  Atan2: func atan2(_ y: Value, _ x: Value) -> Value
  Atanh: func atanh(_ x: Value) -> Value
  Cast: func cast(_ x: Value, to type: DataType) -> Value
  Ceil: func ceil(_ x: Value) -> Value
  ClipByValue: func clip(_ t: Value, min: Value, max: Value) -> Value
  ClipByValue: func clip(_ t: Value, min: Double, max: Double) -> Value
  Cos: func cos(_ x: Value) -> Value
  Cosh: func cosh(_ x: Value) -> Value
  Div:
  DivNoNan: func divNoNan(_ x: Value, _ y: Value) -> Value
  Equal: func equal(_ x: Value, _ y: Value) -> Value
  Equal: extension Value { static func .== (x: Value, y: Value) -> Value }
  Exp: func exp(_ x: Value) -> Value
  Expm1: func expm1(_ x: Value) -> Value
  Floor: func floor(_ x: Value) -> Value
  FloorDiv: func floorDiv(_ x: Value, _ y: Value) -> Value
  FloorMod: func floorMod(_ x: Value, _ y: Value) -> Value
  Greater: func greater(_ x: Value, _ y: Value) -> Value
  Greater: extension Value { static func .> (x: Value, y: Value) -> Value }
  GreaterEqual: func greaterEqual(_ x: Value, _ y: Value) -> Value
  GreaterEqual: extension Value { static func .>= (x: Value, y: Value) -> Value }
  Inv:
  InvGrad:
  IsFinite: func isFinite(_ x: Value) -> Value
  IsInf: func isInfinite(_ x: Value) -> Value
  IsNan: func isNaN(_ x: Value) -> Value
  Less: func less(_ x: Value, _ y: Value) -> Value
  Less: extension Value { static func .< (x: Value, y: Value) -> Value }
  LessEqual: func lessEqual(_ x: Value, _ y: Value) -> Value
  LessEqual: extension Value { static func .<= (x: Value, y: Value) -> Value }
  Log: func log(_ x: Value) -> Value
  Log1p: func log1p(_ x: Value) -> Value
  LogicalAnd: func logicalAnd(_ x: Value, _ y: Value) -> Value
  LogicalAnd: extension Value { static func .& (x: Value, y: Value) -> Value }
  LogicalNot: func logicalNot(_ x: Value) -> Value
  LogicalNot: extension Value { static prefix func .! (x: Value) -> Value }
  LogicalOr: func logicalOr(_ x: Value, _ y: Value) -> Value
  LogicalOr: extension Value { static func .| (x: Value, y: Value) -> Value }
  Maximum: func maximum(_ x: Value, _ y: Value) -> Value
  Maximum: func maximum(_ x: Value, _ y: Double) -> Value
  Minimum: func minimum(_ x: Value, _ y: Value) -> Value
  Minimum: func minimum(_ x: Value, _ y: Double) -> Value
  Mod:
  Mul: func mul(_ x: Value, _ y: Value) -> Value
  Mul: extension Value { static func * (x: Value, y: Value) -> Value }
  MulNoNan: func mulNoNan(_ x: Value, _ y: Value) -> Value
  Neg: func neg(_ x: Value) -> Value
  Neg: extension Value { static prefix func - (x: Value) -> Value }
  NotEqual: func notEqual(_ x: Value, _ y: Value) -> Value
  NotEqual: extension Value { static func .!= (x: Value, y: Value) -> Value }
  Pow: func pow(_ x: Value, _ y: Value) -> Value
  Pow: func pow(_ x: Value, _ y: Double) -> Value
  RealDiv: func div(_ x: Value, _ y: Value) -> Value
  RealDiv: extension Value { static func / (x: Value, y: Value) -> Value }
  Reciprocal: func reciprocal(_ x: Value) -> Value
  ReciprocalGrad:
  Relu: func relu(_ features: Value) -> Value
  Rint: func rint(_ x: Value) -> Value
  Round: func round(_ x: Value) -> Value
  Rsqrt: func rsqrt(_ x: Value) -> Value
  RsqrtGrad:
  Select:
  SelectV2: func select(_ condition: Value, _ t: Value, _ e: Value) -> Value
  Sigmoid: func sigmoid(_ x: Value) -> Value
  SigmoidGrad:
  Sign: func sign(_ x: Value) -> Value
  Sin: func sin(_ x: Value) -> Value
  Sinh: func sinh(_ x: Value) -> Value
  Sqrt: func sqrt(_ x: Value) -> Value
  SqrtGrad:
  Square: func square(_ x: Value) -> Value
  SquaredDifference: func squaredDifference(_ x: Value, _ y: Value) -> Value
  Sub: func sub(_ x: Value, _ y: Value) -> Value
  Sub: extension Value { static func - (x: Value, y: Value) -> Value }
  Tan: func tan(_ x: Value) -> Value
  Tanh: func tanh(_ x: Value) -> Value
  TanhGrad:
  TruncateDiv: func truncateDiv(_ x: Value, _ y: Value) -> Value
  TruncateMod: func truncateMod(_ x: Value, _ y: Value) -> Value
  Xdivy: func xdivy(_ x: Value, _ y: Value) -> Value
  Xlogy: func xlogy(_ x: Value, _ y: Value) -> Value
  # Indexing
  DynamicPartition: func dynamicPartition(_ data: Value, _ partitions: Value, count: Int) -> [Value]
  DynamicStitch: func dynamicStitch(indices: [Value], data: [Value]) -> Value
  Gather:
  GatherNd: func gatherNd(_ params: Value, _ indices: Value) -> Value
  GatherV2: func gather(_ params: Value, _ indices: Value, axis: Int = 0, batchDimensions: Int = 0) -> Value
  ListDiff: func listDiff(_ x: Value, _ y: Value, indexType: DataType = .int32) -> (values: Value, positions: Value)
  OneHot: func oneHot(_ indices: Value, depth: Int, axis: Int = -1, type: DataType = .float32) -> Value
  OneHot: func oneHot(_ indices: Value, depth: Int, on: Value, off: Value, axis: Int = -1) -> Value
  ParallelDynamicStitch:
  ScatterNd: func scatterNd(_ indices: Value, _ updates: Value, _ shape: Value) -> Value
  TensorScatterAdd: func tensorScatterAdd(_ tensor: Value, _ indices: Value, _ updates: Value) -> Value
  TensorScatterSub: func tensorScatterSub(_ tensor: Value, _ indices: Value, _ updates: Value) -> Value
  TensorScatterUpdate: func tensorScatterUpdate(_ tensor: Value, _ indices: Value, _ updates: Value) -> Value
  TopKV2: func topK(_ input: Value, k: Int, sorted: Bool = true, indexType: DataType = .int32) -> (values: Value, indices: Value)
  Unique: func unique(_ x: Value, indexType: DataType = .int32) -> (values: Value, positions: Value)
  UniqueWithCounts: func uniqueWithCounts(_ x: Value, indexType: DataType = .int32) -> (values: Value, positions: Value, counts: Value)
  Where: func argwhere(_ input: Value) -> Value
  # LinearAlgebra
  BatchMatMul:
  BatchMatMulV2: func batchMatmul(_ x: Value, _ y: Value, transposeX: Bool = false, transposeY: Bool = false) -> Value
  BatchMatMulV3:
  Diag: func diagonal(_ diagonal: Value) -> Value
  DiagPart: func diagonalPart(_ input: Value) -> Value
  Einsum: func einsum(_ equation: String, _ input: Value, _ others: Value...) -> Value
  MatMul: func matmul(_ a: Value, _ b: Value, transposeA: Bool = false, transposeB: Bool = false) -> Value
  MatrixBandPart: func matrixBandPart(_ input: Value, lower: Int, upper: Int) -> Value
  MatrixDiag: func matrixDiagonal(_ diagonal: Value) -> Value
  MatrixDiagPart: func matrixDiagonalPart(_ input: Value) -> Value
  MatrixTriangularSolve: func matrixTriangularSolve(_ matrix: Value, _ rhs: Value, lower: Bool = true, adjoint: Bool = false) -> Value
  Qr: func qr(_ input: Value, fullMatrices: Bool = false) -> (q: Value, r: Value)
  tensordot(): func tensordot(_ a: Value, _ b: Value, axes: Int) -> Value
  tensordot(): func tensordot(_ a: Value, _ b: Value, axes: (a: [Int], b: [Int])) -> Value
  # NeuralNetworks
  AvgPool: func avgPool(_ value: Value, size: PerAxis, strides: PerAxis? = nil, padding: Padding = .valid, dataFormat: DataFormat = .nhwc) -> Value
  AvgPoolGrad:
  BiasAdd: func biasAdd(_ value: Value, _ bias: Value, dataFormat: DataFormat = .nhwc) -> Value
  BiasAddGrad:
  BiasAddV1:
  Elu: func elu(_ features: Value) -> Value
  EluGrad:
  ExtractImagePatches: func extractImagePatches(_ images: Value, sizes: [Int], strides: [Int], rates: [Int], padding: Padding) -> Value
  FusedBatchNorm:
  FusedBatchNormGrad:
  FusedBatchNormGradV2:
  FusedBatchNormGradV3:
  FusedBatchNormV2:
  FusedBatchNormV3: func fusedBatchNorm(_ x: Value, scale: Value, offset: Value, mean: Value? = nil, variance: Value? = nil, epsilon: Float = 0.0001, exponentialAverageFactor: Float = 1, dataFormat: DataFormat = .nhwc, isTraining: Bool = true) -> (y: Value, batchMean: Value, batchVariance: Value)
  L2Loss: func l2Loss(_ t: Value) -> Value
  LRN: func localResponseNormalization(_ input: Value, depthRadius: Int = 5, bias: Float = 1, alpha: Float = 1, beta: Float = 0.5) -> Value
  LRNGrad:
  LeakyRelu: func leakyRelu(_ features: Value, alpha: Float = 0.2) -> Value
  LeakyReluGrad:
  LogSoftmax: func logSoftmax(_ logits: Value) -> Value
  MaxPool: func maxPool(_ input: Value, size: PerAxis, strides: PerAxis? = nil, padding: Padding = .valid, explicitPaddings: [Int] = [], dataFormat: DataFormat = .nhwc) -> Value
  MaxPoolGrad:
  MaxPoolGradGrad:
  MaxPoolGradGradV2:
  MaxPoolGradV2:
  MaxPoolV2:
  Relu6: func relu6(_ features: Value) -> Value
  Relu6Grad:
  ReluGrad:
  ResizeBilinear: func resizeBilinear(_ images: Value, size: [Int], alignCorners: Bool = false, halfPixelCenters: Bool = false) -> Value
  ResizeBilinear: func resizeBilinear(_ images: Value, size: Value, alignCorners: Bool = false, halfPixelCenters: Bool = false) -> Value
  ResizeBilinearGrad:
  ResizeNearestNeighbor: func resizeNearestNeighbor(_ images: Value, size: [Int], alignCorners: Bool = false, halfPixelCenters: Bool = false) -> Value
  ResizeNearestNeighbor: func resizeNearestNeighbor(_ images: Value, size: Value, alignCorners: Bool = false, halfPixelCenters: Bool = false) -> Value
  ResizeNearestNeighborGrad:
  Selu: func selu(_ features: Value) -> Value
  SeluGrad:
  Softmax: func softmax(_ logits: Value) -> Value
  SoftmaxCrossEntropyWithLogits: func softmaxCrossEntropyWithLogits(_ features: Value, _ labels: Value) -> (loss: Value, backprop: Value)
  Softplus: func softplus(_ features: Value) -> Value
  SoftplusGrad:
  Softsign: func softsign(_ features: Value) -> Value
  SoftsignGrad:
  SparseSoftmaxCrossEntropyWithLogits: func sparseSoftmaxCrossEntropyWithLogits(_ features: Value, _ labels: Value) -> (loss: Value, backprop: Value)
  # Random
  Multinomial: func multinomial(_ logits: Value, count: Int, type: DataType = .int64, seed: Int = 0, seed2: Int = 0) -> Value
  RandomShuffle: func randomShuffle(_ value: Value, seed: Int = 0, seed2: Int = 0) -> Value
  RandomStandardNormal: func randomNormal(_ shape: Value, type: DataType = .float32, seed: Int = 0, seed2: Int = 0) -> Value
  RandomStandardNormal: extension Graph { func randomNormal(_ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0) -> Value }
  RandomUniform: func randomUniform(_ shape: Value, type: DataType = .float32, seed: Int = 0, seed2: Int = 0) -> Value
  RandomUniform: extension Graph { func randomUniform(_ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0) -> Value }
  RandomUniformInt: func randomIntegers(_ shape: Value, from: Value, to: Value, seed: Int = 0, seed2: Int = 0) -> Value
  StatelessRandomNormal: func statelessRandomNormal(_ shape: Value, seed: Value, type: DataType = .float32) -> Value
  StatelessRandomNormal: extension Graph { func statelessRandomNormal(_ sizes: [Int], seed: (Int, Int), type: DataType = .float32) -> Value }
  StatelessRandomUniform: func statelessRandomUniform(_ shape: Value, seed: Value, type: DataType = .float32) -> Value
  StatelessRandomUniform: extension Graph { func statelessRandomUniform(_ sizes: [Int], seed: (Int, Int), type: DataType = .float32) -> Value }
  StatelessTruncatedNormal: func statelessTruncatedNormal(_ shape: Value, seed: Value, type: DataType = .float32) -> Value
  StatelessTruncatedNormal: extension Graph { func statelessTruncatedNormal(_ sizes: [Int], seed: (Int, Int), type: DataType = .float32) -> Value }
  TruncatedNormal: func randomTruncatedNormal(_ shape: Value, type: DataType = .float32, seed: Int = 0, seed2: Int = 0) -> Value
  TruncatedNormal: extension Graph { func randomTruncatedNormal(_ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0) -> Value }
  # Reductions
  All: func all(_ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> Value
  All: func all(_ input: Value, axes: Value, keepDimensions: Bool = false) -> Value
  Any: func any(_ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> Value
  Any: func any(_ input: Value, axes: Value, keepDimensions: Bool = false) -> Value
  ArgMax: func argMax(_ input: Value, axis: Int = 0, type: DataType = .int64) -> Value
  ArgMin: func argMin(_ input: Value, axis: Int = 0, type: DataType = .int64) -> Value
  Cumprod: func cumprod(_ x: Value, axis: Int, exclusive: Bool = false, reverse: Bool = false) -> Value
  Cumprod: func cumprod(_ x: Value, axis: Value, exclusive: Bool = false, reverse: Bool = false) -> Value
  Cumsum: func cumsum(_ x: Value, axis: Int, exclusive: Bool = false, reverse: Bool = false) -> Value
  Cumsum: func cumsum(_ x: Value, axis: Value, exclusive: Bool = false, reverse: Bool = false) -> Value
  EuclideanNorm: func euclideanNorm(_ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> Value
  EuclideanNorm: func euclideanNorm(_ input: Value, axes: Value, keepDimensions: Bool = false) -> Value
  Max: func max(_ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> Value
  Max: func max(_ input: Value, axes: Value, keepDimensions: Bool = false) -> Value
  Mean: func mean(_ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> Value
  Mean: func mean(_ input: Value, axes: Value, keepDimensions: Bool = false) -> Value
  Min: func min(_ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> Value
  Min: func min(_ input: Value, axes: Value, keepDimensions: Bool = false) -> Value
  Prod: func prod(_ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> Value
  Prod: func prod(_ input: Value, axes: Value, keepDimensions: Bool = false) -> Value
  Sum: func sum(_ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false) -> Value
  Sum: func sum(_ input: Value, axes: Value, keepDimensions: Bool = false) -> Value
  # Segments
  Bincount: func bincount(_ arr: Value, size: Int, type: DataType = .int32) -> Value
  Bincount: func bincount(_ arr: Value, size: Int, weights: Value) -> Value
  SegmentMax: func segmentMax(_ data: Value, ids: Value) -> Value
  SegmentMean: func segmentMean(_ data: Value, ids: Value) -> Value
  SegmentMin: func segmentMin(_ data: Value, ids: Value) -> Value
  SegmentProd: func segmentProd(_ data: Value, ids: Value) -> Value
  SegmentSum: func segmentSum(_ data: Value, ids: Value) -> Value
  UnsortedSegmentMax: func unsortedSegmentMax(_ data: Value, ids: Value, count: Int) -> Value
  UnsortedSegmentMax: func unsortedSegmentMax(_ data: Value, ids: Value, count: Value) -> Value
  UnsortedSegmentMin: func unsortedSegmentMin(_ data: Value, ids: Value, count: Int) -> Value
  UnsortedSegmentMin: func unsortedSegmentMin(_ data: Value, ids: Value, count: Value) -> Value
  UnsortedSegmentProd: func unsortedSegmentProd(_ data: Value, ids: Value, count: Int) -> Value
  UnsortedSegmentProd: func unsortedSegmentProd(_ data: Value, ids: Value, count: Value) -> Value
  UnsortedSegmentSum: func unsortedSegmentSum(_ data: Value, ids: Value, count: Int) -> Value
  UnsortedSegmentSum: func unsortedSegmentSum(_ data: Value, ids: Value, count: Value) -> Value
  # Shapes
  BatchToSpaceND: func batchToSpace(_ input: Value, blockShape: [Int], crops: [[Int]]) -> Value
  BroadcastArgs: func broadcastArguments(_ s0: Value, _ s1: Value) -> Value
  BroadcastGradientArgs: func broadcastGradientArguments(_ s0: Value, _ s1: Value) -> (Value, Value)
  BroadcastTo: func broadcast(_ input: Value, to shape: [Int]) -> Value
  BroadcastTo: func broadcast(_ input: Value, to shape: Value) -> Value
  Concat:
  ConcatOffset:
  ConcatV2: func concat(_ values: [Value], axis: Int) -> Value
  ConcatV2: func concat(_ values: [Value], axis: Value) -> Value
  DepthToSpace: func depthToSpace(_ input: Value, blockSize: Int, dataFormat: DataFormat = .nhwc) -> Value
  ExpandDims: func expandDimensions(_ input: Value, axis: Int) -> Value
  Fill: func fill(_ dims: Value, _ value: Value) -> Value
  InvertPermutation: func invertPermutation(_ x: Value) -> Value
  MirrorPad: func mirrorPad(_ input: Value, paddings: [[Int]], mode: MirrorPadMode) -> Value
  MirrorPadGrad:
  Pack: func stack(_ values: [Value], axis: Int = 0) -> Value
  Pad: func pad(_ input: Value, paddings: [[Int]], value: Double = 0) -> Value
  Pad: func pad(_ input: Value, paddings: Value) -> Value
  PadV2:
  Rank: func rank(_ input: Value) -> Value
  Reshape: func reshape(_ tensor: Value, to shape: [Int]) -> Value
  Reshape: func reshape(_ tensor: Value, to shape: Value) -> Value
  Reverse:
  ReverseSequence: func reverseSequence(_ input: Value, lengths: Value, sequenceAxis: Int, batchAxis: Int = 0) -> Value
  ReverseV2: func reverse(_ tensor: Value, axes: [Int]) -> Value
  Roll: func roll(_ input: Value, shifts: [Int], axes: [Int]) -> Value
  ShapeN: func shapeN(_ input: [Value], type: DataType = .int32) -> [Value]
  Shape: func shape(_ input: Value, type: DataType = .int32) -> Value
  Size: func size(_ input: Value, type: DataType = .int32) -> Value
  Slice: func slice(_ input: Value, begin: [Int], size: [Int]) -> Value
  Slice: func slice(_ input: Value, begin: Value, size: Value) -> Value
  SpaceToBatchND: func spaceToBatch(_ input: Value, blockShape: [Int], paddings: [[Int]]) -> Value
  SpaceToDepth: func spaceToDepth(_ input: Value, blockSize: Int, dataFormat: DataFormat = .nhwc) -> Value
  Split: func split(_ value: Value, into count: Int, axis: Int = 0) -> [Value]
  SplitV: func split(_ value: Value, sizes: [Int], axis: Int = 0) -> [Value]
  Squeeze: func squeeze(_ input: Value, axes: [Int] = []) -> Value
  StridedSlice: func stridedSlice(_ input: Value, begin: [Int], end: [Int], strides: [Int], beginMask: Int = 0, endMask: Int = 0, ellipsisMask: Int = 0, newAxisMask: Int = 0, shrinkAxisMask: Int = 0) -> Value
  StridedSliceGrad:
  Tile: func tile(_ input: Value, multiples: [Int]) -> Value
  Tile: func tile(_ input: Value, multiples: Value) -> Value
  Transpose: func transpose(_ x: Value, permutation: [Int]? = nil) -> Value
  Transpose: func transpose(_ x: Value, permutation: Value) -> Value
  Unpack: func unstack(_ value: Value, count: Int? = nil, axis: Int = 0) -> [Value]
  # Sources
  Assert: func assert(_ condition: Value, _ data: [Value], summarize: Int = 3) -> GraphNode
  Bitcast: func bitcast(_ input: Value, to type: DataType) -> Value
  CheckNumerics: func checkNumerics(_ tensor: Value, message: String) -> Value
  Const: extension Graph { func constant(_ value: Tensor, as dataType: DataType? = nil) -> Value }
  Const: extension Graph { func constant(_ value: Tensor, type: DataType? = nil, shape: [Int]) -> Value }
  EnsureShape: func ensureShape(_ input: Value, shape: Shape) -> Value
  Identity: func identity(_ input: Value) -> Value
  IdentityN: func identityN(_ input: [Value]) -> [Value]
  LinSpace: func linspace(_ start: Value, _ stop: Value, count: Int) -> Value
  LinSpace: func linspace(_ start: Value, _ stop: Value, count: Value) -> Value
  NoOp: extension Graph { func group(_ nodes: [GraphNode]) -> GraphNode }
  OnesLike: func onesLike(_ x: Value) -> Value
  Placeholder: extension Graph { func placeholder<Element: TensorElement>(_ name: String, _ type: Element.Type, shape: Shape = .scalar) -> Value }
  Placeholder: extension Graph { func placeholder(_ name: String, type: TensorType, origin: Origin = .unknown) -> Value }
  PlaceholderWithDefault: func placeholderWithDefault(_ input: Value, shape: Shape) -> Value
  PreventGradient: func preventGradient(_ input: Value, message: String = "") -> Value
  Range: func range(_ start: Value, _ limit: Value, by delta: Value) -> Value
  Range: extension Graph { func range(_ start: Int32 = 0, _ limit: Int32, by delta: Int32 = 1) -> Value }
  Snapshot: func snapshot(_ input: Value) -> Value
  StopGradient: func stopGradient(_ input: Value) -> Value
  ZerosLike: func zerosLike(_ x: Value) -> Value
  # SpecialFunctions
  Digamma: func digamma(_ x: Value) -> Value
  Erf: func erf(_ x: Value) -> Value
  Erfc: func erfc(_ x: Value) -> Value
  Erfinv: func erfinv(_ x: Value) -> Value
  Lgamma: func lgamma(_ x: Value) -> Value
  Polygamma: func polygamma(_ a: Value, _ x: Value) -> Value
  Zeta: func zeta(_ x: Value, _ q: Value) -> Value
  # State
  ApplyAdaMax:
  ApplyAdadelta:
  ApplyAdagrad:
  ApplyAdagradV2:
  ApplyAdam:
  ApplyCenteredRMSProp:
  ApplyFtrl:
  ApplyFtrlV2:
  ApplyGradientDescent:
  ApplyMomentum:
  ApplyRMSProp:
  Assign:
  AssignAdd:
  AssignAddVariableOp:
  AssignSub:
  AssignSubVariableOp:
  AssignVariableOp:
  DeepCopy:
  variable(): extension Graph { func variable(_ name: String, initialValue: Value, shape: Shape? = nil) -> Value }
  variable(): extension Graph { func variable(_ name: String, initialValue: Tensor, shape: Shape? = nil) -> Value }
  assign(): func assign(_ variable: Value, _ value: Value) -> GraphNode
  assignAdd(): func assignAdd(_ variable: Value, _ value: Value) -> GraphNode
  assignSub(): func assignSub(_ variable: Value, _ value: Value) -> GraphNode
  currentValue(): func currentValue(of variable: Value) -> Value
  IsVariableInitialized:
  ReadVariableOp:
  ResourceApplyAdaMax:
  ResourceApplyAdadelta:
  ResourceApplyAdagrad:
  ResourceApplyAdagradV2:
  ResourceApplyAdam:
  ResourceApplyAdamWithAmsgrad:
  ResourceApplyCenteredRMSProp:
  ResourceApplyFtrl:
  ResourceApplyFtrlV2:
  ResourceApplyGradientDescent:
  ResourceApplyMomentum:
  ResourceApplyRMSProp:
  VarHandleOp:
  VarIsInitializedOp:
  Variable:
  VariableV2:
  """

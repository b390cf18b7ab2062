import ArgumentParser
import StaticGraph

extension GraphrunCommand {
  struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run a graph's training step many times.",
      discussion: """
        With --data, the placeholders 'images' and 'labels' are fed batch by batch:

          graphrun train mnist_convnet.graph --data mnist --epochs 5 --batch 50

        Own data are arrays in a .npz file or a folder of .npy files, called x_train and y_train, \
        train_images and train_labels, images and labels, or x and y (x_test and y_test, or \
        test_images and test_labels, for tests), rows of a .csv file, or a folder of .png and .jpg \
        files for each class, brought to the size that the graph takes. Bytes are divided by 255; \
        other numbers are fed as they are. Without a part for tests, each tenth example is \
        for tests.

        With --steps, the target runs so often with the same feeds:

          graphrun train model.graph --steps 200 --feed x=@x.npy --save weights=w.npy

        The training step of any TensorFlow 1 graph is run so, by its name:

          graphrun train graph.pbtxt --restore model.ckpt-20000 --target Adam --steps 10 \
            --fetch loss --feed x=@x.npy --feed y=@y.npy

        With --every 20, a picture that is saved as out.png is written on the way as well, as \
        out-000020.png, out-000040.png and so on, and all of them side by side as out-strip.png:

          graphrun train style_transfer.graph --restore squeezenet.ckpt --feed content=@a.jpg \
            --feed style=@b.jpg --steps 200 --save picture=out.png --every 20

        A training can be watched while it runs:

          graphrun train mnist_convnet.graph --data mnist --plot curve.png --log runs/first

        --plot draws a chart of each scalar that the graph declares: faintly what each step gave, \
        boldly the mean of steps around it, and with dots the test after each epoch. Where \
        positive numbers span more than two decades, the axis is logarithmic. --log writes event \
        files: 'tensorboard --logdir runs' shows the runs first/train (each step, the graph, \
        histograms of the variables after each epoch) and first/test.

        Progress goes to standard error. Where the graph has an output 'accuracy', the last lines \
        of standard output are the best accuracy on the test images and the last one.
        """)

    @Argument(help: ArgumentHelp("The graph.", valueName: "file"))
    var file: String

    @OptionGroup var options: TrainingOptions

    func validate() throws { try options.validate() }

    func run() throws {
      let run = try TrainingRun(file, options)
      InterruptFlag.install()
      do {
        try run.run()
      } catch let error as GraphError where options.data != nil {
        throw error.noting { _ in "--data feeds 'images', 'labels' and 'training' alone" }
      }
    }
  }
}

/// What a training is told.
struct TrainingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The training data: \(DataSet.names.joined(separator: ", ")); a .npz or .csv file; a folder"
        + " of .npy files, of train.csv and test.csv, or of images by class.",
      valueName: "name|path"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The column of a .csv file with the labels, by name or number from 1 on. Default: one of a"
        + " usual name, as label or class, else the last.", valueName: "column"))
  var labelColumn: String?

  @Option(parsing: .unconditional, help: "How often to go through the training data.")
  var epochs = 1

  @Option(parsing: .unconditional, help: "How many examples a step takes.")
  var batch = 32

  @Option(
    parsing: .unconditional,
    help: "Train on the first so many examples alone; the test images stay all of them.")
  var limit: Int?

  @Option(parsing: .unconditional, help: "How often to run the step, where no data are named.")
  var steps: Int?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Feed a placeholder in each step, as graphrun does.", valueName: "name=value"))
  var feed: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "With --steps, the scalars to tell of each step. Default: the declared outputs.",
      valueName: "a,b"))
  var fetch: [String] = []

  @Option(help: "The training step. Default: train, or the only target that is declared.")
  var target: String?

  @Option(
    parsing: .unconditional, help: "Where random numbers and the order of the examples begin.")
  var seed: UInt64 = 0

  @Option(
    parsing: .unconditional,
    help: "How many threads share the work. Default: one for each processor.")
  var threads: Int?

  @Option(help: MemorySize.help)
  var maxMemory: MemorySize?

  @Option(
    help: ArgumentHelp(
      "Begin with the variables of a checkpoint: a bundle, safetensors or .npz.",
      valueName: "path"))
  var restore: String?

  @Flag(help: "With --restore, leave out what is of another type or shape, and tell of it.")
  var lenient = false

  @Option(
    help: ArgumentHelp("Write the variables to this folder, at the end at least.", valueName: "dir")
  )
  var checkpoint: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Write checkpoints and saved pictures every so many steps, too.", valueName: "steps"))
  var every: Int?

  @Option(
    parsing: .unconditional, help: "How many checkpoints of the folder are kept, the newest ones.")
  var keep = 5

  @Flag(
    help: """
      Go on from the newest checkpoint of the folder, if there is one, with the data, --batch, \
      --limit and --seed of the run that wrote it.
      """)
  var resume = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Write an output to a file at the end: an array as .npy, a picture as .png or .jpg.",
      valueName: "name=file.npy"))
  var save: [String] = []

  @OptionGroup var images: ImageOptions

  @Option(
    help: ArgumentHelp(
      "Write event files for TensorBoard, in the folders DIR/train and DIR/test.",
      valueName: "dir"))
  var log: String?

  @Option(
    help: ArgumentHelp(
      "Draw the curves of the training, again every few seconds and at the end.",
      valueName: "file.png|file.svg"))
  var plot: String?

  @Flag(
    help: "Print the results as one JSON object: steps and, with data, each test result as test_….")
  var json = false

  @OptionGroup var parameters: ParameterOptions

  func validate() throws {
    func check(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws {
      if let value, !range.contains(value) {
        throw ValidationError("--\(name) takes a number from \(range.lowerBound), not \(value)")
      }
    }
    try check("epochs", epochs, 1...1_000_000)
    try check("batch", batch, 1...1 << 24)
    try check("limit", limit, 1...Int(Int32.max))
    try check("steps", steps, 1...Int(Int32.max))
    try check("every", every, 1...Int(Int32.max))
    try check("keep", keep, 1...1_000_000)
    try check("threads", threads, 1...1024)
    if data != nil, steps != nil {
      throw ValidationError(
        "--data or --steps, not both; with --data, --epochs says how long to train, and --limit"
          + " shortens an epoch")
    }
    if data == nil, steps == nil {
      throw ValidationError("name the data with --data, or say with --steps how often to run")
    }
    if checkpoint == nil, resume { throw ValidationError("--resume needs --checkpoint") }
    if checkpoint == nil, every != nil, !save.contains(where: Image.canWrite) {
      throw ValidationError("--every needs --checkpoint, or --save of a picture")
    }
    if lenient, restore == nil { throw ValidationError("--lenient needs --restore") }
    if let plot, !ChartSheet.fileEndings.contains(where: plot.hasSuffix) {
      throw ValidationError("--plot takes the name of a .png or .svg file, not '\(plot)'")
    }
    if data != nil, !feed.isEmpty {
      throw ValidationError("--data feeds the placeholders; --feed goes with --steps")
    }
    if data != nil, !fetch.isEmpty {
      throw ValidationError("--data tells of the declared outputs; --fetch goes with --steps")
    }
  }
}

import Foundation
import Tensors
import Testing

@testable import Checkpoints

@Suite struct FolderTests {
  private func files(_ steps: [Int], _ name: String = "model") -> [String] {
    steps.flatMap { ["\(name)-\($0).data-00000-of-00001", "\(name)-\($0).index"] }
  }

  @Test func theNewestAreKept() throws {
    try withTemporaryFolder { folder in
      let run = try CheckpointFolder(folder + "/runs/first")
      #expect(try run.latest() == nil)
      for step in 1...8 {
        let prefix = try run.write(["step": Tensor(step)], step: step)
        #expect(prefix == run.path + "/model-\(step)")
        #expect(try run.latest() == CheckpointFolder.Latest(prefix: prefix, step: step))
        #expect(try Checkpoint.open(run.path).tensor(named: "step") == Tensor(step))
      }
      #expect(try names(in: run.path) == ["checkpoint"] + files([4, 5, 6, 7, 8]))
      #expect(
        try String(decoding: contents(run.path + "/checkpoint"), as: UTF8.self) == """
          model_checkpoint_path: "model-8"
          all_model_checkpoint_paths: "model-4"
          all_model_checkpoint_paths: "model-5"
          all_model_checkpoint_paths: "model-6"
          all_model_checkpoint_paths: "model-7"
          all_model_checkpoint_paths: "model-8"

          """)
      // A step that is there is replaced, and becomes the newest.
      try run.write(["step": 0], step: 5)
      #expect(try CheckpointState(folder: run.path).all.last == "model-5")
      #expect(try run.latest()?.step == 5)
      #expect(try names(in: run.path) == ["checkpoint"] + files([4, 5, 6, 7, 8]))
      // A folder that keeps fewer deletes the more.
      try CheckpointFolder(run.path, keeping: 1).write(["step": 9], step: 9)
      #expect(try names(in: run.path) == ["checkpoint"] + files([9]))
    }
  }

  @Test func anotherRunBegins() throws {
    try withTemporaryFolder { folder in
      let run = try CheckpointFolder(folder + "/run", keeping: 2)
      try run.forgetLatest()
      #expect(try run.latest() == nil)
      for step in [7, 8] { try run.write(["step": Tensor(step)], step: step) }
      try run.forgetLatest()
      #expect(try run.latest() == nil)
      #expect(try names(in: run.path) == ["checkpoint"] + files([7, 8]))
      try run.write(["step": 1], step: 1)
      #expect(try run.latest()?.step == 1)
      #expect(try names(in: run.path) == ["checkpoint"] + files([1, 8]))
    }
  }

  @Test func whatAKilledProcessLeftIsDeleted() throws {
    try withTemporaryFolder { folder in
      let run = try CheckpointFolder(folder + "/run", keeping: 2)
      try run.deleteOld()
      for step in 1...2 { try run.write(["step": Tensor(step)], step: step) }
      // Killed after the third was named and before the first was deleted.
      try CheckpointFolder(run.path, keeping: 3).write(["step": 3], step: 3)
      #expect(try names(in: run.path) == ["checkpoint"] + files([1, 2, 3]))
      try run.deleteOld()
      #expect(try names(in: run.path) == ["checkpoint"] + files([2, 3]))
      #expect(try CheckpointState(folder: run.path).all == ["model-2", "model-3"])
      #expect(try run.latest()?.step == 3)
    }
  }

  @Test func settingsAreKeptBesideTheState() throws {
    try withTemporaryFolder { folder in
      let run = try CheckpointFolder(folder + "/run")
      #expect(try run.settings() == [:])
      try run.writeSettings(["batch": "50", "data": "a \"b\"\n"])
      #expect(try run.settings() == ["batch": "50", "data": "a \"b\"\n"])
      try Data("{\"batch\": 50}".utf8).write(to: URL(fileURLWithPath: run.path + "/settings.json"))
      #expect(throws: TensorError.self) { try run.settings() }
    }
  }

  @Test func resultsAreKeptBesideTheState() throws {
    try withTemporaryFolder { folder in
      let run = try CheckpointFolder(folder + "/run")
      #expect(try run.results() == [:])
      try run.writeResults([:])
      try run.writeResults(["best \"test\"": 0.1, "epoch": 3, "none": .nan])
      #expect(try run.results() == ["best \"test\"": 0.1, "epoch": 3])
      #expect(try run.latest() == nil)
      try run.write([:], step: 1)
      #expect(try names(in: run.path) == ["checkpoint"] + files([1]) + ["results.json"])
      try run.writeResults(["epoch": 4])
      #expect(try run.results() == ["epoch": 4])
      try run.writeResults([:])
      #expect(try names(in: run.path) == ["checkpoint"] + files([1]))

      let path = run.path + "/results.json"
      for (text, wrong) in [
        ("{\"a\": 1", "expected ',' or '}' in the results, but the text ends"),
        ("{\"a\": \"1\"}", "expected the number of 'a', but there is ''"),
        ("{\"a\": inf}", "expected the number of 'a', but there is 'inf'"),
        ("{} {}", "expected the end, but there is '{'"),
      ] {
        try writeFileAtomically(path, bytes: Array(text.utf8))
        #expect(message { try run.results() }.hasSuffix(wrong), "\(text)")
      }
    }
  }

  @Test func onlyWhatIsListedAndOursIsDeleted() throws {
    try withTemporaryFolder { folder in
      let run = try CheckpointFolder(folder + "/run", keeping: 1)
      try run.write([:], step: 1)
      try writeFileAtomically(run.path + "/model-1.meta", bytes: [])
      try Checkpoint.write([:], prefix: run.path + "/model-99")
      try Checkpoint.write([:], prefix: folder + "/model-5")
      try Checkpoint.write([:], prefix: run.path + "/other-5")
      let others = ["../model-5", folder + "/model-5", "other-5", "model-x", "model-2/../model-99"]
      try CheckpointState(latest: "model-1", all: others + ["model-1"]).write(folder: run.path)
      try run.write([:], step: 2)
      #expect(try CheckpointState(folder: run.path).all == others + ["model-2"])
      #expect(
        try names(in: run.path)
          == ["checkpoint"] + files([2]) + files([99]) + files([5], "other"))
      #expect(try names(in: folder) == files([5]) + ["run"])
    }
  }

  @Test func withoutAState() throws {
    try withTemporaryFolder { folder in
      for name in ["model-9", "model-10", "other-11", "model-x", "model"] {
        try Checkpoint.write([:], prefix: "\(folder)/\(name)")
      }
      let run = try CheckpointFolder(folder)
      #expect(try run.latest()?.prefix == folder + "/model-10")
      #expect(try CheckpointFolder(folder, name: "third").latest() == nil)
      try CheckpointState(latest: "model-12").write(folder: folder)
      #expect(
        message { try run.latest() }
          == "'\(folder)/checkpoint' names '\(folder)/model-12' as the latest checkpoint, but "
          + "'\(folder)/model-12.index' is not there; the highest step there is 10")
      try CheckpointState(latest: "model").write(folder: folder)
      #expect(
        try run.latest() == CheckpointFolder.Latest(prefix: folder + "/model", step: nil))
    }
  }

  @Test func whatCannotBe() throws {
    #expect(message { try CheckpointFolder("") }.contains("no path of a folder"))
    #expect(message { try CheckpointFolder("x", name: "a/b") }.contains("'a/b' cannot be"))
    #expect(message { try CheckpointFolder("x", keeping: 0) }.contains("at least 1"))
    try withTemporaryFolder { folder in
      let run = try CheckpointFolder(folder + "/file")
      try writeFileAtomically(run.path, bytes: [])
      #expect(
        message { try run.write([:], step: 1) }
          == "cannot make the folder '\(run.path)': Not a directory")
      #expect(message { try run.write([:], step: -1) }.contains("step -1"))
      // A damaged state is reported before anything is written.
      try writeFileAtomically(folder + "/checkpoint", bytes: Array("model".utf8))
      #expect(
        message { try CheckpointFolder(folder).write([:], step: 1) }
          == "'\(folder)/checkpoint' at byte 5: expected ':' after 'model', but the file ends")
      #expect(try names(in: folder) == ["checkpoint", "file"])
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/sys/kernel")))
  func theReasonIsThatOfTheFolderNotMade() {
    // Nobody may make a folder there, which is another reason than that there is none.
    let told = message { try CheckpointFolder("/sys/staticgraph").write([:], step: 1) }
    #expect(told.hasPrefix("cannot make the folder '/sys/staticgraph': "))
    #expect(!told.contains("No such file or directory"))
  }

  // MARK: - The file

  private func state(_ text: String) throws -> CheckpointState {
    try withTemporaryFolder { folder in
      try writeFileAtomically(folder + "/checkpoint", bytes: Array(text.utf8))
      return try CheckpointState(folder: folder)
    }
  }

  @Test func statesOfOthers() throws {
    let text = """
      # by hand
      model_checkpoint_path: 'a' "b\\x63\\144\\"\\n"; all_model_checkpoint_paths:"\\303\\244",
      all_model_checkpoint_timestamps: 1700000000.25
      last_preserved_timestamp: 1e+09 all_model_checkpoint_paths: "größe"
      """
    let expected = CheckpointState(latest: "abcd\"\n", all: ["ä", "größe"])
    #expect(try state(text) == expected)
    #expect(try state("") == CheckpointState())
    try withTemporaryFolder { folder in
      try expected.write(folder: folder)
      #expect(try CheckpointState(folder: folder) == expected)
    }
  }

  @Test func statesThatAreWrong() {
    let cases = [
      ("a", "expected ':' after 'a', but the file ends"), ("a: {}", "there is '{'"),
      ("?: 1", "expected the name of a field, but there is '?'"), ("a:", "the value of 'a'"),
      ("a: \"x", "does not end on its line"), ("a: \"x\n\"", "does not end on its line"),
      ("a: \"\\q\"", "not known"), ("a: \"\\777\"", "the digits of a byte"),
      ("a: \"\\xg\"", "the digits of a byte"), ("a: \"\\377\"", "not UTF-8"),
      ("model_checkpoint_path: 3", "is no text in quotes"), ("a: \"\\", "does not end"),
    ]
    for (text, expected) in cases {
      let found = message { try state(text) }
      #expect(found.contains(expected) && found.contains("/checkpoint'"), "\(text): \(found)")
    }
  }
}

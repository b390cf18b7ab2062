import GraphIR
import Tensors

/// A parameter, as the arguments of a call are matched to it.
struct ParameterSlot {
  /// What messages call it.
  var name: String
  /// The label; `nil` for one that is given by position.
  var label: String?
  /// Whether several arguments may be given by position.
  var isVariadic: Bool
  /// Whether it may be left out.
  var isOptional: Bool
}

extension Elaborator {
  /// Matches arguments to parameters as Swift does: both stand in the same order, and parameters
  /// with a default may be left out.
  ///
  /// - Returns: For each parameter the positions of its arguments, none for one that is left out;
  ///   `nil` when they do not match, which is then reported.
  func match(
    _ arguments: [ArgumentSyntax], to slots: [ParameterSlot], of function: String,
    _ declaration: Diagnostic.Note, at range: SourceRange
  ) -> [[Int]]? {
    var matching = ArgumentMatching(slots: slots)
    for (position, argument) in arguments.enumerated() {
      guard let fault = matching.add(argument.label?.name, at: position) else { continue }
      let place = argument.label?.range ?? argument.value.range
      report(fault, of: function, slots, argument, at: place, declaration)
      return nil
    }
    let missing = slots.indices.filter { matching.places[$0].isEmpty && !slots[$0].isOptional }
    guard missing.isEmpty else {
      let names = missing.map { slots[$0].label.map { "'\($0):'" } ?? "'\(slots[$0].name)'" }
      let noun = missing.count == 1 ? "argument" : "arguments"
      report(
        "'\(function)' needs the \(noun) \(names.joined(separator: ", "))", at: range,
        notes: [declaration])
      return nil
    }
    return matching.places
  }

  private func report(
    _ fault: ArgumentMatching.Fault, of function: String, _ slots: [ParameterSlot],
    _ argument: ArgumentSyntax, at place: SourceRange, _ declaration: Diagnostic.Note
  ) {
    let label = argument.label?.name ?? ""
    switch fault {
    case .extra:
      report("'\(function)' takes no further argument", at: place, notes: [declaration])
    case .missingLabel(let wanted):
      report(
        "an argument of '\(function)' needs its label", at: place,
        notes: [note("add the label '\(wanted):'"), declaration])
    case .needlessLabel:
      report(
        "the argument '\(label)' of '\(function)' has no label", at: place,
        notes: [note("leave out '\(label):'"), declaration])
    case .repeated:
      report("the argument '\(label):' is given twice", at: place, notes: [declaration])
    case .late(let later):
      report(
        "the argument '\(label):' must stand before '\(later):'", at: place, notes: [declaration])
    case .unknownLabel:
      let labels = slots.compactMap(\.label)
      let nearest = nearestName(to: label, among: labels).map { [note("did you mean '\($0):'?")] }
      report(
        "'\(function)' has no argument '\(label):'", at: place,
        notes: (nearest ?? []) + [declaration])
    }
  }
}

/// Assigns arguments to parameters, one after the other.
private struct ArgumentMatching {
  enum Fault {
    case extra, needlessLabel, repeated, unknownLabel
    case missingLabel(String)
    case late(after: String)
  }

  let slots: [ParameterSlot]
  var places: [[Int]]
  /// The first parameter that the next argument may be for.
  private var next = 0

  init(slots: [ParameterSlot]) {
    self.slots = slots
    places = Array(repeating: [], count: slots.count)
  }

  /// Adds an argument; gives what is wrong with it.
  mutating func add(_ label: String?, at position: Int) -> Fault? {
    label.map { add(labelled: $0, at: position) } ?? add(unlabelled: position)
  }

  private mutating func add(unlabelled position: Int) -> Fault? {
    // Parameters with a default may be skipped on the way to a positional one.
    var slot = next
    while slot < slots.count, slots[slot].label != nil, slots[slot].isOptional { slot += 1 }
    guard slot < slots.count, slots[slot].label == nil else {
      let wanted = slots[min(next, slots.count)...].first { $0.label != nil }?.label
      return wanted.map { .missingLabel($0) } ?? .extra
    }
    places[slot].append(position)
    next = slots[slot].isVariadic ? slot : slot + 1
    return nil
  }

  private mutating func add(labelled label: String, at position: Int) -> Fault? {
    if let slot = slots[min(next, slots.count)...].firstIndex(where: { $0.label == label }) {
      places[slot].append(position)
      next = slot + 1
      return nil
    }
    if let slot = slots.firstIndex(where: { $0.label == label }) {
      if !places[slot].isEmpty { return .repeated }
      let later = slots[(slot + 1)...].first {
        $0.label != nil && !places[slots.startIndex].isEmpty
      }
      return .late(after: later?.label ?? slots[max(0, next - 1)].name)
    }
    return slots.contains { $0.label == nil && $0.name == label } ? .needlessLabel : .unknownLabel
  }
}

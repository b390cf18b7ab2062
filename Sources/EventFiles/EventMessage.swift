internal import CEventFile
import GraphFiles
import Images

/// One event of a file.
struct EventMessage {
  /// What happened.
  enum Content {
    /// What the file is.
    case fileVersion
    /// A run begins here.
    case start
    /// A serialised GraphDef.
    case graph([UInt8])
    case scalars([(tag: String, value: Float)])
    case picture(tag: String, png: [UInt8], width: Int32, height: Int32, channels: Int32)
    case histogram(tag: String, Histogram)
  }

  /// Seconds since 1970.
  let wallTime: Double
  let step: Int64
  let content: Content

  /// The event as a file's record holds it.
  func encoded() -> [UInt8] {
    let arena = MessageArena()
    let event = arena.message(staticgraph__event__init)
    event.pointee.wall_time = wallTime
    event.pointee.step = step
    switch content {
    case .fileVersion:
      event.pointee.what_case = STATICGRAPH__EVENT__WHAT_FILE_VERSION
      event.pointee.file_version = arena.text("brain.Event:2")
      let source = arena.message(staticgraph__event__source__init)
      source.pointee.writer = arena.text("StaticGraph")
      event.pointee.source_metadata = source
    case .start:
      event.pointee.what_case = STATICGRAPH__EVENT__WHAT_SESSION_LOG
      let log = arena.message(staticgraph__session_log__init)
      log.pointee.status = 1
      event.pointee.session_log = log
    case .graph(let bytes):
      event.pointee.what_case = STATICGRAPH__EVENT__WHAT_GRAPH_DEF
      event.pointee.graph_def = arena.bytes(bytes)
    case .scalars(let scalars):
      setSummary(
        of: event, arena,
        scalars.map { tag, number in
          let value = Self.value(tag, arena)
          value.pointee.value_case = STATICGRAPH__SUMMARY__VALUE__VALUE_SIMPLE_VALUE
          value.pointee.simple_value = number
          return value
        })
    case .picture(let tag, let png, let width, let height, let channels):
      let picture = arena.message(staticgraph__summary__picture__init)
      picture.pointee.width = width
      picture.pointee.height = height
      picture.pointee.colorspace = channels
      picture.pointee.encoded_image_string = arena.bytes(png)
      let value = Self.value(tag, arena)
      value.pointee.value_case = STATICGRAPH__SUMMARY__VALUE__VALUE_IMAGE
      value.pointee.image = picture
      setSummary(of: event, arena, [value])
    case .histogram(let tag, let histogram):
      let value = Self.value(tag, arena)
      value.pointee.value_case = STATICGRAPH__SUMMARY__VALUE__VALUE_HISTO
      value.pointee.histo = Self.message(histogram, arena)
      setSummary(of: event, arena, [value])
    }
    return withExtendedLifetime(arena) { packed(&event.pointee.base) }
  }

  private func setSummary(
    of event: UnsafeMutablePointer<Staticgraph__Event>, _ arena: MessageArena,
    _ values: [UnsafeMutablePointer<Staticgraph__Summary__Value>]
  ) {
    let summary = arena.message(staticgraph__summary__init)
    summary.pointee.n_value = values.count
    summary.pointee.value = arena.array(values.map(Optional.some))
    event.pointee.what_case = STATICGRAPH__EVENT__WHAT_SUMMARY
    event.pointee.summary = summary
  }

  private static func value(
    _ tag: String, _ arena: MessageArena
  ) -> UnsafeMutablePointer<Staticgraph__Summary__Value> {
    let value = arena.message(staticgraph__summary__value__init)
    value.pointee.tag = arena.text(tag)
    return value
  }

  private static func message(
    _ histogram: Histogram, _ arena: MessageArena
  ) -> UnsafeMutablePointer<Staticgraph__Histogram> {
    let message = arena.message(staticgraph__histogram__init)
    message.pointee.min = histogram.minimum
    message.pointee.max = histogram.maximum
    message.pointee.num = Double(histogram.count)
    message.pointee.sum = histogram.sum
    message.pointee.sum_squares = histogram.sumOfSquares
    message.pointee.n_bucket_limit = histogram.intervals.count
    message.pointee.bucket_limit = arena.array(histogram.intervals.map(\.limit))
    message.pointee.n_bucket = histogram.intervals.count
    message.pointee.bucket = arena.array(histogram.intervals.map { Double($0.count) })
    return message
  }
}

internal import CGraphFile
import Tensors

extension GraphFileWriter {
  func signature(_ record: SignatureRecord) -> UnsafeMutablePointer<Staticgraph__Signature> {
    let message = arena.message(staticgraph__signature__init)
    message.pointee.format_version = record.formatVersion
    message.pointee.n_feeds = record.feeds.count
    message.pointee.feeds = arena.array(record.feeds.map { Optional(endpoint($0)) })
    message.pointee.n_outputs = record.outputs.count
    message.pointee.outputs = arena.array(record.outputs.map { Optional(endpoint($0)) })
    message.pointee.n_targets = record.targets.count
    message.pointee.targets = arena.array(
      record.targets.map { target in
        let item = arena.message(staticgraph__signature__target__init)
        item.pointee.name = arena.text(target.name)
        item.pointee.node = arena.text(target.node)
        return Optional(item)
      })
    message.pointee.n_parameters = record.parameters.count
    message.pointee.parameters = arena.array(
      record.parameters.map { parameter in
        let item = arena.message(staticgraph__signature__parameter__init)
        item.pointee.name = arena.text(parameter.name)
        item.pointee.value = arena.text(parameter.value)
        return Optional(item)
      })
    return message
  }

  private func endpoint(
    _ record: SignatureRecord.Endpoint
  ) -> UnsafeMutablePointer<Staticgraph__Signature__Endpoint> {
    let message = arena.message(staticgraph__signature__endpoint__init)
    message.pointee.name = arena.text(record.name)
    message.pointee.node = arena.text(record.node)
    message.pointee.output = Int32(clamping: record.output)
    message.pointee.data_type = typeMessage(record.type.dataType.rawValue)
    message.pointee.shape = shape(record.type.shape)
    return message
  }
}

@_exported import func Tensors.nearestName

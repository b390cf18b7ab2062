// What users import: all layers under one name.
@_exported import Charts
@_exported import Checkpoints
@_exported import DataSets
@_exported import Differentiation
@_exported import EventFiles
@_exported import Execution
@_exported import GraphFiles
@_exported import GraphIR
@_exported import GraphLanguage
@_exported import Images
@_exported import Models
@_exported import Optimizers
@_exported import Tensors
@_exported import Training

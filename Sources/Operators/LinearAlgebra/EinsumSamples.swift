import GraphIR
import Tensors

extension Einsum {
  @_optimize(none)
  public static var samples: [Sample] {
    products.map { equation, x, y in
      Sample(equation, Einsum(equation), [.sample(x), .sample(y, seed: 2)])
    }
      + rearrangements.map { equation, x in Sample(equation, Einsum(equation), [.sample(x)]) }
      + failures
  }

  private static let products: [(String, [Int], [Int])] = [
    ("ij,jk->ik", [2, 3], [3, 4]), ("ij,jk->ki", [2, 3], [3, 4]), ("ji,kj->ik", [3, 2], [4, 3]),
    ("bij,bjk->bik", [2, 3, 2], [2, 2, 4]), ("ibj,kjb->bik", [3, 2, 2], [4, 2, 2]),
    ("i,i->", [3], [3]), ("i,j->ij", [2], [3]), ("i,j->ji", [2], [3]),
    ("ij,ij->ij", [2, 3], [2, 3]), ("ij,->ji", [2, 3], []), ("ij,kl->k", [2, 3], [2, 2]),
    ("abcd,cdef->abef", [2, 2, 3, 2], [3, 2, 2, 2]), ("aij,bji->ab", [2, 2, 3], [2, 3, 2]),
    ("ii,ij->j", [2, 2], [2, 3]), ("ij,j->ii", [2, 3], [3]), ("ij,jk->ik", [2, 0], [0, 3]),
    ("ij,jk->ik", [0, 2], [2, 3]), ("ij,k->i", [2, 0], [3]), ("ij,jk->ik", [20, 9], [9, 13]),
    ("...ij,...jk->...ik", [2, 2, 3], [2, 3, 2]), ("...ij,...jk->...ik", [2, 3], [2, 3, 2]),
    ("...ij,...jk->...ik", [2, 1, 2, 2], [3, 2, 2]), ("i...,i...->i...", [2, 2, 1], [2, 3]),
    ("i...,j->j...i", [2, 3], [2]), ("i...,...->...i", [2], []), ("...,...->...", [2, 1], [3]),
  ]

  private static let rearrangements: [(String, [Int])] = [
    ("ij->ji", [2, 3]), ("ij->ij", [2, 3]), ("ij->i", [2, 3]), ("ij->j", [2, 3]),
    ("ij->", [2, 3]), ("ijk->kij", [2, 3, 2]), ("ijk->j", [2, 3, 2]), ("->", []), ("i->", [0]),
    ("ii->i", [3, 3]), ("ii->", [3, 3]), ("i->ii", [3]), ("iij->ji", [2, 2, 3]),
    ("i...j->j...i", [2, 3, 2]), ("...i->...", [2, 3]), ("i...->...", [2, 3, 2]),
    ("...ii->...i", [2, 3, 3]),
  ]

  private static let failures: [Sample] = [
    failure(
      "sizes that differ", "ij,jk->ik", [[2, 3], [4, 2]],
      "j has size 3 in inputs[0], Float64[2, 3], but 4 in inputs[1], Float64[4, 2]"),
    failure(
      "a diagonal of no square", "ii->i", [[2, 3]],
      "i has size 2 in inputs[0], Float64[2, 3], but 3 in inputs[0], Float64[2, 3]"),
    failure(
      "another rank", "ij->i", [[3]], "inputs[0] is Float64[3], but \"ij\" asks for rank 2"),
    failure(
      "too small a rank", "ij...->i...", [[3]],
      "inputs[0] is Float64[3], but \"ij...\" asks for at least rank 2"),
    failure("no arrow", "ij", [[2, 3]], "the equation \"ij\" has no ->, as in \"ij,jk->ik\""),
    failure(
      "no letter", "i1->i", [[2, 3]],
      "the equation \"i1->i\" may hold letters, one ... a tensor, commas and one ->,"
        + " but \"i1\" holds \"1\""),
    failure(
      "a label of the result alone", "i->ij", [[2]],
      "the equation \"i->ij\" gives j, which no input has"),
    failure(
      "another number of inputs", "i,i->i", [[2]],
      "the equation \"i,i->i\" is about 2 inputs, but 1 were given"),
    failure(
      "three inputs", "i,i,i->i", [[2], [2], [2]],
      "the equation \"i,i,i->i\" is about 3 inputs, but only 1 or 2 can be"),
    failure(
      "axes that are lost", "...i->i", [[2, 3]],
      "the inputs have 1 axes at the ..., but the result of \"...i->i\" has no ..."),
    failure(
      "axes that do not broadcast", "...i,...i->...", [[2, 3], [4, 3]],
      "the axes at the ... do not broadcast: they are [2] so far, but inputs[1] is Float64[4, 3]"),
  ]

  private static func failure(
    _ label: String, _ equation: String, _ sizes: [[Int]], _ message: String
  ) -> Sample {
    Sample(
      failing: label, Einsum(equation), sizes.map { .sample($0) }, message: message)
  }
}

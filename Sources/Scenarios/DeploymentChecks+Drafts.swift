internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import Units

// What guesses tokens must fit the model that it guesses for.
extension DeploymentChecks {
  func checkSpeculation() {
    guard let keys = pool.speculation else { return }
    if hardware.kind == .lpu {
      refuse(
        "speculation", "guessing ahead is not simulated on a dataflow machine: `\(hardware.name)`",
        at: pool.place(of: "speculation"), hint: "leave `\(path(of: "speculation"))` out")
      return
    }
    switch keys.method {
    case .mtp where architecture.multiTokenPredictionLayers == 0:
      refuse(
        "speculation",
        "`mtp` guesses with the model's next-token-prediction layers, and it has none: "
          + "`\(architecture.name)`",
        at: pool.place(of: "speculation"),
        hint: "set `\(path(of: "speculation")).method` to `lookup`, or leave "
          + "`\(path(of: "speculation"))` out")
    case .mtp, .lookup:
      guard keys.model != nil else { return }
      refuse(
        "speculation", "`\(keys.method.rawValue)` guesses without a model of its own",
        at: pool.place(of: "speculation.model"),
        hint: "leave `\(path(of: "speculation.model"))` out, or set "
          + "`\(path(of: "speculation")).method` to `eagle`, `eagle3` or `draft`")
    case .eagle, .eagle3, .draft: break
    }
  }

  /// The head or model that guesses, as it is deployed; nil after a refusal.
  ///
  /// - Parameter found: what its config says; nil where the scenario names none.
  func draftModel(_ keys: SpeculationKeys, _ found: Architecture?) -> DraftModel? {
    let place = pool.place(of: "speculation.model")
    var model: Architecture
    if keys.method == .draft {
      guard let found else {
        refuse(
          "speculation", "`draft` guesses with another model, and none is named",
          at: pool.place(of: "speculation"),
          hint: "set `\(path(of: "speculation.model"))` to its name or `config.json`")
        return nil
      }
      model = found
      if !model.writes || model.draftHead != nil {
        refuse(
          "speculation", "`draft` guesses with a model that writes by itself: `\(model.name)`",
          at: place,
          notes: [model.writes ? "it is a head for another model" : "it writes nothing"],
          hint: model.draftHead.map {
            "set `\(path(of: "speculation")).method` to `\($0.rawValue)`"
          } ?? "name another")
        return nil
      }
    } else {
      guard let head = head(keys.method == .eagle ? .eagle : .eagle3, found, place) else {
        return nil
      }
      model = head
    }
    for problem in LayoutRules(model, hardware).tensorProblems(of: layout) {
      refuse(
        problem.code, problem.message.replacing("the model's", with: "`\(model.name)`'s"),
        at: place, notes: ["what guesses is cut over as many ranks as the model"])
      return nil
    }
    guard let weights = model.servedWeights else {
      refuse(
        "weights-format", "the format of what guesses is not served here: `\(model.name)`",
        at: place, notes: model.formatNote)
      return nil
    }
    return DraftModel(architecture: model, weights: weights)
  }

  /// A model and what guesses for it each have windows.
  func checkViews(_ design: ReplicaDesign) {
    guard design.hasTooManyViews else { return }
    refuse(
      "speculation",
      "layers of `\(architecture.name)` and of what guesses for it see contexts in more than "
        + "\(ContextViews.most) ways",
      at: pool.place(of: "speculation.model"),
      notes: ["each length of a window is one, and the whole context another"],
      hint: "name a model without windows of its own")
  }

  private func head(
    _ kind: DraftHead, _ found: Architecture?, _ place: Place
  ) -> Architecture? {
    guard let found else {
      if let own = architecture.headOfItsKind(kind) { return own }
      refuse(
        "speculation",
        "what a head of `\(architecture.name)` is like is not known: its last layer is not dense",
        at: pool.place(of: "speculation"),
        hint: "set `\(path(of: "speculation.model"))` to the head's `config.json`")
      return nil
    }
    if let own = found.draftHead, own != kind {
      refuse(
        "speculation", "`\(found.name)` is a head of another kind: \(own.rawValue)", at: place,
        hint: "set `\(path(of: "speculation")).method` to `\(own.rawValue)`")
      return nil
    }
    let head = found.asHead(kind)
    guard kind == .eagle3 || head.hiddenSize == architecture.hiddenSize else {
      refuse(
        "speculation",
        "a head is as wide as its model: \(NumberText.grouped(head.hiddenSize)), and "
          + "`\(architecture.name)` is \(NumberText.grouped(architecture.hiddenSize)) wide",
        at: place, hint: "name the head that was made for `\(architecture.name)`")
      return nil
    }
    return head
  }
}

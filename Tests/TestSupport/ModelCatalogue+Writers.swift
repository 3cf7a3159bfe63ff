package import ModelArchitecture

extension ModelCatalogue {
  /// The shipped models that write text: all but the encoders.
  package static let writers = names.filter { name in
    (try? load(nameOrPath: name).isEncoder) == false
  }
}

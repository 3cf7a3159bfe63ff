extension Architecture {
  /// Whether a token chooses some of several feed-forwards in any layer.
  package var hasExperts: Bool {
    groups.contains { group in
      if case .experts = group.feedForward { true } else { false }
    }
  }
}

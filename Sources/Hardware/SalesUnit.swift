/// What a price is paid for: one accelerator, a server of some, a rack of more.
///
/// A deployment that fills half a server pays for all of it where only servers are sold.
package struct SalesUnit: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable { case accelerator, server, rack }

  package var kind: Kind
  /// Accelerators in one unit.
  package var accelerators: Int

  package static let accelerator = SalesUnit(kind: .accelerator, accelerators: 1)

  package init(kind: Kind, accelerators: Int) {
    self.kind = kind
    self.accelerators = accelerators
  }
}

/// The units that a machine can be had in, and which of them its prices are for.
///
///     sold_by: {server: 8, owned: server}
///
/// A server of 8 accelerators; who rents pays for accelerators, who buys for servers.
package struct SalesUnits: Hashable, Sendable {
  /// Accelerators in a unit of each kind; the accelerator itself is always among them.
  package var sizes: [SalesUnit.Kind: Int]
  package var usual: [Price.Basis: SalesUnit.Kind]

  package init(sizes: [SalesUnit.Kind: Int] = [:], usual: [Price.Basis: SalesUnit.Kind] = [:]) {
    self.sizes = sizes.merging([.accelerator: 1]) { _, one in one }
    self.usual = usual
  }

  /// The unit of a kind; nil when the machine is not known to be sold so.
  package func unit(_ kind: SalesUnit.Kind) -> SalesUnit? {
    sizes[kind].map { SalesUnit(kind: kind, accelerators: $0) }
  }

  /// The unit that prices of a kind are for.
  package func unit(of basis: Price.Basis) -> SalesUnit {
    usual[basis].flatMap(unit) ?? .accelerator
  }

  package var kinds: [SalesUnit.Kind] { SalesUnit.Kind.allCases.filter { sizes[$0] != nil } }
}

package import Diagnostics
internal import Scenarios

/// One thing that a sweep varies.
package struct SweepAxis: Codable, Equatable, Sendable {
  package struct Value: Codable, Equatable, Sendable {
    /// The value as a table shows it.
    package var label: String
    /// Settings that make the value, as `--set` takes them.
    package var settings: [String]

    package init(label: String, settings: [String]) {
      self.label = label
      self.settings = settings
    }
  }

  package var name: String
  package var values: [Value]

  package init(name: String, values: [Value]) {
    self.name = name
    self.values = values
  }
}

extension SweepAxis {
  /// One `--over PATH=VALUES`, see `SweepValues`.
  package init(over argument: String) throws(InvalidInput) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      throw InvalidInput(
        Diagnostic(
          code: "sweep/over", "`--over` needs PATH=VALUES: \(argument)",
          hint: "for example `--over workload.arrivals.rate='1..16*2 req/s'`"))
    }
    let path = String(argument[..<equals])
    let text = String(argument[argument.index(after: equals)...])
    let values = try SweepValues.parse(text, at: SourceLocation(file: "--over \(argument)"))
    self.init(
      name: path, values: values.map { Value(label: $0, settings: ["\(path)=\($0)"]) })
  }

  /// The ways of a scenario.
  init(_ ways: [Scenario.Way]) {
    self.init(name: "way", values: ways.map { Value(label: $0.name, settings: $0.settings) })
  }

  /// Closed loops of some numbers of clients, the load of measured frontiers. Ten requests for each
  /// leave ramp-up and drain a small part; few clients get more, so that lengths average out.
  package init(clients argument: String) throws(InvalidInput) {
    let place = SourceLocation(file: "--clients \(argument)")
    let values = try SweepValues.parse(argument, at: place)
    self.init(name: "clients", values: [])
    for text in values {
      guard let clients = Int(text), (1...10_000_000).contains(clients) else {
        throw InvalidInput(
          Diagnostic(
            code: "sweep/clients", "clients must be whole numbers from 1 to 10,000,000: \(text)",
            at: place, hint: "for example `--clients 1..1024*2`"))
      }
      self.values.append(
        Value(
          label: text,
          settings: [
            "workload.arrivals={process: closed-loop, clients: \(clients)}",
            "workload.requests=\(max(Self.fewestRequests, 10 * clients))",
          ]))
    }
  }

  package static let fewestRequests = 200
}

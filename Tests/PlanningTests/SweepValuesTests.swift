import Diagnostics
import Planning
import Testing

struct SweepValuesTests {
  private func values(_ text: String) throws(InvalidInput) -> [String] {
    try SweepValues.parse(text, at: SourceLocation(file: "--over x=\(text)"))
  }

  @Test(arguments: [
    ("4", ["4"]),
    ("1,2, 4", ["1", "2", "4"]),
    ("h200-sxm,../b200.yaml", ["h200-sxm", "../b200.yaml"]),
    ("{tensor: 4, expert: 4},{tensor: 8}", ["{tensor: 4, expert: 4}", "{tensor: 8}"]),
    ("[0.8, 0.6],'a, b'", ["[0.8, 0.6]", "'a, b'"]),
    ("1..64*2", ["1", "2", "4", "8", "16", "32", "64"]),
    ("1..100*4", ["1", "4", "16", "64"]),
    ("10..50+10", ["10", "20", "30", "40", "50"]),
    ("0.1..0.5+0.1", ["0.1", "0.2", "0.3", "0.4", "0.5"]),
    ("0.5..4*2 req/s", ["0.5 req/s", "1 req/s", "2 req/s", "4 req/s"]),
    ("2,4..8*2, 9.5 req/s", ["2 req/s", "4 req/s", "8 req/s", "9.5 req/s"]),
    ("2,h200-sxm,4 req/s", ["2 req/s", "h200-sxm", "4 req/s"]),
    ("1,2 3", ["1", "2 3"]),
    ("1,8..32*2,100", ["1", "8", "16", "32", "100"]),
    ("16384..65536*2", ["16384", "32768", "65536"]),
  ])
  func valuesAreListed(text: String, expected: [String]) throws {
    #expect(try values(text) == expected)
  }

  @Test(arguments: [
    ("", "an empty value in a list: ", nil),
    ("1,,2", "an empty value in a list: 1,,2", nil),
    ("1,2,1", "a value is there twice: 1", nil),
    (
      "1..64", "a range is FIRST..LAST*FACTOR or FIRST..LAST+STEP: 1..64",
      "for example `1..64*2`, or `10..50+10`"
    ),
    ("1..64*1", "a range with a factor grows from above zero by more than one: 1..64*1", nil),
    ("0..64*2", "a range with a factor grows from above zero by more than one: 0..64*2", nil),
    ("64..1*2", "a range with a factor grows from above zero by more than one: 64..1*2", nil),
    ("1..5+0", "a range with a step grows by more than zero: 1..5+0", nil),
    ("1..1e9+1", "more than 100,000 values", nil),
    ("1..2*1.0000000001", "more than 100,000 values", nil),
  ])
  func whatIsNoListIsRefused(text: String, message: String, hint: String?) {
    #expect(
      throws: InvalidInput(
        Diagnostic(
          code: "sweep/values", message, at: SourceLocation(file: "--over x=\(text)"), hint: hint))
    ) { try values(text) }
  }

  @Test func axisNeedsAPath() {
    for text in ["workload", "=4"] {
      #expect(
        throws: InvalidInput(
          Diagnostic(
            code: "sweep/over", "`--over` needs PATH=VALUES: \(text)",
            hint: "for example `--over workload.arrivals.rate='1..16*2 req/s'`"))
      ) { try SweepAxis(over: text) }
    }
  }

  @Test func clientsAreClosedLoopsWithTenRequestsForEach() throws {
    let axis = try SweepAxis(clients: "1,64")
    #expect(axis.values.map(\.label) == ["1", "64"])
    #expect(
      axis.values.map(\.settings) == [
        ["workload.arrivals={process: closed-loop, clients: 1}", "workload.requests=200"],
        ["workload.arrivals={process: closed-loop, clients: 64}", "workload.requests=640"],
      ])
    for text in ["0", "1.5", "many"] {
      #expect(
        throws: InvalidInput(
          Diagnostic(
            code: "sweep/clients", "clients must be whole numbers from 1 to 10,000,000: \(text)",
            at: SourceLocation(file: "--clients \(text)"),
            hint: "for example `--clients 1..1024*2`"))
      ) { try SweepAxis(clients: text) }
    }
  }
}

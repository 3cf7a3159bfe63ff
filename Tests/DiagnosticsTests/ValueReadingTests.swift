import Diagnostics
import Testing
import Units

struct ValueReadingTests {
  private enum Fruit: String, CaseIterable { case apple, pear }

  @Test(arguments: [
    (
      "x: 5 GB", "wrong-unit", "`x` has the wrong unit: `GB`",
      "  note: `GB` is a unit of bytes\nhint: accepted units: `W`, `kW` or `MW`"
    ),
    (
      "x: 5 Ws", "wrong-unit", "`x` has the wrong unit: `Ws`",
      "hint: accepted units: `W`, `kW` or `MW`"
    ),
    (
      "x: 700", "missing-unit", "`x` needs a unit: 700",
      "hint: write for example `700 W`; accepted units: `W`, `kW` or `MW`"
    ),
    ("x: -5 W", "out-of-range", "`x` must be above zero: -5 W", ""),
    ("x: 0 W", "out-of-range", "`x` must be above zero: 0 W", ""),
    (
      "x: .nan", "not-a-number", "`x` must be a finite number with a unit: .nan",
      "hint: accepted units: `W`, `kW` or `MW`"
    ),
    (
      "x: inf W", "not-a-number", "`x` must be a finite number with a unit: inf W",
      "hint: accepted units: `W`, `kW` or `MW`"
    ),
    (
      "x: ''", "not-a-number", "`x` must be a finite number with a unit: (empty)",
      "hint: accepted units: `W`, `kW` or `MW`"
    ),
    ("x: [1 W]", "wrong-type", "`x` must be power with its unit: a list", ""),
  ])
  func aPowerIsReadStrictly(_ text: String, _ code: String, _ message: String, _ rest: String) {
    let expected = "error[scenario/\(code)]: \(message)\n  --> a.yaml:1:4  x"
    let found = problem(text) { _ = $0.quantity(.watts) }
    #expect(found == (rest.isEmpty ? expected : expected + "\n" + rest))
  }

  @Test(arguments: [
    ("x: 1.5", "wrong-type", "`x` must be a whole number: 1.5", nil),
    ("x: 1e30", "out-of-range", "`x` must be from 1 to 8: 1e30", "set `x` to 8"),
    ("x: many", "wrong-type", "`x` must be a whole number: many", nil),
    ("x: {y: 1}", "wrong-type", "`x` must be a whole number: a mapping", nil),
    ("x: 9", "out-of-range", "`x` must be from 1 to 8: 9", "set `x` to 8"),
    ("x: 0", "out-of-range", "`x` must be from 1 to 8: 0", "set `x` to 1"),
  ])
  func aWholeNumberIsReadStrictly(
    _ text: String, _ code: String, _ message: String, _ hint: String?
  ) {
    #expect(
      problem(text) { _ = $0.integer(in: 1...8) }
        == "error[scenario/\(code)]: \(message)\n  --> a.yaml:1:4  x"
        + (hint.map { "\nhint: \($0)" } ?? ""))
  }

  @Test(arguments: [
    (Bounds.nonNegative, "-1", "zero or more"), (.positive, "0", "above zero"),
    (.fraction, "1.01", "above 0 and at most 1"), (.fraction, "0", "above 0 and at most 1"),
    (.within(0.25...10_000), "0", "from 0.25 to 10,000"),
    (.upTo(2), "0", "above zero and at most 2"), (.upTo(2), "2.1", "above zero and at most 2"),
  ])
  func aNumberStaysWithinItsBounds(_ bounds: Bounds, _ text: String, _ words: String) {
    #expect(
      problem("x: \(text)") { _ = $0.number(bounds) }
        == "error[scenario/out-of-range]: `x` must be \(words): \(text)\n  --> a.yaml:1:4  x")
  }

  @Test func theBoundsOfAQuantityHaveUnits() {
    #expect(
      problem("x: 5 MB/s") { _ = $0.quantity(.bytesPerSecond, .within(1e8...1e18)) } == """
        error[scenario/out-of-range]: `x` must be from 100 MB/s to 1000 PB/s: 5 MB/s
          --> a.yaml:1:4  x
        """)
    #expect(
      problem("x: 2 h") { _ = $0.quantity(.seconds, .upTo(1)) } == """
        error[scenario/out-of-range]: `x` must be above zero and at most 1 s: 2 h
          --> a.yaml:1:4  x
        """)
  }

  @Test func aNumberIsFinite() {
    #expect(
      problem("x: .inf") { _ = $0.number() }
        == "error[scenario/not-a-number]: `x` must be a finite number: .inf\n  --> a.yaml:1:4  x")
  }

  @Test func aWordOfAClosedSetIsSuggested() {
    #expect(
      problem("x: aple") { _ = $0.choice(Fruit.self, default: .pear) } == """
        error[scenario/unknown-value]: `x` is not one of the known values: aple
          --> a.yaml:1:4  x
          note: known: apple, pear
        hint: did you mean `apple`?
        """)
  }

  @Test func textAndSwitchesAreReadStrictly() {
    #expect(
      problem("x: yes") { _ = $0.boolean() }
        == "error[scenario/wrong-type]: `x` must be `true` or `false`: yes\n  --> a.yaml:1:4  x")
    #expect(
      problem("x: [a]") { _ = $0.string() }
        == "error[scenario/wrong-type]: `x` must be text: a list\n  --> a.yaml:1:4  x")
    #expect(
      problem("x: ' '") { _ = $0.words() }
        == "error[scenario/empty-text]: `x` must not be empty\n  --> a.yaml:1:4  x")
    #expect(
      problem("x: a") { _ = $0.sequence() }
        == "error[scenario/wrong-type]: `x` must be a list: a\n  --> a.yaml:1:4  x")
    #expect(
      problem("x: a") { _ = $0.mapping() }
        == "error[scenario/wrong-type]: `x` must be a mapping of keys: a\n  --> a.yaml:1:4  x")
  }

  @Test func aNullEntryIsNoText() {
    let found = problems(in: "x: ~") { map in _ = map.entries().map { $0.value.words() } }
    #expect(
      found == ["error[scenario/empty-text]: `x` must not be empty\n  --> a.yaml:1:4  x"])
  }

  @Test func longAndManyLinedValuesAreShownShort() {
    let long = String(repeating: "a", count: 100)
    #expect(
      problem("x: \(long)") { _ = $0.number() }.contains(
        "number: " + String(repeating: "a", count: 60) + "...\n"))
    #expect(
      problem("x: |\n  one\n  two\n") { _ = $0.number() }.contains(
        "`x` must be a finite number: one two \n"))
  }

  @Test func onlyValuesWithoutProblemsAreClean() throws {
    let source = ConfigSource(file: "a.yaml", kind: "scenario")
    let map = try source.parse("{a: 1, b: x}").mapping()
    #expect(source.clean { map.required("a")?.number() } == 1)
    #expect(source.clean { map.required("b")?.number() } == nil)
    #expect(source.clean { map.required("a")?.number() } == 1)
  }
}

import Diagnostics
import Testing
import Units

struct MappingReadingTests {
  @Test func anUnknownKeyIsShownWithTheNearestKnownOne() {
    let found = problems(in: "requests: 5\nserver:\n  quantisation: fp8\n") { map in
      _ = map.optional("requests")?.integer()
      let server = map.required("server")?.mapping()
      _ = server?.optional("quantization")
      server?.finish()
    }
    #expect(
      found == [
        """
        error[scenario/unknown-key]: unknown key `server.quantisation`
          --> a.yaml:3:3
        hint: did you mean `quantization`?
        """
      ])
  }

  @Test func aFarKeyIsShownWithTheKnownOnes() {
    #expect(
      problems(in: "colour: red") { map in
        _ = map.optional("seed")
        _ = map.optional("load")
      } == [
        """
        error[scenario/unknown-key]: unknown key `colour`
          --> a.yaml:1:1
          note: known here: seed, load
        """
      ])
  }

  @Test func aColonWithoutASpaceIsSaid() {
    #expect(
      problems(in: "{rate:2 req/s, seed:1: 5}") { _ = $0.optional("rate") } == [
        """
        error[scenario/unknown-key]: unknown key `rate:2 req/s`
          --> a.yaml:1:2
        hint: a space stands behind a colon: `rate: 2 req/s`
        """,
        """
        error[scenario/unknown-key]: unknown key `seed:1`
          --> a.yaml:1:16
          note: known here: rate
        """,
      ])
  }

  @Test func aMissingKeyNamesItsPathAndPlace() {
    #expect(
      problems(in: "a: 1\nx:\n  b: 2\n") { map in
        _ = map.optional("a")
        let inner = map.required("x")?.mapping()
        _ = inner?.optional("b")
        _ = inner?.required("c")
        inner?.finish()
      } == ["error[scenario/missing-key]: missing key `x.c`\n  --> a.yaml:3:3  x"])
    #expect(
      problems(in: "x: ~") { _ = $0.required("x") }
        == ["error[scenario/missing-key]: missing key `x`\n  --> a.yaml:1:1"])
  }

  @Test func aMappingOfTheWrongTypeIsReportedOnceWithoutItsKeys() {
    #expect(
      problem("x: 5") { node in
        let map = node.mapping()
        _ = map.required("a")
        _ = map.required("b")
        map.finish()
      } == "error[scenario/wrong-type]: `x` must be a mapping of keys: 5\n  --> a.yaml:1:4  x")
  }

  @Test func severalProblemsComeInFileOrder() {
    let text = """
      # a comment line
      third: {a: 1}
      first: 5
      second: x
      """
    let found = problems(in: text) { map in
      _ = map.required("second")?.integer()
      _ = map.required("first")?.quantity(.watts)
      _ = map.required("absent")
    }
    #expect(
      found == [
        "error[scenario/missing-key]: missing key `absent`\n  --> a.yaml:2:1",
        """
        error[scenario/unknown-key]: unknown key `third`
          --> a.yaml:2:1
          note: known here: second, first, absent
        """,
        """
        error[scenario/missing-unit]: `first` needs a unit: 5
          --> a.yaml:3:8  first
        hint: write for example `5 W`; accepted units: `W`, `kW` or `MW`
        """,
        "error[scenario/wrong-type]: `second` must be a whole number: x\n  --> a.yaml:4:9  second",
      ])
  }

  @Test func entriesAndListsKeepFileOrderAndPaths() throws {
    let source = ConfigSource(file: "a.json", kind: "scenario")
    let map = try source.parse(#"{"z": [1, {"q": 2}], "a": 3, "8": 4}"#).mapping()
    #expect(map.entries().map(\.key) == ["z", "a", "8"])
    let list = try #require(map.required("z")).sequence()
    #expect(list.map(\.path) == ["z.0", "z.1"])
    #expect(list[1].mapping().required("q")?.path == "z.1.q")
    #expect(list[1].mapping().required("q")?.location.column == 17)
    map.finish()
    try source.check()
  }
}

import Diagnostics
import Testing
import Units

struct OverrideTests {
  private func read(_ text: String, _ overrides: String...) throws -> ConfigMapping {
    let source = ConfigSource(file: "a.yaml", kind: "scenario")
    return try source.parse(
      text, overrides: overrides.map(ConfigOverride.init(argument:))
    ).mapping()
  }

  private func failure(_ argument: String, in text: String = "a: 1") -> String {
    do {
      _ = try read(text, argument)
      return ""
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text).joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }

  @Test func aKeyIsReplacedOrAdded() throws {
    let map = try read("a: {b: 1}\nlist: [1, 2]", "a.b=5", "a.c.d=[x]", "list.1=7", "8=eight")
    let inner = map.required("a")?.mapping()
    #expect(inner?.required("b")?.integer() == 5)
    #expect(inner?.required("c")?.mapping().required("d")?.sequence().first?.string() == "x")
    #expect(map.required("list")?.sequence().map { $0.integer() } == [1, 7])
    #expect(map.required("8")?.string() == "eight")
  }

  @Test func theLastOverrideWinsAndANumberKeyIsFound() throws {
    let map = try read("a: 0\n8: x", "a=1", "a=2", "8=y")
    #expect(map.required("a")?.integer() == 2)
    #expect(map.required("8")?.string() == "y")
    #expect(map.keys == ["a", "8"])
  }

  @Test func aPlainValueGivesWayToAMapping() throws {
    let map = try read("hardware: h200-sxm", "hardware.name=x", "note=a=b")
    #expect(map.required("hardware")?.mapping().required("name")?.string() == "x")
    #expect(map.required("note")?.string() == "a=b")
  }

  @Test func anEmptyValueIsEmptyText() throws {
    #expect(try read("a: 1", "a=").required("a")?.string() == "")
  }

  @Test func problemsShowTheOverrideInsteadOfAFilePlace() {
    #expect(
      problem("x: 5 W\ny: 1", set: ["x=5 GB"]) { _ = $0.quantity(.watts) } == """
        error[scenario/wrong-unit]: `x` has the wrong unit: `GB`
          --> --set x=5 GB  x
          note: `GB` is a unit of bytes
        hint: accepted units: `W`, `kW` or `MW`
        error[scenario/unknown-key]: unknown key `y`
          --> a.yaml:2:1
          note: known here: x
        """)
    #expect(
      problems(in: "x: {rate: 1}", set: ["x.rtae=2"]) { map in
        let inner = map.required("x")?.mapping()
        _ = inner?.optional("rate")
        inner?.finish()
      } == [
        """
        error[scenario/unknown-key]: unknown key `x.rtae`
          --> --set x.rtae=2
        hint: did you mean `rate`?
        """
      ])
  }

  @Test func aProblemIsBlamedOnTheOverrideThatMadeIt() {
    func unknown(_ text: String, _ overrides: String...) -> [String] {
      problems(in: text, set: overrides) { map in _ = map.optional("x")?.integer() }.map {
        $0.split(separator: "\n").prefix(2).joined(separator: "\n")
      }
    }
    #expect(
      unknown("x: 1", "y.z=1", "y.w=2") == [
        "error[scenario/unknown-key]: unknown key `y`\n  --> --set y.z=1"
      ])
    #expect(
      unknown("x: 1", "x=5", "x.z=7") == [
        "error[scenario/wrong-type]: `x` must be a whole number: a mapping\n  --> --set x.z=7  x"
      ])
    #expect(
      unknown("x: {z: 1}", "x.z=7") == [
        "error[scenario/wrong-type]: `x` must be a whole number: a mapping\n  --> a.yaml:1:4  x"
      ])
    #expect(
      unknown("x: 1", "x.z=7", "x=a") == [
        "error[scenario/wrong-type]: `x` must be a whole number: a\n  --> --set x=a  x"
      ])
  }

  @Test func aValueCannotExhaustTheParser() {
    let bomb = "&a [1], &b [*a, *a], " + (0..<40).map { _ in "&b [*b, *b]" }.joined(separator: ", ")
    for value in ["{x: [\(bomb)], [*b]: 1}", "[\(bomb)]", String(repeating: "[", count: 100_000)] {
      #expect(
        failure("a=\(value)") == """
          error[scenario/override]: the value is not valid YAML: \(value)
            --> --set a=\(value)
          """)
    }
  }

  @Test func anArgumentThatCannotApplyIsRefused() {
    #expect(
      failure("a") == """
        error[scenario/override]: `--set` needs PATH=VALUE: a
        hint: for example `--set workload.requests=1000`
        """)
    #expect(failure("=1").hasPrefix("error[scenario/override]: `--set` needs PATH=VALUE: =1"))
    #expect(
      failure("a=[1") == """
        error[scenario/override]: the value is not valid YAML: [1
          --> --set a=[1
        """)
    for entry in ["2", "-1", "x"] {
      #expect(
        failure("a.\(entry)=1", in: "a: [1, 2]") == """
          error[scenario/override]: there is no entry `\(entry)` in a list of 2
            --> --set a.\(entry)=1
          """)
    }
  }
}

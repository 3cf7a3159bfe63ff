import Diagnostics
import Hardware
import Scenarios
import Testing

struct PriceBookTests {
  private let head = "schema: windtunnel/prices/1\ndate: 2026-11\n"

  @Test func aBookReplacesThePricesOfAProfile() throws {
    let book = try PriceBook.read(
      text: head + "prices: {groq-lpu: 0.60 USD/h}\n", file: "mine.yaml")
    let catalogues = book.pricing(.builtIn)
    let priced = try catalogues.hardware("groq-lpu")
    for basis in Price.Basis.allCases {
      let price = try #require(priced.price(basis))
      #expect(price.figure.value == 0.6)
      #expect(price.figure.citation == "price book mine.yaml")
      #expect(priced.provenances.contains { $0.path == "prices.\(basis.rawValue)" })
    }
    let other = try catalogues.hardware("h200-sxm")
    #expect(other == (try Catalogues.builtIn.hardware("h200-sxm")))
  }

  @Test func everythingThatIsWrongWithABookIsSaidAtOnce() {
    let text = """
      schema: windtunnel/prices/2
      prices:
        h200-smx: 2.40 USD/h
        b200-sxm: 2.60

      """
    #expect {
      _ = try PriceBook.read(text: text, file: "mine.yaml")
    } throws: { error in
      guard let error = error as? InvalidInput else { return false }
      return error.diagnostics.map(\.text) == [
        """
        error[prices/missing-key]: missing key `date`
          --> mine.yaml:1:1
        """,
        """
        error[prices/schema]: unknown price book schema: windtunnel/prices/2
          --> mine.yaml:1:9  schema
        hint: this program reads `schema: windtunnel/prices/1`
        """,
        """
        error[prices/unknown-machine]: unknown machine: h200-smx
          --> mine.yaml:3:13  prices.h200-smx
        hint: did you mean `h200-sxm`?
        """,
        """
        error[prices/missing-unit]: `prices.b200-sxm` needs a unit: 2.60
          --> mine.yaml:4:13  prices.b200-sxm
        hint: write for example `2.60 USD/h`; accepted units: `USD/h`
        """,
      ]
    }
  }
}

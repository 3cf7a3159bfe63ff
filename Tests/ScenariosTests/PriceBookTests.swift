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
      #expect(price.figure.citation == "your price book mine.yaml")
      #expect(priced.provenances.contains { $0.path == "prices.\(basis.rawValue)" })
    }
    let other = try catalogues.hardware("h200-sxm")
    #expect(other == (try Catalogues.builtIn.hardware("h200-sxm")))
  }

  @Test func aPurchaseIsNoPriceOfWhatIsRented() throws {
    let book = try PriceBook.read(
      text: head + """
        prices:
          h100-sxm: {purchase: {capital: 30000 USD, years: 4}}
          h200-sxm: 2 USD/h

        """, file: "mine.yaml")
    let asked = ["h100", "h200-sxm", "b200-sxm", "h100-sxm"]
    #expect(book.machines(of: asked, without: .rental) == ["h100-sxm"])
    #expect(book.machines(of: asked, without: .owned) == [])
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
        error[hardware/unknown-profile]: unknown hardware profile `h200-smx`
          --> mine.yaml:3:13  prices.h200-smx
          note: known profiles: `windtunnel list hardware`
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

  @Test func aPriceIsOfWhatItSays() throws {
    let book = try PriceBook.read(
      text: head + """
        currency: {name: EUR, rate: 1.25 USD}
        prices:
          h200-sxm: {price: 16 EUR/h, for: server}
          b200-sxm: {rental: 3 USD/h, owned: {price: 16 USD/h, for: server}}
          gb200-nvl72:
            purchase: {capital: 3.2e6 USD, for: rack, years: 4, power_price: 0.10 EUR/kWh, pue: 1.2}
        api: {input: 0.4 EUR/Mtok, output: 2 USD/Mtok}

        """, file: "mine.yaml")
    #expect(book.machines == ["b200-sxm", "gb200-nvl72", "h200-sxm"])
    #expect(book.api == APIPrice(name: "the API", input: 0.5, output: 2))
    let catalogues = book.pricing(.builtIn)
    let server = SalesUnit(kind: .server, accelerators: 8)
    let h200 = try #require(try catalogues.hardware("h200-sxm").price(.rental))
    #expect((h200.figure.value, h200.unit) == (2.5, server))
    #expect(h200.figure.citation == "your price book mine.yaml, EUR at 1.250 USD")
    let b200 = try catalogues.hardware("b200-sxm")
    #expect(b200.price(.rental)?.figure.value == 3)
    #expect(b200.salesUnit(.rental, billedBy: nil) == .accelerator)
    #expect(b200.price(.owned)?.figure.value == 2)
    let rack = try catalogues.hardware("gb200-nvl72")
    let owned = try #require(rack.price(.owned))
    let watts = try #require(rack.systemPowerPerAccelerator?.value)
    let expected = 3.2e6 / 72 / 35_040 + watts / 1_000 * 1.2 * 0.125
    #expect(abs(owned.figure.value - expected) < 1e-9)
    #expect(owned.unit == SalesUnit(kind: .rack, accelerators: 72))
    // Nothing is said of its rental price.
    #expect(
      rack.price(.rental) == (try Catalogues.builtIn.hardware("gb200-nvl72").price(.rental)))
  }

  @Test func whatABookCannotMeanIsSaid() {
    let text =
      head + """
        currency: {name: euro, rate: 1.25 USD}
        prices:
          l40s: {price: 9 USD/h, for: rack}
          groq-lpu:
            owned: 1 USD/h
            purchase: {capital: 20000 USD, years: 4, power_price: 0.1 USD/kWh}
          h200-sxm: 2 EUR/h

        """
    #expect {
      _ = try PriceBook.read(text: text, file: "mine.yaml")
    } throws: { error in
      guard let error = error as? InvalidInput else { return false }
      return error.diagnostics.map(\.text) == [
        """
        error[prices/currency]: `currency.name` must be three capital letters: euro
          --> mine.yaml:3:11  currency
        hint: write for example `currency: {name: EUR, rate: 1.16 USD}`
        """,
        """
        error[prices/unit]: `l40s` is not known to be sold by the rack
          --> mine.yaml:5:31  prices.l40s.for
          note: known: accelerator, server
        hint: write `for: server`
        """,
        """
        error[prices/purchase]: what is bought has a price for its owner: `owned` beside it
          --> mine.yaml:8:15  prices.groq-lpu.purchase
        hint: leave `owned` or `purchase` out
        """,
        """
        error[prices/power]: nobody knows the power of `groq-lpu` with its system
          --> mine.yaml:8:59  prices.groq-lpu.purchase.power_price
        hint: leave `power_price` out, and put it into `operation`
        """,
        """
        error[prices/wrong-unit]: `prices.h200-sxm` has the wrong unit: `EUR/h`
          --> mine.yaml:9:13  prices.h200-sxm
        hint: accepted units: `USD/h`
        """,
      ]
    }
  }
}

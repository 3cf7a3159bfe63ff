import Foundation
import TestSupport
import Testing

@Suite struct PriceBookCommandTests {
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// Whoever states a price is told that it is theirs, how old it is, and from which load on it
  /// beats somebody's API.
  @Test func pricesOfOnesOwnAreSaidToBe() throws {
    let book = """
      schema: windtunnel/prices/1
      date: 2025-11
      prices:
        h200-sxm: 2.10 USD/h
      api: {name: some API, input: 0.20 USD/Mtok, output: 0.80 USD/Mtok}
      """
    try tool.write("book.yaml", Data(book.utf8))
    let outcome = try tool.run("run", "reasoning-distill-32b", "--prices", "book.yaml")
    #expect(outcome.status == 0, "\(outcome.error)")
    for words in [
      "rental price of 2025-11 (your price book book.yaml)",
      "2.10 USD an hour for each accelerator, your price of 2025-11",
      "a price of 2025-11, 12 months old", "some API  ", "owning is cheaper from",
    ] {
      #expect(outcome.output.contains(words), "\(words)")
    }
  }

  @Test func aBookThatIsNotCountedIsWarnedAbout() throws {
    let book = """
      schema: windtunnel/prices/1
      date: 2026-11
      prices:
        h200-sxm: {purchase: {capital: 300000 USD, for: server, years: 4}}

      """
    try tool.write("book.yaml", Data(book.utf8))
    let rented = try tool.run("run", "reasoning-distill-32b", "--prices", "book.yaml")
    #expect(
      rented.error.contains(
        """
        warning[prices/unused]: the book's price of `h200-sxm` is owned, and rental is what is \
        counted: that of its profile
          --> book.yaml
        hint: count what the book has: `--price owned`

        """), "\(rented.error)")
    let owned = try tool.run(
      "run", "reasoning-distill-32b", "--prices", "book.yaml", "--price", "owned")
    #expect(!owned.error.contains("prices/unused"))
    #expect(owned.output.contains("your price of 2026-11"))
  }

  @Test func unknownMachineGetsTheNearestName() throws {
    let book = "schema: windtunnel/prices/1\ndate: 2026-11\nprices: {h200-sxn: 2 USD/h}\n"
    try tool.write("book.yaml", Data(book.utf8))
    let outcome = try tool.run("run", "reasoning-distill-32b", "--prices", "book.yaml")
    #expect(outcome.status == 4)
    #expect(outcome.error.contains("did you mean `h200-sxm`?"), "\(outcome.error)")
  }
}

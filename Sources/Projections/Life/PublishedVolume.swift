/// Tokens that somebody has said to serve.
///
/// They mix prompts, cached tokens and answers of many models of very different sizes: as the
/// demand of one model they are an upper bound, and a story.
package struct PublishedVolume: Equatable, Sendable {
  package var name: String
  package var tokensPerDay: Double
  /// Prompt tokens among them, where they are told apart.
  package var inputPerDay: Double?
  package var date: String
  package var source: String
  /// Whether the figure was read at its origin or in reports of it.
  package var isPrimary = false

  package static func named(_ name: String) -> PublishedVolume? { all.first { $0.name == name } }

  private static let perMonth = 1 / ProjectedTime.daysPerMonth
  private static let minutesPerDay = 1_440.0

  package static let all = [
    PublishedVolume(
      name: "deepseek-2025-02", tokensPerDay: 776e9, inputPerDay: 608e9, date: "2025-02-28",
      source: "DeepSeek, open-source week, day 6: 608 billion in, 168 billion out in 24 hours",
      isPrimary: true),
    PublishedVolume(
      name: "google-2024-05", tokensPerDay: 9.7e12 * perMonth, date: "2024-05",
      source: "Google I/O 2025, as reported: 9.7 trillion a month"),
    PublishedVolume(
      name: "google-2025-05", tokensPerDay: 480e12 * perMonth, date: "2025-05",
      source: "Google I/O 2025, as reported: 480 trillion a month"),
    PublishedVolume(
      name: "google-2025-07", tokensPerDay: 980e12 * perMonth, date: "2025-07",
      source: "Alphabet, as reported: 980 trillion a month"),
    PublishedVolume(
      name: "google-2025-10", tokensPerDay: 1.3e15 * perMonth, date: "2025-10",
      source: "Alphabet, as reported: more than 1.3 quadrillion a month"),
    PublishedVolume(
      name: "google-2026-05", tokensPerDay: 3.2e15 * perMonth, date: "2026-05",
      source: "Google I/O 2026, as reported: 3.2 quadrillion a month, seven times a year before"),
    PublishedVolume(
      name: "gemini-api-2026-05", tokensPerDay: 19e9 * minutesPerDay, date: "2026-05",
      source: "Google, as reported: 19 billion a minute"),
    PublishedVolume(
      name: "openai-api-2025-10", tokensPerDay: 6e9 * minutesPerDay, date: "2025-10",
      source: "OpenAI DevDay 2025, as reported: 6 billion a minute"),
    PublishedVolume(
      name: "microsoft-2025-03", tokensPerDay: 50e12 * perMonth, date: "2025-03",
      source:
        "Microsoft, third quarter of its year 2025, as reported: 50 trillion in its last month"
    ),
    PublishedVolume(
      name: "openrouter-2026-02", tokensPerDay: 13e12 / 7, date: "2026-02",
      source: "OpenRouter, as reported: 13 trillion in the week of 2026-02-09"),
    PublishedVolume(
      name: "together-2025-09", tokensPerDay: 2e12, date: "2025-09",
      source: "Together AI, as reported: about 2 trillion a day"),
  ]
}

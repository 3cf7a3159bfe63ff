/// What is known to be wrong with the predictions, for the page on accuracy: an entry each, in
/// Markdown.
enum KnownErrors {
  static let all = [
    """
    Guessed tokens are right as often as two published runs say (3.55 of 4 on text that repeats
      itself, 2.5 of 4 behind a chat template), the same for every model, engine and number of
      clients.
    """,
    """
    Experts are wanted as unequally as one published measurement of DeepSeek-R1 says, whatever the
      model and the prompts.
    """,
    """
    Settings that a campaign does not publish are the engine's defaults of its profile, not those of
      the release that was measured. The same configuration drifts by about 5 % between releases.
    """,
    """
    Measurements repeat to 0.65 % in the median and 6 % in one case out of ten; no error below that
      means anything.
    """,
  ]
}

/// What a page looks like: the letters and colors of the reader's own system, light or dark.
///
/// Every color of letters has a contrast of 4.5 or more with what is behind it, every color of
/// lines one of 3 or more; `PageStyleTests` computes them.
enum PageStyle {
  /// How many series can be told apart; further ones begin again.
  static let colors = 6
  /// For time in which nothing is done.
  static let idleColor = 9

  struct Theme {
    var ground: String
    var raised: String
    var ink: String
    var faint: String
    var hairline: String
    var accent: String
    var idle: String
    /// Letters on the colors of series.
    var inside: String
    var series: [String]

    fileprivate var variables: String {
      let all = [
        ("ground", ground), ("raised", raised), ("ink", ink), ("faint", faint),
        ("hairline", hairline), ("accent", accent), ("idle", idle), ("inside", inside),
      ]
      return (all + series.enumerated().map { ("series-\($0.offset)", $0.element) })
        .map { "--\($0.0): \($0.1);" }.joined(separator: " ")
    }
  }

  static let light = Theme(
    ground: "#fbfaf8", raised: "#ffffff", ink: "#1d2126", faint: "#5a626b", hairline: "#e3e0da",
    accent: "#1f5fa8", idle: "#c9c6bf", inside: "#ffffff",
    series: ["#1f5fa8", "#b2550a", "#1b7a58", "#7a4aa5", "#ae3049", "#0f7480"])

  static let dark = Theme(
    ground: "#14171b", raised: "#1b1f24", ink: "#e8e6e1", faint: "#a3abb4", hairline: "#2d333a",
    accent: "#86b6f2", idle: "#4a5159", inside: "#14171b",
    series: ["#7db0ee", "#eba161", "#67c49f", "#c09be6", "#ee8d9d", "#62c6d1"])

  static let sheet = """
    :root { color-scheme: light dark; \(light.variables) }
    @media (prefers-color-scheme: dark) { :root { \(dark.variables) } }
    \(base)
    \(tables)
    \(charts)
    \(seriesRules)
    \(media)
    """

  private static let seriesRules =
    (0..<colors).map { ".c\($0) { --color: var(--series-\($0)); }" }.joined(separator: "\n")
    + "\n.c\(idleColor) { --color: var(--idle); }"

  private static let base = """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui,
      -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
      font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    header, main, footer { max-width: 70rem; margin: 0 auto; padding: 0 1rem; }
    header { padding-top: 3.5rem; }
    h1, h2, h3, p, ul, figure { margin: 0; }
    ul { padding: 0; list-style: none; }
    h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.4rem); line-height: 1.2; font-weight: 650;
      letter-spacing: -0.015em; text-wrap: balance; max-width: 44rem; }
    h2 { font-size: 1.25rem; font-weight: 650; letter-spacing: -0.01em; margin-bottom: 1rem; }
    h3 { font-size: 1rem; font-weight: 600; }
    .kind { color: var(--faint); font-size: 0.9rem; margin-bottom: 0.4rem; }
    .lead { color: var(--faint); max-width: 44rem; margin-top: 0.9rem; }
    .note { color: var(--faint); font-size: 0.9rem; max-width: 44rem; }
    h2 + .note { margin: -0.6rem 0 1.2rem; }
    nav ul { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; margin-top: 1.4rem;
      font-size: 0.9rem; }
    a { color: var(--accent); text-decoration: none; padding: 0.25rem 0; display: inline-block; }
    a:hover { text-decoration: underline; }
    section { border-top: 1px solid var(--hairline); margin-top: 2.6rem; padding-top: 1.6rem; }
    footer { color: var(--faint); font-size: 0.85rem; padding-top: 2.5rem; padding-bottom: 3rem; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
    .cards { display: grid; gap: 1px; grid-template-columns: repeat(auto-fill,
      minmax(min(11.5rem, 45%), 1fr)); border: 1px solid var(--hairline); border-radius: 8px;
      overflow: hidden; background: var(--raised); }
    .card { padding: 0.9rem 1rem 0.8rem; min-width: 0; display: flex; flex-direction: column;
      box-shadow: 0 0 0 1px var(--hairline); }
    .rests { font-size: 0.75rem; color: var(--faint); margin-top: auto; padding-top: 0.5rem; }
    .card h3 { font-size: 0.85rem; font-weight: 500; color: var(--faint); }
    .figure { font-size: 1.55rem; line-height: 1.3; font-weight: 600; letter-spacing: -0.015em; }
    .unit { font-size: 0.9rem; font-weight: 400; letter-spacing: 0; color: var(--faint); }
    .interval, .card .note { font-size: 0.8rem; color: var(--faint); line-height: 1.4; }
    .range { display: block; margin-top: 0.25rem; }
    .range .whole { stroke: var(--hairline); stroke-width: 2; }
    .range .within { stroke: var(--accent); stroke-width: 4; stroke-linecap: round;
      opacity: 0.45; }
    .range circle { fill: var(--accent); stroke: var(--raised); stroke-width: 2; }
    """

  private static let tables = """
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: 0.875rem; width: 100%; overflow-wrap: normal; }
    caption { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap; }
    th, td { text-align: left; padding: 0.4rem 1.1rem 0.4rem 0; vertical-align: baseline;
      border-bottom: 1px solid var(--hairline); font-weight: 400; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { color: var(--faint); font-size: 0.8rem; white-space: nowrap; }
    th + th, td { text-align: right; white-space: nowrap; }
    .word { text-align: left; white-space: normal; }
    .total > * { font-weight: 600; }
    .narrow { max-width: 34rem; }
    details { margin-top: 0.5rem; font-size: 0.9rem; }
    summary { color: var(--accent); cursor: pointer; padding: 0.25rem 0; width: fit-content; }
    details .scroll { max-height: 22rem; overflow-y: auto; }
    dl { margin: 0; display: grid; grid-template-columns: minmax(6rem, 11rem) 1fr;
      gap: 0.5rem 1.4rem; font-size: 0.95rem; }
    dt { color: var(--faint); }
    dd { margin: 0; min-width: 0; }
    pre { font: 0.8rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; margin: 0.5rem 0 0;
      white-space: pre-wrap; }
    code { font: 0.9em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
    .entry { border-bottom: 1px solid var(--hairline); padding: 0.6rem 0; font-size: 0.9rem; }
    .entry p:first-child { display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem;
      align-items: baseline; }
    .entry .source { color: var(--faint); font-size: 0.83rem; }
    .status { font-size: 0.78rem; border: 1px solid currentColor; border-radius: 99px;
      padding: 0 0.55rem; white-space: nowrap; }
    .measured { color: var(--series-2); }
    .datasheet, .fitted { color: var(--series-0); }
    .estimated { color: var(--series-1); }
    .assumed { color: var(--series-4); }
    """

  private static let charts = """
    .grid { display: grid; gap: 2.2rem 2.6rem; align-items: start;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); }
    .chart { min-width: 0; }
    .scroll + .grid { margin-top: 2rem; }
    .legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1.1rem; font-size: 0.85rem;
      color: var(--faint); margin: 0.15rem 0 0.5rem; }
    .key { display: inline-block; width: 0.85rem; height: 0.3rem; border-radius: 2px;
      background: var(--color); margin-right: 0.4rem; vertical-align: middle; }
    .pale { opacity: 0.3; }
    .frame { margin-top: 0.4rem; padding: 0 1.4rem 0 3rem; touch-action: pan-y; }
    .plot, .bars { display: block; overflow: visible; font-size: 12.5px; }
    .lines { overflow: visible; }
    .plot text { fill: var(--faint); }
    .axis { font-size: 12px; }
    line.grid { stroke: var(--hairline); stroke-width: 1; }
    .tick { stroke: var(--faint); stroke-width: 1; opacity: 0.55; }
    .line { fill: none; stroke: var(--color); stroke-width: 2; stroke-linejoin: round;
      vector-effect: non-scaling-stroke; }
    .band { fill: var(--color); opacity: 0.17; stroke: none; }
    .dot { fill: var(--color); stroke: var(--ground); stroke-width: 1.5; }
    .rule { stroke: var(--color, var(--ink)); stroke-width: 1.5; stroke-dasharray: 4 4; }
    .plot .label { fill: var(--ink); paint-order: stroke; stroke: var(--ground);
      stroke-width: 4; stroke-linejoin: round; }
    .cursor { stroke: var(--ink); stroke-width: 1; fill: none; pointer-events: none; }
    .reading { display: block; font-size: 0.85rem; color: var(--ink); min-height: 1.5em; }
    .bars { margin-top: 0.4rem; font-size: 14px; }
    .bars text { fill: var(--ink); }
    .part { fill: var(--color); stroke: var(--ground); stroke-width: 1; }
    .part.sum { fill: var(--ink); }
    .bars .inside { fill: var(--inside); font-size: 12.5px; }
    .bars .c9 + .inside { fill: var(--ink); }
    """

  private static let media = """
    @media (max-width: 30rem) {
      header { padding-top: 1.8rem; }
      section { margin-top: 2rem; padding-top: 1.2rem; }
      .card { padding: 0.7rem 0.8rem 0.8rem; }
      .figure { font-size: 1.35rem; }
      dl { grid-template-columns: 1fr; gap: 0 0; }
      dd { margin-bottom: 0.6rem; }
    }
    @media print {
      nav, .reading, summary { display: none; }
      section { break-inside: avoid-page; }
    }
    """
}

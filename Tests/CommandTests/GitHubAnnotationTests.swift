import Diagnostics
import Testing

@testable import Commands

/// As `actions/toolkit` writes them.
@Suite struct GitHubAnnotationTests {
  @Test func placeAndCodeArePropertiesAndTheRestIsTheMessage() {
    let diagnostic = Diagnostic(
      code: "requirement/not-met", "too much: 3",
      at: SourceLocation(file: "a.yaml", line: 4, column: 7),
      path: "require.0", notes: ["of 2"], hint: "take `less`")
    #expect(
      GitHubAnnotation.line(diagnostic)
        == "::error file=a.yaml,line=4,col=7,title=requirement/not-met::too much: 3%0Anote: of 2"
        + "%0Ahint: take `less`")
  }

  @Test func whatHasAMeaningIsEscaped() {
    let diagnostic = Diagnostic(
      .warning, code: "a/b", "50 %, 1:2\r\n", at: SourceLocation(file: "a,b:c%.yaml"))
    #expect(
      GitHubAnnotation.line(diagnostic)
        == "::warning file=a%2Cb%3Ac%25.yaml,title=a/b::50 %25, 1:2%0D%0A")
  }

  @Test func optionIsNoFile() {
    let diagnostic = Diagnostic(.note, code: "a/b", "c", at: SourceLocation(file: "--require 'x'"))
    #expect(GitHubAnnotation.line(diagnostic) == "::notice title=a/b::c")
  }
}

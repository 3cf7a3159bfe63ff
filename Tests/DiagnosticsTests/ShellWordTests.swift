import Diagnostics
import Testing

@Suite struct ShellWordTests {
  @Test(arguments: [
    ("h200-sxm", "h200-sxm"), ("workload.requests=300", "workload.requests=300"),
    ("workload.arrivals.rate=10 req/s", "'workload.arrivals.rate=10 req/s'"),
    ("parallelism={tensor: 2}", "'parallelism={tensor: 2}'"), ("", "''"),
    ("title='a'", "'title='\\''a'\\'''"), ("$HOME", "'$HOME'"),
  ])
  func wordIsOneWord(word: String, quoted: String) {
    #expect(ShellWord.quoted(word) == quoted)
  }
}

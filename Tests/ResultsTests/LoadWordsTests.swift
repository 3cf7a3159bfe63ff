import Results
import Testing

@Suite struct LoadWordsTests {
  private func words(offered: Double, served: Double, capacity: Double) -> String? {
    LoadResults(
      state: .overloaded, offered: offered, served: served, capacity: capacity,
      utilization: offered / capacity, limit: nil, limitingPool: nil, backlogShare: 1
    ).trouble
  }

  @Test(arguments: [
    (20.0, 9.4, 9.5, "20.0 req/s offered, 9.40 served: the queue grows; "),
    (26.7, 27.0, 26.6, "26.7 req/s offered, 26.6 can be served: the queue grows; "),
  ])
  func overloadNeverServesMoreThanComes(
    offered: Double, served: Double, capacity: Double, beginning: String
  ) {
    let found = words(offered: offered, served: served, capacity: capacity)
    #expect(found?.hasPrefix(beginning) == true, "\(found ?? "")")
  }
}

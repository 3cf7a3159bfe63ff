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

  @Test(arguments: [
    (26.7, 27.0, 26.6, "there is no more room for keys and values"),
    (20.0, 9.4, 9.5, "there is no more room for keys and values; 9.50 req/s can be served"),
  ])
  func whatCanBeServedIsSaidOnce(
    offered: Double, served: Double, capacity: Double, cause: String
  ) {
    let load = LoadResults(
      state: .overloaded, offered: offered, served: served, capacity: capacity,
      utilization: offered / capacity, limit: .cache, limitingPool: nil, backlogShare: 1)
    #expect(load.cause == cause)
  }
}

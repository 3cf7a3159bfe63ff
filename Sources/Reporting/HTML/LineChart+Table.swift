// What a chart shows, in figures: for those who do not see it, who want to copy them, and for the
// pointer, which reads them from there.
extension LineChart {
  var table: PageTable {
    switch reading {
    case .columns: columnTable
    case .heights: heightTable
    case .points: pointTable
    }
  }

  /// A row for each place along x.
  private var columnTable: PageTable {
    let layout = layout
    let places = series.map(\.points).max { $0.count < $1.count } ?? []
    let rows = places.indices.map { index in
      let point = places[index]
      var row = PageTable.Row(
        [x.format.words(point.x)]
          + series.flatMap { item -> [String] in
            guard index < item.points.count else { return item.hasBand ? ["-", "-"] : ["-"] }
            let point = item.points[index]
            let high = point.high.map(y.format.words) ?? "-"
            return [y.format.words(point.y)] + (item.hasBand ? [high] : [])
          })
      row.place = (layout.x.position(point.x), nil)
      return row
    }
    let names = series.flatMap { item -> [String] in
      item.hasBand ? [item.name, item.bandName] : [item.name]
    }
    return PageTable(title, columns: [x.title] + names, rows: rows, wordColumns: 0)
  }

  /// A row for each height, and where each series reaches it.
  private var heightTable: PageTable {
    let layout = layout
    let places = series.map(\.points).max { $0.count < $1.count } ?? []
    let rows = places.indices.map { index in
      let point = places[index]
      var row = PageTable.Row(
        [y.format.words(point.y)]
          + series.map { $0.points.count > index ? x.format.words($0.points[index].x) : "-" })
      row.place = (nil, 1 - layout.y.position(point.y))
      return row
    }
    return PageTable(title, columns: [y.title] + series.map(\.name), rows: rows, wordColumns: 0)
  }

  /// A row for each point.
  private var pointTable: PageTable {
    let layout = layout
    let hasNames = series.contains { $0.points.contains { !$0.name.isEmpty } }
    let rows = series.flatMap { item in
      item.points.map { point in
        var row = PageTable.Row(
          [item.name] + (hasNames ? [point.name] : [])
            + [x.format.words(point.x), y.format.words(point.y)])
        row.place = (layout.x.position(point.x), 1 - layout.y.position(point.y))
        return row
      }
    }
    return PageTable(
      title, columns: ["series"] + (hasNames ? ["point"] : []) + [x.title, y.title], rows: rows,
      wordColumns: hasNames ? 2 : 1)
  }
}

internal import Hardware
internal import OperatorCosts
internal import Outcomes
internal import Projections

extension TrainingResult {
  init(_ bill: TrainingBill) {
    let plan = bill.plan
    model = plan.model
    activeParameters = plan.work.activeParameters
    hardware = plan.hardware.name
    arithmetic = plan.arithmetic.rawValue
    price = plan.dollarsPerHour?.value
    priceSource = plan.priceSource
    tokens = bill.trainingTokens
    lines = bill.lines.map { line in
      Line(
        name: line.name, tokens: line.tokens,
        effort: EffortResult(line.effort),
        utilization: line.utilization)
    }
    let hours = bill.total.acceleratorHours
    total = EffortResult(bill.total)
    lowHours = hours * bill.hoursSpread.low
    highHours = hours * bill.hoursSpread.high
    guard let stated = plan.published else { return }
    let range = lowHours * (1 - 1e-5)...highHours * (1 + 1e-5)
    published = Published(
      hours: stated.hours, dollars: stated.dollars, source: stated.source,
      isWithin: stated.hours.map { range.contains($0) })
  }
}

extension LifeResult {
  init(_ life: Lifetime, _ plan: DemandPlan, begins: CalendarMonth?) {
    years = life.years
    growth = life.demand.growth.perYear
    let day = life.demand.tokensPerDay
    firstDay = Day(
      input: day.input, cached: day.cached,
      output: day.output,
      gpus:
        life.firstMonth.acceleratorHours / ProjectedTime.daysPerMonth / 24,
      source: plan.source)
    let all = life.tokens(months: life.months).total
    tokens = all
    tokensPerTrainingToken =
      life.trainingTokens > 0 ? all / life.trainingTokens : nil
    rows = Measure.allCases.map { Row($0, life, begins: begins) }
    let ends = Array(stride(from: 1.0, to: life.years, by: 1)) + [life.years]
    perYear = zip(ends, [0] + ends).map { end, start in Year(from: start, to: end, life) }
    // Sixty points draw a curve of any life.
    let step = max(1, (life.months / 60).rounded(.up))
    let months = Array(stride(from: step, to: life.months, by: step)) + [life.months]
    curve = months.map { month in
      CurvePoint(month: month, ratio: RatioResult { life.ratio($0, months: month) })
    }
  }
}

extension LifeResult.Row {
  fileprivate init(_ measure: Measure, _ life: Lifetime, begins: CalendarMonth?) {
    self.measure = measure.rawValue
    unit = measure.unit
    let year = min(ProjectedTime.monthsPerYear, life.months)
    training = life.training[measure]
    servingFirstYear = life.effort(months: year)[measure]
    serving = life.effort(months: life.months)[measure]
    ratioFirstYear = life.ratio(measure, months: year)
    let whole = life.ratio(measure, months: life.months)
    ratio = whole
    if measure != .flops, let whole {
      let spread = life.spread(measure)
      low = whole * spread.low
      high = whole * spread.high
    }
    breakEven = Solution(
      { () throws(Impossibility) in try life.months(measure, ratio: 1) },
      date: { begins?.after(months: $0) })
  }
}

extension LifeResult.Year {
  fileprivate init(from start: Double, to end: Double, _ life: Lifetime) {
    let months = (start * ProjectedTime.monthsPerYear, end * ProjectedTime.monthsPerYear)
    let worth =
      life.demand.growth.worth(months: months.1) - life.demand.growth.worth(months: months.0)
    let serving = life.firstMonth * worth
    year = end
    tokens = life.tokensOfFirstMonth.total * worth
    self.serving = EffortResult(serving)
    ratio = RatioResult { measure in
      serving[measure].flatMap { served in
        life.training[measure].flatMap { $0 > 0 ? served / $0 : nil }
      }
    }
    cumulative = RatioResult { life.ratio($0, months: months.1) }
  }
}

extension SensitivityResult {
  init(_ sensitivity: Sensitivity) {
    factor = sensitivity.factor.rawValue
    low = Case(sensitivity.low)
    high = Case(sensitivity.high)
  }
}

extension SensitivityResult.Case {
  init(_ found: Sensitivity.Case) {
    setting = found.words
    ratio = RatioResult { found.ratios[$0] }
  }
}

extension TargetResult {
  init(_ target: RatioTarget, _ life: Lifetime, begins: CalendarMonth?) {
    ratio = target.ratio
    measure = target.measure.rawValue
    tokens = Solution { () throws(Impossibility) in
      try life.tokens(target.measure, ratio: target.ratio)
    }
    tokensPerTrainingToken = Solution { () throws(Impossibility) in
      guard life.trainingTokens > 0 else {
        throw Impossibility("the training tokens are not given", hint: "give the runs `tokens`")
      }
      return try life.tokens(target.measure, ratio: target.ratio) / life.trainingTokens
    }
    months = Solution(
      { () throws(Impossibility) in try life.months(target.measure, ratio: target.ratio) },
      date: { begins?.after(months: $0) })
    growth = Solution { () throws(Impossibility) in try life.growth(target) }
    thinkingMultiplier = Solution { () throws(Impossibility) in
      try life.thinkingMultiplier(target)
    }
  }
}

extension ClaimResult {
  init(_ claim: Claim, _ figures: [HeadlineFigure]) {
    says = claim.says
    conditions = claim.conditions.map { condition in
      let figure = figures.first { $0.path == condition.figure }
      let holds =
        figure.map { found in
          found.value >= (condition.from ?? -.infinity)
            && found.value <= (condition.to ?? .infinity)
        } ?? false
      return Condition(
        figure: condition.figure, value: figure?.value, unit: figure?.unit, from: condition.from,
        to: condition.to, holds: holds)
    }
    holds = conditions.allSatisfy(\.holds)
  }
}

import Foundation

// One worker of `scripts/torture`: cases one after the other, until the time is over.
//
//     torture SEED FIRST STRIDE SECONDS FOLDER      every STRIDE-th case from FIRST on
//     torture case SEED NUMBER FOLDER               one of them, to see it again
//     torture plant NAME FOLDER                     a fault that must be found
//
// Beside it `windtunnel` must be built, or named in WINDTUNNEL. A case that traps or hangs takes
// the process with it: its number is in FOLDER/current by then.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "plant" where arguments.count == 3:
  Planted.meet(arguments[1], Bench(folder: arguments[2]))
case "case" where arguments.count == 4:
  let worker = Worker(
    seed: UInt64(arguments[1]) ?? 0, bench: Bench(folder: arguments[3]), first: 0, stride: 1)
  worker.meet(UInt64(arguments[2]) ?? 0)
  exit(worker.failures == 0 ? 0 : 1)
default:
  let numbers = arguments.prefix(4).compactMap { UInt64($0) }
  guard numbers.count == 4, arguments.count == 5 else {
    print("usage: torture SEED FIRST STRIDE SECONDS FOLDER")
    exit(64)
  }
  let worker = Worker(
    seed: numbers[0], bench: Bench(folder: arguments[4]), first: numbers[1], stride: numbers[2])
  worker.work(for: Double(numbers[3]))
  exit(worker.failures == 0 ? 0 : 1)
}

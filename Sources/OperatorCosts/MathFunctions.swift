#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// The one place that knows which C library there is.

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

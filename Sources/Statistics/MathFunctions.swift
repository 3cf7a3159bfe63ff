#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// The one place that knows which C library computes these.

/// The factorial of a number less one, for all positive ones.
package func gammaFunction(_ value: Double) -> Double { tgamma(value) }

package func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// The exponential function: e to the power of a value.
package func naturalExponential(_ value: Double) -> Double { exp(value) }

package func arctangent(_ value: Double) -> Double { atan(value) }

package func cosine(_ radians: Double) -> Double { cos(radians) }

/// To base e.
package func logarithm(_ value: Double) -> Double { log(value) }

/// To base 2.
package func binaryLogarithm(_ value: Double) -> Double { log2(value) }

/// The share of a normal distribution that lies less than z standard deviations above its mean.
package func normalShareBelow(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

import { stirlingError } from './gamma-function.ts'

// Stirling's series B_2m / (2m (2m − 1)), m = 1, 2, …: from |z| = 8 on, these leave less than 1e-16.
const STIRLING: readonly number[] = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]
const FAR_ENOUGH = 8

/**
 * The law of log(G / reference) for a gamma variable G with the given shape and rate 1: its characteristic function
 * Γ(shape + iω) / Γ(shape) · reference^(−iω), and bounds of its tails. The reference is the shape, raised by whole numbers to 8.
 */
export interface LogGammaLaw {
  readonly reference: number
  /** Below `from` and above `to` lies less than e^−exponent each. */
  bounds(exponent: number): { readonly from: number; readonly to: number }
  /** Real and imaginary part at `frequency`, into `out`. */
  characteristic(frequency: number, out: Float64Array): void
}

/**
 * The characteristic function is Stirling's formula on a line beside the real axis, written in frequency / reference so that large shapes
 * keep their figures; the bounds are Chernoff's, e^(shape · (1 + u − e^u)) at u = log(G / shape). DLMF 5.11.1, 5.5.1.
 */
export function logGammaLaw(shape: number): LogGammaLaw {
  const raised = Math.max(0, Math.ceil(FAR_ENOUGH - shape))
  const reference = shape + raised
  const steps = Float64Array.from({ length: raised }, (_, k) => 1 / (shape + k))
  const ownError = stirlingError(reference)
  return {
    reference,
    bounds(exponent) {
      const depth = exponent / shape
      const shift = Math.log(shape / reference)
      const root = Math.sqrt(2 * depth)
      return { from: shift + tangentRoot(depth, -1 - depth, -root), to: shift + tangentRoot(depth, Math.log1p(depth + root), Number.NaN) }
    },
    characteristic(frequency, out) {
      const tau = frequency / reference
      const angle = Math.atan(tau)
      const half = 0.5 * Math.log1p(tau * tau)
      // Stirling's series at z = reference + iω by Horner's rule in 1 / z².
      const size = reference * reference * (1 + tau * tau)
      const x = reference / size
      const y = -frequency / size
      const [squareX, squareY] = [x * x - y * y, 2 * x * y]
      let re = 0
      let im = 0
      for (let m = STIRLING.length - 1; m >= 0; m -= 1) {
        const turned = re * squareX - im * squareY + (STIRLING[m] as number)
        im = re * squareY + im * squareX
        re = turned
      }
      const errorX = re * x - im * y
      const errorY = re * y + im * x
      const modulus = Math.exp(reference * (half - tau * angle) - 0.5 * half + errorX - ownError)
      const phase = reference * (angle - tau) + frequency * half - 0.5 * angle + errorY
      // Γ(shape + iω) is Γ(reference + iω) over the product of the steps between, each as 1 + iω / (shape + k).
      let productX = 1
      let productY = 0
      for (let k = 0; k < raised; k += 1) {
        const slope = frequency * (steps[k] as number)
        const turned = productX - productY * slope
        productY += productX * slope
        productX = turned
      }
      const scale = modulus / (productX * productX + productY * productY)
      const cosine = Math.cos(phase)
      const sine = Math.sin(phase)
      out[0] = scale * (cosine * productX + sine * productY)
      out[1] = scale * (sine * productX - cosine * productY)
    },
  }
}

/** A root of e^u − 1 − u = depth by Newton's method, from a start outside of it, or from the nearer `guess`; a bound, so not to the last figure. */
function tangentRoot(depth: number, outside: number, guess: number): number {
  let u = depth < 0.5 && !Number.isNaN(guess) ? guess : outside
  for (let step = 0; step < 50; step += 1) {
    const over = (Math.expm1(u) - u - depth) / Math.expm1(u)
    u -= over
    if (step > 0 && Math.abs(over) < 1e-4 * Math.abs(u)) break
  }
  return u
}

export {
  betaCdf,
  betaDensity,
  betaQuantile,
  betaSurvival,
  betaSurvivalQuantile,
  gammaCdf,
  gammaDensity,
  gammaQuantile,
  gammaSurvival,
  gammaSurvivalQuantile,
  studentTCdf,
  studentTDensity,
  studentTQuantile,
  studentTSurvival,
} from './continuous.ts'
export * from './discrete.ts'
export { compensatedSum, log1pMinus, logSumExp } from './elementary.ts'
export { erf, erfc, erfcx } from './error-function.ts'
export { digamma, lgamma, lgammaOnePlus, logBeta, logChoose, stirlingError, trigamma } from './gamma-function.ts'
export * from './generalised-linear.ts'
export { betaI, betaIComplement, incompleteBeta } from './incomplete-beta.ts'
export { gammaP, gammaQ, poissonKernel } from './incomplete-gamma.ts'
export { betaInverse, gammaPInverse, gammaQInverse } from './inverse.ts'
export * from './least-squares.ts'
export * from './negative-binomial-regression.ts'
export { negativeBinomialSize } from './negative-binomial-size.ts'
export { normalCdf, normalDensity, normalQuantile, normalSurvival, normalSurvivalQuantile, standardNormalQuantile } from './normal.ts'
export { type Minimum, minimiseOnInterval, nelderMead } from './optimise.ts'
export { RandomStream } from './random.ts'
export { findRoot, NumericalProblem } from './root.ts'

/**
 * What each family of instances offers to `bench/planning/run.ts`. A file of a family exports `formats` and `runInstance`.
 */

/** What the command line asks for. */
export interface RunRequest {
  /** Path of the instance file. */
  readonly file: string
  readonly text: string
  /** CPU seconds for one instance; undefined takes the family's own level. */
  readonly seconds: number | undefined
  /** Share of those seconds that is granted to this run; 1 when absent. */
  readonly share?: number
  readonly threads: number
  readonly seed: number
}

/** One measured instance. */
export interface RunResult {
  readonly instance: string
  /** Heading under which means are formed, for example `cvrp` or `psplib j60`. */
  readonly set: string
  readonly objective: number
  /** Best known value, if a file beside the instance or its own text states one. */
  readonly bestKnown: number | undefined
  /** Proven bound. */
  readonly bound: number
  readonly iterations: number
  readonly cpuSeconds: number
  readonly wallSeconds: number
  /** Verdict of the checker that shares no code with the solver; empty when it found no fault. */
  readonly faults: readonly string[]
  /** Anything worth saying about this run, shown in the last column. */
  readonly note?: string
}

/** Tells by name and text whether a family reads a file. */
export interface Format {
  readonly name: string
  matches(file: string, text: string): boolean
}

/** A family of instances: the shape of `bench/planning/<family>.ts`. */
export interface Family {
  readonly formats: readonly Format[]
  /** True where the engine has nothing to share among threads. */
  readonly serial?: boolean
  runInstance(request: RunRequest): Promise<RunResult>
}

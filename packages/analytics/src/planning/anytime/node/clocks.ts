/** Clocks of a Node process for search budgets. */
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import type { Clock } from '../budget.ts'

/** CPU seconds of the calling thread: what a planner itself used, whatever else the machine does. */
export const threadCpuClock: Clock = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}

/** CPU seconds of the whole process, all threads and the collector of garbage included. */
export const processCpuClock: Clock = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Seconds on the wall. */
export const wallClock: Clock = () => performance.now() / 1000

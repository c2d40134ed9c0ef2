import { writeSync } from 'node:fs'

const still = new Int32Array(new SharedArrayBuffer(4))

/** Says a line to whoever started this writer, at once and whole: what was said is out before anything else happens, also when the pipe is full for a moment. */
export function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`)
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(still, 0, 0, 1)
    }
  }
}

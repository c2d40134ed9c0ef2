import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const DIST = fileURLToPath(new URL('../apps/field/dist', import.meta.url))
const BUDGET = 350 * 1024

/** Compressed sizes of what the build made, by the ending of the compressed file. */
const sizes = (ending: string) =>
  readdirSync(DIST, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => statSync(join(DIST, name)).size)

describe('the field app on a slow link', () => {
  it('weighs, with all of its parts and the polyfill, no more than 350 KB compressed', () => {
    for (const ending of ['.br', '.gz']) {
      const all = sizes(ending)
      expect(all.length).toBeGreaterThan(5)
      expect(all.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET)
    }
  })
})

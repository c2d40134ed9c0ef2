import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { layDatabase } from './both-engines.ts'
import { killNine } from './kill-nine.ts'

const program = (name: string): string[] => [process.execPath, fileURLToPath(new URL(name, import.meta.url))]

// A few rounds here; scripts/kill-nine.ts runs as many as asked.
describe.each(['pglite', 'postgres'] as const)('kill -9 on %s', (engine) => {
  test('loses nothing acknowledged', { timeout: 120_000 }, async () => {
    const report = await killNine({
      engine,
      rounds: 2,
      seed: 'suite',
      writer: program('./kill-nine.writer.ts'),
      verifier: program('./kill-nine.verifier.ts'),
      lay: layDatabase,
    })
    expect(report.rounds).toHaveLength(2)
    expect(report.acknowledged).toBeGreaterThan(0)
  })

  test('leaves no reform of areas half done', { timeout: 120_000 }, async () => {
    const report = await killNine({
      engine,
      rounds: 2,
      seed: 'towns',
      within: 2_000,
      writer: program('./kill-nine-log.writer.ts'),
      verifier: program('./kill-nine-log.verifier.ts'),
      lay: layDatabase,
    })
    expect(report.rounds.at(-1)?.verified).toContain('reforms acknowledged')
    expect(report.acknowledged).toBeGreaterThan(0)
  })

  test('notices a loss', { timeout: 120_000 }, async () => {
    const liar = `process.stdout.write('ready\\nack never-written\\n'); setInterval(() => undefined, 1000)`
    const run = killNine({
      engine,
      rounds: 20,
      seed: 'liar',
      writer: [process.execPath, '-e', liar],
      verifier: program('./kill-nine.verifier.ts'),
    })
    await expect(run).rejects.toThrow('never-written')
  })
})

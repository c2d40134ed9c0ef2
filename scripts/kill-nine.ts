// node scripts/kill-nine.ts [--engine pglite|postgres|both] [--rounds N] [--seed TEXT] [--within MILLISECONDS] [--writer "COMMAND"] [--verifier "COMMAND"]
// Kills a writer (and on PostgreSQL the server) with kill -9 at random moments and verifies that nothing acknowledged is lost.
// What the two commands must do stands in testing/src/databases/kill-nine.ts. Exit code 1 when anything was lost.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { killNine } from '../testing/src/databases/kill-nine.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'both' },
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now()) },
    within: { type: 'string', default: '2000' },
    writer: { type: 'string' },
    verifier: { type: 'string' },
  },
})

const command = (given: string | undefined, plain: string): string[] =>
  given?.split(' ') ?? [process.execPath, fileURLToPath(new URL(`../testing/src/databases/${plain}`, import.meta.url))]

const engines =
  values.engine === 'both'
    ? (['pglite', 'postgres'] as const)
    : [values.engine === 'postgres' ? ('postgres' as const) : ('pglite' as const)]
for (const engine of engines) {
  const rounds = Number(values.rounds)
  console.log(`${engine}: ${rounds} rounds, seed ${values.seed}`)
  const report = await killNine({
    engine,
    rounds,
    seed: values.seed,
    within: Number(values.within),
    writer: command(values.writer, 'kill-nine-log.writer.ts'),
    verifier: command(values.verifier, 'kill-nine-log.verifier.ts'),
    onRound: ({ round, killed, afterMilliseconds, opened, acknowledged, verified }) =>
      console.log(
        `  ${round}: ${killed} killed after ${afterMilliseconds} ms${opened ? '' : ' while opening'}, ${acknowledged} acknowledged, none lost${verified === '' ? '' : ` (${verified})`}`,
      ),
  })
  console.log(`${engine}: ${report.acknowledged} acknowledged in ${report.rounds.length} rounds, none lost`)
}

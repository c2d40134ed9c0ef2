// Everything that has to hold before a change lands, in the order of what fails fastest. The last lines say how many tests ran.
import { spawnSync } from 'node:child_process'

const steps = [
  ['format and lint', 'biome', ['check', '.', '--error-on-warnings']],
  ['types', 'node', ['scripts/typecheck.mjs']],
  ['direction of imports', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'packages', 'apps', 'testing', 'bench']],
  ['nothing unused', 'knip', []],
  ['migrations', 'node', ['scripts/draft-migration.ts', '--check']],
  ['tests', 'vitest', ['run']],
]

const only = process.argv[2]
for (const [name, command, args] of steps) {
  if (only && !name.includes(only)) continue
  const started = Date.now()
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) {
    console.error(`✗ ${name}`)
    process.exit(status ?? 1)
  }
  console.log(`✓ ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}

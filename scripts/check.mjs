// Everything that has to hold before a change lands, in the order of what fails fastest. The last line says how many tests ran.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const scratch = mkdtempSync(join(tmpdir(), 'guatu-check-'))
const results = join(scratch, 'tests.json')
const steps = [
  ['format and lint', 'biome', ['check', '.', '--error-on-warnings']],
  ['types', 'node', ['scripts/typecheck.mjs']],
  ['direction of imports', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'packages', 'apps', 'testing', 'bench']],
  ['nothing unused', 'knip', ['--no-config-hints']],
  ['migrations', 'node', ['scripts/draft-migration.ts', '--check']],
  ['tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`]],
]

/** `N passed, N failed, N skipped`, alone on a line, as test runners close. */
function closingLine() {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, 'utf8'))
    return `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`
  } catch {
    return undefined
  }
}

const only = process.argv[2]
let exit = 0
for (const [name, command, args] of steps) {
  if (only && !name.includes(only)) continue
  const started = Date.now()
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) {
    console.error(`✗ ${name}`)
    exit = status ?? 1
    break
  }
  console.log(`✓ ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}
const line = closingLine()
if (line) console.log(line)
rmSync(scratch, { recursive: true, force: true })
process.exit(exit)

// Three programs, one per runtime: pure rooms must compile without Node or DOM types.
import { spawnSync } from 'node:child_process'

let failed = false
for (const project of ['pure', 'node', 'web']) {
  const { status } = spawnSync('tsc', ['-p', `tsconfig.${project}.json`], { stdio: 'inherit' })
  if (status !== 0) {
    failed = true
    console.error(`typecheck: ${project} failed`)
  }
}
process.exit(failed ? 1 : 0)

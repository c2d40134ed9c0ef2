import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type {} from './once.ts'
import { TestServices } from './test-services.ts'

/** Vitest's global set-up: offers the databases of the run; nothing starts until a test asks for it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = new TestServices()
  await services.listen()
  project.provide('databaseServices', services.address)
  const scratch = mkdtempSync(join(tmpdir(), 'guatu-run-'))
  project.provide('scratch', scratch)
  return async () => {
    await services.close()
    rmSync(scratch, { recursive: true, force: true })
  }
}

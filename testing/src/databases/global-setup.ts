import type { TestProject } from 'vitest/node'
import { TestServices } from './test-services.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseServices: string
  }
}

/** Vitest's global set-up: offers the databases of the run; nothing starts until a test asks for it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = new TestServices()
  await services.listen()
  project.provide('databaseServices', services.address)
  return () => services.close()
}

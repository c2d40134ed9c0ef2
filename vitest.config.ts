import { defineConfig } from 'vitest/config'
import { LongestFirst } from './testing/src/longest-first.ts'

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'testing/**/*.test.ts', 'apps/**/*.test.ts', 'scripts/**/*.test.ts', 'e2e/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['testing/src/databases/global-setup.ts'],
    setupFiles: ['testing/src/arbitrary/seed.ts'],
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What a busy machine shows late is not wrong; its own default is one second.
    expect: { poll: { timeout: 15_000 } },
    // A browser that did not get there in time is asked once more, on a machine that may be busy with another; the report says
    // "retry x1", and such a test wants mending. A wrong value is never asked again.
    retry: { count: 1, condition: /\b(locator|page|frame)\.\w+: Timeout/ },
    // Browsers, servers and disks let a test wait: a third worker fills two cores.
    maxWorkers: 3,
    // Files share what they have loaded: the whole server is read once a worker, not two hundred times. No test leaves anything behind in a module.
    isolate: false,
  },
})

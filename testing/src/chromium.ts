import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import CHROMES from '../../scripts/chromes.json' with { type: 'json' }

/** It runs as root, in a machine that has nothing else, and asks nobody anything. */
const FLAGS = ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--no-first-run']

/**
 * The Chromium of this machine: the one that the variable CHROMIUM names, else the first of `scripts/chromes.json` that is there. The headless shell comes
 * first: a browser that is only driven needs no window of its own for each page, which costs more than most pages.
 */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = [process.env.CHROMIUM, ...CHROMES].find((path) => path !== undefined && existsSync(path))
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), args: [...FLAGS, ...flags] })
}

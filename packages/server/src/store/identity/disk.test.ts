import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { testEngine } from '../../../../../testing/src/databases/index.ts'
import { lighthouseStore, lighthouseTables } from '../../../../../testing/src/stores/lighthouse-store.ts'

const clerk: Actor = { id: 'clerk', name: 'clerk', grants: [{ role: 'town-clerk', path: '1/' }] }

it('leaves nothing in clear in any file of the data folder, the write-ahead log included', { timeout: 120_000 }, async () => {
  const place = await testEngine('pglite').place(lighthouseTables)
  if (!('dir' in place.target)) throw new Error('the embedded database lives in a folder')
  const { store } = await lighthouseStore(place)
  await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      store.writer.submit(
        {
          id: crypto.randomUUID(),
          record: 'visitor',
          recordId: crypto.randomUUID(),
          action: 'arrive',
          area: '11a1',
          input: { name: `秘名${i}`, document: `GEHEIM${i}`, phone: `1380000${String(i).padStart(4, '0')}`, allergies: '花粉秘密' },
        },
        clerk,
      ),
    ),
  )
  // Of a plain value it is certain that it would be found, had it been written.
  await store.writer.submit(
    {
      id: crypto.randomUUID(),
      record: 'lamp',
      recordId: crypto.randomUUID(),
      action: 'build',
      area: '11a1',
      input: { number: 'DT-0001', name: 'PLAINVALUE', colour: 'red', candela: 1 },
    },
    clerk,
  )
  await store.db.query('checkpoint')
  await store.close()
  const files = readdirSync(place.target.dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const found = new Set<string>()
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name))
    for (const word of ['秘名', 'GEHEIM', '13800000', '1380000', '花粉秘密', 'PLAINVALUE']) if (bytes.includes(word)) found.add(word)
  }
  expect([...found]).toEqual(['PLAINVALUE'])
})

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { layDatabase } from '../../../../../../testing/src/databases/index.ts'
import { fill, newDisk, noSmallDisk, untilAskedAgain } from '../../../../../../testing/src/databases/small-disk.ts'
import { type Database, openDatabase } from '../database.ts'

interface Tables {
  note: { n: number; text: string }
}

const megabyte = 1024 * 1024

const reason = noSmallDisk()
const onSmallDisk = test.skipIf(reason !== undefined)
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`

async function openOn(disk: string, reserve: number): Promise<Database<Tables>> {
  const dir = join(disk, 'data')
  await layDatabase(dir)
  return openDatabase<Tables>({ dir }, { reserve })
}

onSmallDisk(`a full disk refuses writing, keeps reading, and writing resumes when there is room${skipped}`, async () => {
  const disk = newDisk(160)
  const database = await openOn(disk, 64 * megabyte)
  onTestFinished(() => database.close())
  await database.query("create table note (n int primary key, text text not null); insert into note values (1, 'first')")
  fill(disk, 40 * megabyte)
  await untilAskedAgain()
  const refused = { code: 'disk-full', status: 507, zh: expect.stringContaining('磁盘'), en: expect.stringContaining('disk') }
  await expect(database.query("insert into note values (2, 'second')")).rejects.toMatchObject(refused)
  await expect(database.transaction((session) => session.kysely.updateTable('note').set({ text: 'x' }).execute())).rejects.toMatchObject(
    refused,
  )
  await expect(database.query("with new as (insert into note values (3, 'x') returning n) select n from new")).rejects.toMatchObject(
    refused,
  )
  expect(await database.kysely.selectFrom('note').selectAll().execute()).toEqual([{ n: 1, text: 'first' }])
  rmSync(join(disk, 'filler'))
  await untilAskedAgain()
  await database.query("insert into note values (2, 'second')")
  expect(await database.query('select count(*) as n from note')).toEqual([{ n: 2 }])
})

onSmallDisk(
  `without a reserve the engine stops on a full disk, and opens again by itself with everything confirmed${skipped}`,
  async () => {
    const disk = newDisk(120)
    const database = await openOn(disk, 0)
    onTestFinished(() => database.close())
    await database.query('create table note (n int primary key, text text not null)')
    await database.query("insert into note select n, repeat('x', 40) from generate_series(1, 20000) n")
    fill(disk, 2 * megabyte)
    // Rewriting the same rows grows the write-ahead log only, until it needs a new file and cannot have one.
    const confirmed: number[] = []
    let problem: unknown
    for (let round = 1; round <= 400 && problem === undefined; round += 1) {
      try {
        await database.query('update note set text = $1 where n <= 2000', [`round ${round}`])
        confirmed.push(round)
        await database.query('vacuum note')
      } catch (error) {
        problem = error
      }
    }
    expect(problem).toMatchObject({ code: 'disk-full' })
    await expect(database.query('select count(*) as n from note')).rejects.toMatchObject({
      code: expect.stringMatching(/^(disk-full|database-stopped)$/),
    })
    await expect(database.query('select count(*) as n from note')).rejects.toMatchObject({ code: 'disk-full' })
    rmSync(join(disk, 'filler'))
    expect(await database.query('select count(*) as n from note')).toEqual([{ n: 20000 }])
    const [row] = await database.query<{ text: string }>('select distinct text from note where n <= 2000')
    const last = confirmed.at(-1) ?? 0
    expect([`round ${last}`, `round ${last + 1}`]).toContain(row?.text)
  },
)

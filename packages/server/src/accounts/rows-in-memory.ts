import { randomUUID } from 'node:crypto'
import type { AuthContext } from 'better-auth'
import { diskFull, isDiskFull } from '../store/database/problem.ts'

type Adapter = AuthContext['adapter']
type Row = Readonly<Record<string, unknown>> & { readonly id: string }
type Where = NonNullable<Parameters<Adapter['findMany']>[0]['where']>

/** Tables that somebody who signs in writes to. */
const MODELS: readonly string[] = ['session', 'verification', 'twoFactor']
/** Only whoever knew a password gets a row, so that this is far away; beyond it a full disk refuses as it does elsewhere. */
const MOST_ROWS = 20_000

export interface RowsInMemory {
  /** Lets a sign-in library write through this. */
  behind(adapter: Adapter): void
  /** Writes what waits in memory, where the disk allows it now. To be called before sessions or codes are changed past the library. */
  settle(): Promise<void>
}

/**
 * What a sign-in writes, kept in the memory of this process while the disk is full, so that people can come in and read. Rows of the
 * database that were changed or removed meanwhile are hidden behind those kept here. Everything is written as soon as there is room.
 */
export function rowsInMemory(): RowsInMemory {
  /** By table and id: the row as it is now, or null when it is gone; `born` where the database does not have it. */
  const kept = new Map<string, Map<string, { readonly row: Row | null; readonly born: boolean }>>(MODELS.map((model) => [model, new Map()]))
  let database: Adapter | undefined
  let settling: Promise<void> | undefined

  const of = (model: string) => kept.get(model) ?? new Map<string, { readonly row: Row | null; readonly born: boolean }>()
  const size = () => [...kept.values()].reduce((sum, rows) => sum + rows.size, 0)

  const write = async (base: Adapter) => {
    for (const [model, rows] of kept) {
      for (const [id, one] of rows) {
        const where = [{ field: 'id', value: id }]
        if (!one.row || isOver(one.row)) {
          if (!one.born) await base.delete({ model, where })
        } else if (one.born) await base.create({ model, data: one.row, forceAllowId: true })
        else await base.update({ model, where, update: one.row })
        // What changed while it was being written waits for the next time.
        if (rows.get(id) === one) rows.delete(id)
        else rows.set(id, { row: rows.get(id)?.row ?? null, born: false })
      }
    }
  }

  const settle = async () => {
    const base = database
    if (!base || size() === 0) return
    settling ??= write(base).finally(() => {
      settling = undefined
    })
    await settling.catch((error: unknown) => {
      if (!isDiskFull(error)) throw error
    })
  }

  const put = (model: string, row: Row, gone: boolean) => {
    const rows = of(model)
    if (!rows.has(row.id) && size() >= MOST_ROWS) return false
    rows.set(row.id, { row: gone ? null : row, born: rows.get(row.id)?.born ?? false })
    return true
  }

  const behind = (adapter: Adapter) => {
    const base: Adapter = { ...adapter }
    database = base

    const rowsOf = async (model: string, where: Where = []): Promise<Row[]> => {
      const stored = await base.findMany<Row>({ model, where })
      const here = of(model)
      return [
        ...stored.filter((row) => !here.has(row.id)),
        ...[...here.values()].flatMap(({ row }) => (row && matches(row, where) ? [row] : [])),
      ]
    }
    /** Tries the database; on a full disk does the same in memory. */
    const either = async <T>(model: string, stored: () => Promise<T>, inMemory: () => Promise<T>): Promise<T> => {
      if (!MODELS.includes(model)) return stored()
      await settle()
      if (of(model).size > 0) return inMemory()
      try {
        return await stored()
      } catch (error) {
        if (!isDiskFull(error)) throw error
        return inMemory()
      }
    }
    const change = async (model: string, where: Where, into: (row: Row) => Row | null, most = Number.POSITIVE_INFINITY): Promise<Row[]> => {
      const changed: Row[] = []
      for (const found of await rowsOf(model, where)) {
        // Another request may have taken it meanwhile.
        const here = of(model).get(found.id)
        const now = here ? here.row : found
        if (!now || !matches(now, where) || changed.length >= most) continue
        const next = into(now)
        if (put(model, next ?? now, next === null)) changed.push(next ?? now)
      }
      return changed
    }
    const find = async (model: string, where: Where, join: Parameters<Adapter['findOne']>[0]['join']): Promise<Row | null> => {
      const [row] = await rowsOf(model, where)
      if (!row || !join) return row ?? null
      return { ...row, user: await base.findOne({ model: 'user', where: [{ field: 'id', value: String(row.userId) }] }) }
    }

    const through: Pick<
      Adapter,
      'create' | 'findOne' | 'findMany' | 'update' | 'updateMany' | 'delete' | 'deleteMany' | 'consumeOne' | 'incrementOne' | 'transaction'
    > = {
      create: (asked) =>
        either(
          asked.model,
          () => base.create(asked),
          async () => {
            if (size() >= MOST_ROWS) throw diskFull()
            const row = { ...asked.data, id: randomUUID() }
            of(asked.model).set(row.id, { row, born: true })
            return row as never
          },
        ),
      findOne: async (asked) => {
        await settle()
        return of(asked.model).size === 0 ? base.findOne(asked) : ((await find(asked.model, asked.where, asked.join)) as never)
      },
      findMany: async (asked) => {
        await settle()
        if (of(asked.model).size === 0) return base.findMany(asked)
        const rows = sorted(await rowsOf(asked.model, asked.where), asked.sortBy)
        return rows.slice(asked.offset ?? 0, (asked.offset ?? 0) + (asked.limit ?? rows.length)) as never
      },
      update: (asked) =>
        either(
          asked.model,
          () => base.update(asked),
          async () => ((await change(asked.model, asked.where, (row) => ({ ...row, ...asked.update }), 1))[0] ?? null) as never,
        ),
      updateMany: (asked) =>
        either(
          asked.model,
          () => base.updateMany(asked),
          async () => (await change(asked.model, asked.where, (row) => ({ ...row, ...asked.update }))).length,
        ),
      delete: (asked) =>
        either(
          asked.model,
          () => base.delete(asked),
          async () => {
            await change(asked.model, asked.where, () => null, 1)
          },
        ),
      deleteMany: (asked) =>
        either(
          asked.model,
          () => base.deleteMany(asked),
          async () => (await change(asked.model, asked.where, () => null)).length,
        ),
      consumeOne: (asked) =>
        either(
          asked.model,
          () => base.consumeOne(asked),
          async () => ((await change(asked.model, asked.where, () => null, 1))[0] ?? null) as never,
        ),
      incrementOne: (asked) =>
        either(
          asked.model,
          () => base.incrementOne(asked),
          async () => {
            const added = (row: Row) => Object.entries(asked.increment).map(([name, by]) => [name, Number(row[name] ?? 0) + by])
            const next = (row: Row) => ({ ...row, ...Object.fromEntries(added(row)), ...asked.set })
            return ((await change(asked.model, asked.where, next, 1))[0] ?? null) as never
          },
        ),
      transaction: (work) => work(adapter),
    }
    Object.assign(adapter, through)
  }

  return { behind, settle }
}

/** A session or challenge that has run out is not worth a row. */
const isOver = (row: Row) => row.expiresAt instanceof Date && row.expiresAt.getTime() < Date.now()

const comparable = (value: unknown) => (value instanceof Date ? value.getTime() : value)

/** The conditions of the sign-in library, all of which have to hold; it asks no other way of these tables. */
function matches(row: Row, where: Where): boolean {
  return where.every(({ field, operator = 'eq', value }) => {
    const [is, asked] = [comparable(row[field]) ?? null, comparable(value)]
    if (operator === 'eq') return is === asked
    if (operator === 'ne') return is !== asked
    if (operator === 'in') return Array.isArray(value) && value.some((one) => one === is)
    if (is === null || asked === null) return false
    const [a, b] = [Number(is), Number(asked)]
    if (operator === 'lt') return a < b
    if (operator === 'lte') return a <= b
    if (operator === 'gt') return a > b
    if (operator === 'gte') return a >= b
    throw new Error(`no condition ${operator} on what a sign-in keeps`)
  })
}

function sorted(rows: readonly Row[], by: { readonly field: string; readonly direction: 'asc' | 'desc' } | undefined): Row[] {
  if (!by) return [...rows]
  const order = (row: Row) => Number(comparable(row[by.field]) ?? 0)
  return rows.toSorted((a, b) => (by.direction === 'asc' ? order(a) - order(b) : order(b) - order(a)))
}

import { lists } from '@guatu/domains'
import { isProblem, problem, Refused, type Result } from '@guatu/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { decideLines } from '../sheets/reconcile/decide.ts'
import { reconcile } from '../sheets/reconcile/reconcile.ts'
import { SheetRefused } from '../sheets/sheet.ts'
import type { Store } from '../store/store.ts'
import { refuseWith, toBody } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'
import { withUpload } from './upload.ts'

/** Fields that come with a pushed list: all before the file. */
type Asked = Readonly<Record<string, unknown>>

/** Pushed lists against the register. The list is compared and forgotten: nothing of it is kept but the meanings of its columns. */
export function reconcileRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  app.post('/api/reconcile', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    return withList(request, reply, store, (path, asked) =>
      reconcile(store, actor, {
        path,
        purpose: textOf(asked, 'purpose'),
        ...(asked.meanings === undefined ? {} : { meanings: asked.meanings }),
        sheet: sheetOf(asked),
      }),
    )
  })

  app.post('/api/reconcile/decide', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    return withList(request, reply, store, async (path, asked) => {
      const { lines } = asked
      if (!Array.isArray(lines) || !lines.every((line) => Number.isInteger(line)))
        throw new Refused(
          problem('invalid', { field: 'lines', why: { zh: '应为行号的列表。', en: 'it must be a list of lines.' } }, { path: 'lines' }),
        )
      const done = await decideLines(store, actor, {
        path,
        purpose: textOf(asked, 'purpose'),
        lines: lines.map(Number),
        sheet: sheetOf(asked),
        decision: decisionOf(asked),
        ...optional(asked, ['area', 'kind', 'class', 'reason', 'source', 'dueOn']),
      })
      return done.ok
        ? { ok: true, value: { results: done.value.map((one) => (one.problem ? { ...one, problem: toBody(one.problem) } : one)) } }
        : done
    })
  })
}

/** @throws Refused for what is no decision */
function decisionOf(asked: Asked): lists.Decision {
  const found = (Object.keys(lists.DECISIONS) as lists.Decision[]).find((one) => one === asked.decision)
  if (found) return found
  throw new Refused(
    problem('invalid', { field: 'decision', why: { zh: '请选择一种处理。', en: 'choose one of the decisions.' } }, { path: 'decision' }),
  )
}

/** The sheet that is meant. @throws Refused for what is no place of a sheet */
function sheetOf({ sheet }: Asked): number | undefined {
  if (sheet === undefined || sheet === null) return undefined
  if (typeof sheet === 'number' && Number.isInteger(sheet) && sheet >= 0) return sheet
  throw new Refused(
    problem('invalid', { field: 'sheet', why: { zh: '应为工作表的序号。', en: 'it must be the place of a sheet.' } }, { path: 'sheet' }),
  )
}

/** Texts that were given and are not empty. */
const optional = <N extends string>(asked: Asked, names: readonly N[]): { readonly [K in N]?: string } =>
  Object.fromEntries(names.flatMap((name) => (textOf(asked, name) === '' ? [] : [[name, textOf(asked, name)]]))) as {
    readonly [K in N]?: string
  }

const textOf = (asked: Asked, name: string): string => (typeof asked[name] === 'string' ? asked[name] : '')

/** Lays the list down for as long as it is looked at. */
async function withList<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  store: Store,
  work: (path: string, asked: Asked) => Promise<Result<T>>,
) {
  try {
    const done = await withUpload(request, store, ({ path, fields }) => work(path, askedWith(fields.asked)))
    return done.ok ? await reply.header('cache-control', 'no-store').send(done.value) : refuseWith(reply, done.problem)
  } catch (error) {
    if (error instanceof SheetRefused || isProblem(error)) return refuseWith(reply, error instanceof SheetRefused ? error.problem : error)
    throw error
  }
}

/** The JSON that stands before the file in the form. */
function askedWith(field: unknown): Asked {
  const value = typeof field === 'object' && field !== null && 'value' in field ? field.value : undefined
  if (typeof value !== 'string') return {}
  try {
    const asked: unknown = JSON.parse(value)
    return typeof asked === 'object' && asked !== null && !Array.isArray(asked) ? (asked as Asked) : {}
  } catch {
    throw new Refused(problem('invalid', { field: 'asked', why: { zh: '应为JSON。', en: 'it must be JSON.' } }, { path: 'asked' }))
  }
}

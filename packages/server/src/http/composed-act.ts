import { type Actor, problem, Refused, type Result } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { refuseWith } from './problems.ts'
import { type ActBody, etag, type Routes, readCommand } from './records.ts'
import { signedIn } from './session.ts'

interface Composed {
  readonly record: string
  readonly action: string
  /** What whoever asks may say of it; everything else is the server's to fill in. */
  readonly takes: readonly string[]
}

type Input = Readonly<Record<string, unknown>>

/** What the server worked out: the whole input of the act, and what is to be kept beside it once it is stored. */
interface Worked {
  readonly input: Input
  keep?(): Promise<void>
}

/**
 * The route of an action that is `composed`: the caller says which, the server works out the content and stores it as the caller's act, in one
 * step. Content that is sent is refused. The same event sent again answers what was stored the first time.
 * @param compose works it out, limited to what the actor may see; `input` holds only what it `takes`
 */
export function composedAct(
  app: FastifyInstance,
  { store, sessions }: Routes,
  { record, action, takes }: Composed,
  compose: (actor: Actor, area: string | undefined, input: Input) => Promise<Result<Worked>>,
): void {
  app.post<{ Params: { id: string }; Body: ActBody | null }>(`/api/${record}/:id/${action}`, async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const { happenedAt: _now, ...command } = readCommand(record, request.params.id, action, request.body ?? {})
    const label = store.registry.records.get(record)?.actions[action]?.label ?? action
    const foreign = Object.keys(command.input).find((name) => !takes.includes(name))
    if (foreign !== undefined) throw new Refused(problem('composed-by-system', { action: label }, { path: `input.${foreign}` }))
    const desk = store.as(actor)
    const stored = async (): Promise<object | undefined> => {
      const history = await desk.timeline(record, command.recordId)
      const event = history.ok ? history.value.find((one) => one.id === command.id && one.action === action) : undefined
      const row = event && (await desk.get(record, command.recordId))
      return row?.ok ? { event, record: row.value, repeated: true } : undefined
    }
    const known = await stored()
    if (known) return reply.send(known)
    const worked = await compose(actor, command.area, command.input)
    if (!worked.ok) return refuseWith(reply, worked.problem)
    const { input, keep } = worked.value
    const done = await desk.submit({ ...command, composed: true, input })
    if (!done.ok) {
      // Sent twice at once: the other one was stored meanwhile.
      const other = await stored()
      return other ? reply.send(other) : refuseWith(reply, done.problem)
    }
    await keep?.()
    const { event, state, repeated } = done.value
    return reply.code(201).header('etag', etag(state)).send({ event, record: state, repeated })
  })
}

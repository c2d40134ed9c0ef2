import { type AnyRecord, CORRECT, type Command, type Field, type FileReference, meaningsOf, type Problem, refuse } from '@guatu/kernel'

/** What a file that is kept is, by its own bytes. */
type KeptFile = Pick<FileReference, 'type' | 'size'>

/** The kept file of a hash; none where nothing is kept under it. */
export type KeptFiles = (hash: string) => KeptFile | undefined

interface Files {
  /** The act with type and size of its files as they are kept, whatever its sender wrote. */
  readonly command: Command
  /** Why it cannot be done: a file that it names was never taken in. */
  readonly missing?: Problem
}

const known = new WeakMap<AnyRecord, Map<string, readonly (readonly [name: string, of: Field])[]>>()

/** Which values of an act name files. */
function fileFields(def: AnyRecord, action: string): readonly (readonly [name: string, of: Field])[] {
  const ofDef = known.get(def) ?? new Map<string, readonly (readonly [string, Field])[]>()
  known.set(def, ofDef)
  const before = ofDef.get(action)
  if (before) return before
  const made = Object.entries(meaningsOf(def, action)).flatMap(([name, field]) => {
    const of = field.item ?? field
    return of.kind === 'file' ? [[name, of] as const] : []
  })
  // Any name may be asked about; only those of the definition are few.
  if (action === CORRECT || Object.hasOwn(def.actions, action)) ofDef.set(action, made)
  return made
}

/** Files that an act names, each with the field that names it. */
export function filesIn(
  def: AnyRecord,
  { action, input }: Pick<Command, 'action' | 'input'>,
): readonly { readonly field: string; readonly file: FileReference }[] {
  const fields = fileFields(def, action)
  const values = action === CORRECT ? input.input : input
  if (fields.length === 0 || typeof values !== 'object' || values === null) return []
  return fields.flatMap(([field]) =>
    [(values as Readonly<Record<string, unknown>>)[field]].flat().flatMap((one) => (isReference(one) ? [{ field, file: one }] : [])),
  )
}

/** Whether something names a file; what it says beside the hash may be wrong. */
const isReference = (one: unknown): one is FileReference =>
  typeof one === 'object' && one !== null && 'hash' in one && typeof one.hash === 'string'

/** Hashes of the files that an act names. */
export const hashesIn = (def: AnyRecord, act: Pick<Command, 'action' | 'input'>): readonly string[] =>
  filesIn(def, act).map(({ file }) => file.hash)

/** An act as far as it names files: what they are is taken from what is kept, and what is not kept cannot be named. */
export function withFiles(def: AnyRecord, command: Command, kept: KeptFiles): Files {
  const fields = fileFields(def, command.action)
  const correction = command.action === CORRECT
  const sent = correction ? command.input.input : command.input
  if (fields.length === 0 || typeof sent !== 'object' || sent === null) return { command }
  const input: Record<string, unknown> = { ...sent }
  let missing: Problem | undefined
  for (const [name, of] of fields) {
    const settled = (one: unknown): unknown => {
      // What is no reference at all is refused for its form.
      const read = of.schema.safeParse(one)
      if (!read.success) return one
      const file = read.data as FileReference
      const found = kept(file.hash)
      if (found) return { ...file, ...found }
      missing ??= refuse(
        'file-not-kept',
        {
          zh: `附件“${file.name}”不在服务器上，请重新上传后再提交。`,
          en: `The file “${file.name}” is not on the server; upload it again, then send this.`,
        },
        { path: `${correction ? 'input.' : ''}input.${name}` },
      )
      return one
    }
    const given = input[name]
    if (given !== undefined && given !== null) input[name] = Array.isArray(given) ? given.map(settled) : settled(given)
  }
  return { command: { ...command, input: correction ? { ...command.input, input } : input }, ...(missing ? { missing } : {}) }
}

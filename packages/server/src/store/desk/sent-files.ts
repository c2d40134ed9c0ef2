import type { Readable } from 'node:stream'
import type { FileReference, Result } from '@guatu/kernel'
import { type AnyRecord, CORRECT, type Command, type Problem, refuse } from '@guatu/kernel'
import type { Attachments } from '../attachments/attachments.ts'
import { filesIn } from '../log/named-files.ts'
import type { DeskStore } from './desk-store.ts'
import { fileOnRecord } from './files-of-record.ts'

/** Keeps a file and remembers who sent it. */
export async function takeFile(
  store: Pick<DeskStore, 'db' | 'clock'>,
  attachments: Attachments,
  actor: string,
  file: { readonly name: string; readonly content: Readable },
): Promise<Result<FileReference>> {
  const kept = await attachments.keep(file.name, file.content)
  if (kept.ok)
    await store.db.query('insert into attachments (hash, actor, recorded_at) values ($1, $2, $3) on conflict do nothing', [
      kept.value.hash,
      actor,
      store.clock.now().toString(),
    ])
  return kept
}

/** A file that an act names and that is not its sender's to name, under the name of its field. */
interface Strange {
  readonly field: string
  readonly file: FileReference
}

/** What of the files that an act names its sender never sent, and the record does not carry already. */
async function strangeFiles(store: DeskStore, def: AnyRecord, command: Command, actor: string): Promise<readonly Strange[]> {
  const named = filesIn(def, command)
  if (named.length === 0) return []
  const hashes = named.map(({ file }) => file.hash)
  const rows = await store.db.query<{ hash: string }>('select hash from attachments where hash = any($1::text[]) and actor = $2', [
    hashes,
    actor,
  ])
  const sent = new Set(rows.map(({ hash }) => hash))
  const strange: Strange[] = []
  for (const one of named)
    if (!sent.has(one.file.hash) && !(await fileOnRecord(store, def, command.recordId, one.file.hash))) strange.push(one)
  return strange
}

/**
 * Why an act brings a file that its sender never sent: whoever knows the hash of a paper could put it on a record of their own and read it
 * there. What the record carries already may stay, because who acts on it may read it.
 * @param actor who sent the act, and its files
 */
export async function strangeFile(store: DeskStore, def: AnyRecord, command: Command, actor: string): Promise<Problem | undefined> {
  const [first] = await strangeFiles(store, def, command, actor)
  if (!first) return undefined
  const label = def.fields[first.field]?.label ?? { zh: '附件', en: 'file' }
  return refuse(
    'file-not-sent',
    {
      zh: `“${label.zh}”不是由您上传的，请在这里重新上传该文件。`,
      en: `“${label.en}” was not sent by you; send the file here.`,
    },
    { path: `${command.action === CORRECT ? 'input.' : ''}input.${first.field}` },
  )
}

/** The act without the files that never came, and the fields that named those. */
export async function withoutStrangeFiles<C extends Command>(
  store: DeskStore,
  def: AnyRecord,
  command: C,
  actor: string,
): Promise<{ readonly command: C; readonly without: readonly string[] }> {
  const strange = await strangeFiles(store, def, command, actor)
  if (strange.length === 0) return { command, without: [] }
  const gone = new Set(strange.map(({ file }) => file.hash))
  const correcting = command.action === CORRECT
  const values: Record<string, unknown> = { ...((correcting ? command.input.input : command.input) as Readonly<Record<string, unknown>>) }
  for (const { field } of strange) {
    const value = values[field]
    if (Array.isArray(value)) values[field] = value.filter((one: Partial<FileReference> | null) => !gone.has(one?.hash ?? ''))
    else delete values[field]
  }
  const input = correcting ? { ...command.input, input: values } : values
  return { command: { ...command, input }, without: [...new Set(strange.map(({ field }) => field))] }
}

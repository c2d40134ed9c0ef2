import type { Readable } from 'node:stream'
import type { FileReference, Result } from '@guatu/kernel'
import { type AnyRecord, CORRECT, type Command, type Problem, refuse } from '@guatu/kernel'
import type { Attachments } from '../attachments/attachments.ts'
import { fileFields } from '../log/named-files.ts'
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

/**
 * Why an act brings a file that its sender never sent: whoever knows the hash of a paper could put it on a record of their own and read it
 * there. What the record carries already may stay, because who acts on it may read it.
 * @param actor who sent the act, and its files
 */
export async function strangeFile(store: DeskStore, def: AnyRecord, command: Command, actor: string): Promise<Problem | undefined> {
  const names = fileFields(def, command.action)
  if (names.length === 0) return undefined
  const correcting = command.action === CORRECT
  const input = (correcting ? command.input.input : command.input) as Readonly<Record<string, unknown>> | null | undefined
  if (typeof input !== 'object' || input === null) return undefined
  for (const [name] of names) {
    for (const one of [input[name]].flat()) {
      if (typeof one !== 'object' || one === null || !('hash' in one) || typeof one.hash !== 'string') continue
      const sent = await store.db.query('select 1 from attachments where hash = $1 and actor = $2', [one.hash, actor])
      if (sent.length > 0 || (await fileOnRecord(store, def, command.recordId, one.hash))) continue
      const label = def.fields[name]?.label ?? { zh: '附件', en: 'file' }
      return refuse(
        'file-not-sent',
        {
          zh: `“${label.zh}”不是由您上传的，请在这里重新上传该文件。`,
          en: `“${label.en}” was not sent by you; send the file here.`,
        },
        { path: `${correcting ? 'input.' : ''}input.${name}` },
      )
    }
  }
  return undefined
}

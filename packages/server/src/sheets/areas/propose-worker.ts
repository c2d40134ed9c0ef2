import { parentPort, workerData } from 'node:worker_threads'
import { no, ok, type ParsedVintage, type Result } from '@guatu/kernel'
import { builtInList, listFromFile, refusalOf } from './list.ts'
import type { Compared, Comparison } from './propose-thread.ts'
import { draftOf } from './reform.ts'

async function read({ list, eve }: Comparison): Promise<Result<ParsedVintage>> {
  if ('builtIn' in list) return ok(builtInList(list.builtIn, list.options))
  try {
    return await listFromFile(list.path, list.name, { ...list.options, today: eve })
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal) return no(refusal)
    throw error
  }
}

async function compare(comparison: Comparison): Promise<Result<Compared>> {
  const list = await read(comparison)
  if (!list.ok) return list
  const { vintage, refusals } = list.value
  return ok({ draft: draftOf(comparison.ours, vintage, comparison.eve), refusals })
}

parentPort?.postMessage(await compare(workerData as Comparison))

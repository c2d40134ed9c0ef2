import { progress } from '@guatu/domains'
import { type Actor, type Lang, ok, type Result } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import type { ActLists } from './act-lists.ts'
import { reportDocument } from './report-document.ts'
import { type ProgressReportRequest, reportFacts } from './report-facts.ts'

export type { ProgressReportRequest } from './report-facts.ts'

/** A report as composed: content with frozen figures, and the SHA-256 (hex) of what is frozen. */
export interface ComposedReport {
  readonly content: progress.ReportContent
  readonly hash: string
  /** The acts behind its figures of the books, to be kept with it. */
  readonly lists: ActLists
}

export interface ProgressReport extends ComposedReport {
  /** The document as .docx in the layout of GB/T 9704-2012. */
  readonly docx: Buffer
}

/**
 * Composes the progress report of meetings as of a cut-off, limited to what `actor` may see.
 * @param options.traced with the acts behind figures of the books; to compare figures they are not needed
 * @returns refusals `not-allowed`, `not-found`, `invalid` (cutOff, meetings), `nothing-to-report`
 */
export async function composeProgressReport(
  store: Store,
  actor: Actor,
  request: ProgressReportRequest,
  { traced = true }: { readonly traced?: boolean } = {},
): Promise<Result<ComposedReport>> {
  const lists: ActLists = new Map()
  const facts = await reportFacts(store, actor, request, traced ? lists : undefined)
  if (!facts.ok) return facts
  const content = progress.composeReport(facts.value)
  return ok({ content, hash: progress.hashOf(content), lists })
}

/** Composes the report and sets it as a document, without storing it: what the command line writes to a file. */
export async function writeProgressReport(
  store: Store,
  actor: Actor,
  request: ProgressReportRequest & { readonly lang?: Lang },
): Promise<Result<ProgressReport>> {
  const composed = await composeProgressReport(store, actor, request)
  if (!composed.ok) return composed
  return ok({ ...composed.value, docx: await reportDocument(composed.value.content, request.lang ?? 'zh') })
}

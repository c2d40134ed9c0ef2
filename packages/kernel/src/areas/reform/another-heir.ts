import { label } from '../../label.ts'
import type { ReformProposal } from './propose.ts'

const BY_A_PERSON = label('由人指定', 'chosen by a person')

/**
 * The proposals after a person chose, for one area that ends, another heir than was proposed (or one where none was). The area leaves
 * the proposal that it stood in and gets one of its own. What a proposal would have founded is founded all the same, because the newer
 * list has it. An unknown proposal or code changes nothing.
 */
export function withHeir<P extends ReformProposal>(
  proposals: readonly P[],
  proposal: string,
  code: string,
  heir: { readonly code: string; readonly name: string },
): readonly (P | ReformProposal)[] {
  const found = proposals.find((one) => one.id === proposal)
  const row = found?.from.find((one) => one.code === code)
  if (!found || !row || !['merged', 'split', 'abolished'].includes(found.kind)) return proposals
  const chosen: ReformProposal = {
    id: `merged:${row.code}:${heir.code}`,
    kind: 'merged',
    level: found.level,
    from: [row],
    to: [{ ...heir, parts: 1 }],
    becomes: null,
    founds: false,
    confidence: 1,
    reasons: [BY_A_PERSON],
  }
  const rest = found.from.filter((one) => one.code !== code)
  const left: readonly (P | ReformProposal)[] =
    rest.length > 0
      ? [{ ...found, from: rest }]
      : found.founds && found.becomes
        ? [{ ...found, id: `created:${found.becomes.code}`, kind: 'created', from: [], to: [] }]
        : []
  return proposals.flatMap((one): readonly (P | ReformProposal)[] => (one === found ? [chosen, ...left] : [one]))
}

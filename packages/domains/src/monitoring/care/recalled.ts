import { type Act, type Action, CORRECT, type Draft, type Follow, type Situation } from '@guatu/kernel'
import type { fields } from './transfer-fields.ts'

type Transfer = Draft<typeof fields>

/** Nothing is left of what it was asked for by: no temperature, no sign, no line of a gate, and nobody who asked otherwise. */
const unfounded = ({ reason, highest, symptoms, lines, elsewhere }: Transfer): boolean =>
  reason === 'signs' && highest === undefined && symptoms === undefined && (lines ?? []).length === 0 && elsewhere !== true

const RECALLED = { reason: '据以转诊的测温已更正，无发热症状' }

const FETCHED: readonly (string | undefined)[] = ['sent', 'admitted', 'suspected']

/** A reading alone had asked for it and was none: nobody is fetched; whoever was fetched already stays with the clinic, which is told. */
function recalled({ after, act, state }: Situation<typeof fields>): readonly Follow[] {
  if (!unfounded(after)) return []
  const own = { record: 'transfer', recordId: act.recordId }
  if (state === 'open') return [{ ...own, action: 'withdraw', input: RECALLED }]
  return FETCHED.includes(state) ? [{ ...own, action: 'tell', input: { correctedOn: act.day } }] : []
}

/** Nobody is called back for the one reading while there was another one, that became known only after the first was corrected. */
export const askedAllTheSame = ({ act: { recordId } }: { readonly act: Act }): readonly Follow[] =>
  [{ action: 'withdraw', input: RECALLED }, { action: 'tell' }].map((one) => ({
    record: 'transfer',
    recordId,
    action: CORRECT,
    input: { act: { ...one, since: true }, reason: '另有发热或症状', void: true },
  }))

const ANY = ['open', 'sent', 'admitted', 'cleared', 'suspected', 'confirmed', 'cancelled'] as const
type State = (typeof ANY)[number]

/** What becomes of a transfer whose reading was corrected. */
export const recalls = {
  recall: {
    label: { zh: '按更正核对转诊', en: 'Looked at again, as corrected' },
    from: ANY,
    to: 'same',
    by: {},
    automatic: true,
    follows: recalled,
  },
  tell: {
    label: { zh: '据以转诊的测温已更正', en: 'The reading that asked for it was corrected' },
    from: ['sent', 'admitted', 'suspected'],
    to: 'same',
    by: {},
    automatic: true,
    needs: ['correctedOn'],
  },
} as const satisfies Record<string, Action<typeof fields, State>>

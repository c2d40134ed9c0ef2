import { type Problem, type RecordState, refuse } from '@guatu/kernel'

/** The entry of the register that somebody is known by. */
export const ME = { me: { record: 'person', at: 'person', sees: ['household'] } } as const

/** By what somebody said of a journey they may be known: it goes with their identity. What the declaration counts by stays. */
export const FORGET = {
  label: { zh: '删除班次、证明号和单位（个人信息已删除）', en: 'Erase seat, certificate and employer: the person was erased' },
  to: 'same',
  by: {},
  automatic: true,
  erases: true,
} as const

/** Nobody can be found behind an entry whose identity was erased: nothing more begins on it. */
export const notErased = ({ related }: { readonly related: Readonly<Record<string, readonly RecordState[]>> }): Problem | undefined =>
  related.me?.[0]?.state === 'erased'
    ? refuse(
        'person-erased',
        {
          zh: '此人的登记信息已按规定删除，不能再用这一登记申报或观察；请按证件重新登记此人，再办理。',
          en: 'The identity of this entry was erased as the rules say, and nothing more can be declared or observed under it; register the person anew by the document, then go on.',
        },
        { status: 409, path: 'input.person' },
      )
    : undefined

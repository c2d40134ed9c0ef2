import { type Act, type Changes, type Draft, fill, type Label, label } from '@guatu/kernel'
import { STRICTNESS } from '../arrivals/rule.ts'
import type { fields, Watch } from './fields.ts'
import { leaves } from './lodged-again.ts'
import { askedAt } from './reading.ts'

type Reasons = Pick<Watch, 'class' | 'restarts' | 'joined' | 'kindOrdered'> & { readonly transfer?: string | undefined }

/**
 * Why days or kind rest on something else than a declaration: nothing that somebody declares makes the days fewer or the kind looser, nor ends the
 * observation. Nothing where they follow what is declared.
 */
export function holdsAnyway({ class: of, restarts = 0, joined, kindOrdered, transfer }: Reasons): Label | undefined {
  if (of === 'exposed' || of === 'recovered') return label('管控类别此后已另行确定', 'it has another ground by now')
  if (restarts > 0) return label('观察期此后已重新计算', 'its days were counted anew since')
  if (joined !== undefined) return label('此人的两次观察已合为一次', 'it took over another observation of the person')
  if (kindOrdered) return label('观察方式此后已另行从严确定', 'an office set a stricter kind since')
  return transfer === undefined ? undefined : label('此人的转诊尚未了结', 'the person is on the way to the clinic')
}

const GOES_ON = label(
  '{said}但{why}，观察照旧，不因申报减少；确需结束的，由乡镇（街道）在该观察办理。',
  '{said} The observation goes on all the same: {why}. Where it is to end, the town ends it at the observation.',
)

/** What a declaration says that asks for less than runs. @param said what the rule said of it @param why what {@link holdsAnyway} found */
export const goesOn = (said: Label, why: Label): Label => fill(GOES_ON, { said, why })
export const WITHDRAWN = label('申报已作废。', 'The declaration is void.')

/**
 * An observation as a declaration asks for it. Where something else asks too, the stricter measure holds, until the later end: decided
 * here, on what was known at the moment, so that it comes out the same in whatever order declarations become known.
 */
export function adapted(row: Watch, act: Act): Changes<typeof fields> {
  const {
    kind = row.kind,
    class: of = row.class,
    from = row.from,
    until = row.until,
    readings = row.readings,
    least,
  } = act.input as Draft<typeof fields> & { readonly least?: boolean }
  const all = least !== true && holdsAnyway(row) === undefined
  const stricter = all || STRICTNESS[kind ?? 'none'] > STRICTNESS[row.kind ?? 'none']
  const longer = all || (until ?? '') > (row.until ?? '')
  return {
    askedAt: askedAt(act),
    ...(stricter ? { kind, class: of, readings, kindOrdered: null } : {}),
    ...(longer ? { from, until } : {}),
    ...(stricter || longer ? { proposedOn: null } : {}),
    // A central site and its room are left by whoever goes on at home.
    ...(stricter && kind !== 'central' ? leaves(row, act.day) : {}),
  }
}

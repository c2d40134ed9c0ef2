import { type StandingDuty, toExpression } from '@guatu/kernel'

/** Whoever passed a row on decided otherwise since: nobody is looked for any more where it was passed to. */
export const passedOnNoMore: StandingDuty = {
  name: 'list-passed-on-no-more',
  record: 'listCheck',
  // Nobody decides so on somebody who was found: only what was passed on says this of the place where it came to.
  where: toExpression({ state: 'open', outcome: 'found', decision: 'passOn' }),
  on: ['listCheck.settleAgain', 'listCheck.askAgain', 'listCheck.correct'],
  concerns: (_act, { fields }) => fields.outcome !== 'found' && fields.decision !== 'passOn',
  anywhere: true,
  related: { notes: { record: 'listCheck', by: 'list', through: 'list', sees: ['line', 'outcome', 'decision'] } },
  act: ({ fields: { line } }, { related }) => {
    const stands = (related.notes ?? []).some(
      ({ fields }) => fields.line === line && fields.outcome !== 'found' && fields.decision === 'passOn',
    )
    return stands ? undefined : { action: 'recall', input: { reason: '转交方已改变处理，不再核查' } }
  },
}

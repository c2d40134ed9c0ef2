import { dayOf, type Label } from '@guatu/kernel'
import type { ReportContent } from './content.ts'
import { Draft } from './draft.ts'
import type { ReportFacts } from './facts.ts'
import { progress } from './sections/matters.ts'
import { decisions, delays, nextSteps } from './sections/outlook.ts'
import { overview } from './sections/overview.ts'

/**
 * Writes the progress report of some meetings as of a cut-off: what was recorded by then and nothing later. Pure; the same facts
 * always give the same report.
 */
export function composeReport(facts: ReportFacts): ReportContent {
  const day = dayOf(Temporal.Instant.from(facts.cutOff), facts.zone)
  const draft = new Draft(facts, day)
  overview(draft)
  progress(draft)
  delays(draft)
  decisions(draft)
  nextSteps(draft)
  return {
    format: 1,
    title: titleOf(facts),
    meetings: facts.meetings.map(({ id, title, heldOn }) => ({ id, title, heldOn })),
    cutOff: facts.cutOff,
    day,
    composedAt: facts.composedAt,
    issuer: facts.issuer,
    figures: draft.ledger.figures,
    acts: draft.ledger.acts,
    blocks: draft.blocks,
  }
}

function titleOf({ meetings }: ReportFacts): Label {
  const first = meetings[0]?.title ?? ''
  return meetings.length === 1
    ? { zh: `关于“${first}”部署事项落实情况的报告`, en: `Progress report on the directives of “${first}”` }
    : {
        zh: `关于“${first}”等${meetings.length}次会议部署事项落实情况的报告`,
        en: `Progress report on the directives of “${first}” and ${meetings.length - 1} other meeting(s)`,
      }
}

/** Indicators whose city-wide values a report needs: the headlines of the command domain and those that the matters name. */
export { indicatorId } from './sections/matters.ts'

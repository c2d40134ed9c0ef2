import type { Why } from './types.ts'

/** The named rules, as they are shown to people. `docs/laws/cutting-rules.md` states them one by one. */
const TEXTS = {
  'cut.sentence': ['句号或分号处断开', 'cut at the full stop or semicolon'],
  'cut.ordinal': ['序号另起一条', 'an ordinal opens a directive'],
  'cut.verb': ['本句有自己的动词和对象', 'the clause has its own directive verb and object'],
  'cut.modal': ['新的情态词另起一条', 'a new modal opens a directive'],
  'cut.addressee': ['新的责任主体另起一条', 'a new addressee opens a directive'],
  'cut.attribution': ['引述语之后开始', 'begins after the words of attribution'],
  'cut.case': ['新的情形另起一条', 'a new case opens a directive'],
  'cut.responsibility': ['压实责任单独成条', 'pinning down responsibility stands alone'],
  'cut.topic': ['标题句之后开始', 'begins after the topic clause'],
  'cut.row': ['任务表的一行为一条', 'a row of a table of tasks is one directive'],
  'cut.person': ['由人工切分', 'cut by a person'],
  'cut.weighed': ['线索加权，另起一条', 'weighed signs open a directive'],
  'join.weighed': ['线索加权，随前', 'weighed signs keep it with what precedes'],
  'join.person': ['由人工合并', 'joined by a person'],
  'join.purpose': ['目的、结果句随前', 'a purpose or result clause stays with what precedes'],
  'join.manner': ['方式、程度句随前', 'a clause of manner stays with what precedes'],
  'join.sanction': ['问责句随前', 'a sanction stays with the duty that it backs'],
  'join.condition': ['条件句随所限定的事项', 'a condition stays with what it conditions'],
  'join.means': ['手段句并入所服务的事项', 'means go with the action that they enable'],
  'join.enabling': ['先行安排并入后面的事项', 'an enabling step goes forward with its action'],
  'join.soft': ['认识性开头并入后面的硬任务', 'a soft opener goes forward with the hard clause'],
  'join.lead': ['牵头、配合单位随所办事项', 'who leads and who assists stay with the work'],
  'join.topic': ['总领分句与展开它的一句合为一条', 'a topic clause goes with the one clause that spells it out'],
  'join.generic': ['无独立对象，不单独成条', 'has no object of its own'],
  'label.object': ['按对象归类', 'domain by object'],
  'label.verb': ['按主要动词归类', 'domain by the main verb'],
  'label.addressee': ['按责任主体归类', 'domain by the unit that is told'],
  'label.heading': ['泛指动词取标题领域', 'a general verb takes the domain of its heading'],
  'label.before': ['无领域线索，随前一条', 'names no field: takes that of the directive before it'],
  'label.weighed': ['线索不一，按词语证据加权归类', 'the signs disagree: domain by weighed evidence'],
  'label.topic': ['按本段开头所述领域', 'takes the field that the line opens with'],
  'label.purpose': ['对象泛指，按目的归类', 'general object: domain by purpose'],
  'label.general': ['泛指的贯彻落实归指挥', 'general compliance belongs to command'],
  'label.none': ['未见领域线索', 'no evidence of a domain'],
  'label.soft': ['无可核查的成果', 'nothing checkable could be delivered'],
  'label.prohibition': ['禁止性要求', 'a prohibition'],
  'label.deadline': ['可核查的时限', 'a checkable time'],
  'label.year': ['时限没有年份，取会议之后的第一个该日', 'a deadline without a year is the first such day from the meeting on'],
  'label.counted': ['相对时限，从会议日期起算', 'a relative time, counted from the day of the meeting'],
  'label.open': ['时限未能确定到日，请核对', 'the words leave open which day is meant: check it'],
  'label.recurs': ['按周期重复，没有单一日期', 'comes again and again: no single day'],
  'label.urgency': ['紧急程度用语', 'a word of urgency'],
  'label.unit': ['按责任单位栏', 'by the column of the units'],
  'label.condition': ['附带条件', 'a condition'],
  'label.inherited': ['承接句首条件', 'inherits the condition that opens the sentence'],
  'heading.line': ['独立标题行', 'a heading on a line of its own'],
  'heading.topic': ['总领句，下文展开', 'a topic sentence that what follows spells out'],
  'heading.clause': ['总领分句，下文展开', 'a topic clause that what follows spells out'],
  'skip.furniture': ['网页附属文字', 'page furniture'],
  'skip.table': ['表头、非任务表格', 'the head of a table, a table without tasks'],
  'skip.headline': ['标题、题注', 'headline or byline'],
  'skip.lead': ['会议消息、出席情况', 'news of the meeting, attendance'],
  'skip.agenda': ['议程、听取、传达', 'agenda, what was heard or relayed'],
  'skip.situation': ['形势、成绩、评价', 'situation, results, praise'],
  'skip.attribution': ['引述语', 'words of attribution'],
  'skip.empty': ['没有可执行的要求', 'orders nothing'],
} as const satisfies Record<string, readonly [string, string]>

export type RuleName = keyof typeof TEXTS

/** A reason by its rule; `detail` is the word of the text that the rule saw. */
export function because(rule: RuleName, detail?: string): Why {
  const [zh, en] = TEXTS[rule]
  return detail === undefined || detail === '' ? { rule, zh, en } : { rule, zh: `${zh}：${detail}`, en: `${en}: ${detail}` }
}

/** All rules with their texts, for a legend. */
export const RULES: readonly Why[] = (Object.keys(TEXTS) as RuleName[]).map((rule) => because(rule))

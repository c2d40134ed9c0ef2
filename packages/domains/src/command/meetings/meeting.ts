import { counted, defineRecord, f, fullDayWords, type RecordState, refuse } from '@guatu/kernel'
import { goneOf } from '../supervision/gone.ts'
import { numbersFor } from './numbers.ts'
import { isQuoted } from './quotation.ts'

const asInText = (a: RecordState, b: RecordState): number =>
  Number(a.fields.start) - Number(b.fields.start) || Number(a.fields.order) - Number(b.fields.order)

/** A communiqué tells of a meeting that was held. */
const notHeld = (heldOn: string | undefined, today: string) =>
  heldOn !== undefined && heldOn > today
    ? refuse(
        'meeting-not-held',
        {
          zh: `召开日期${fullDayWords(heldOn).zh}在今天（${fullDayWords(today).zh}）之后，会还没有开；请核对日期，或开会后再录入通稿。`,
          en: `Held on ${fullDayWords(heldOn).en} is after today, ${fullDayWords(today).en}: the meeting has not been held. Check the date, or enter the communiqué after it.`,
        },
        { path: 'input.heldOn' },
      )
    : undefined

/** A meeting whose communiqué is read. Nothing becomes a matter of supervision before it is approved. */
export const meeting = defineRecord({
  name: 'meeting',
  label: { zh: '会议', en: 'Meeting' },
  at: 'city',
  title: 'title',
  fields: {
    title: f.text({ label: { zh: '标题', en: 'Title' }, max: 200 }),
    body: f.text({ label: { zh: '会议机构', en: 'Body' }, max: 100, optional: true }),
    session: f.count({ label: { zh: '第几次', en: 'Session' }, max: 9_999, optional: true }),
    heldOn: f.date({ label: { zh: '召开日期', en: 'Held on' } }),
    chair: f.text({ label: { zh: '主持（职务）', en: 'Chair (by role)' }, max: 100, optional: true }),
    text: f.text({ label: { zh: '通稿全文', en: 'Communiqué' }, max: 500_000, multiline: true }),
    source: f.file({ label: { zh: '原件', en: 'Original file' }, optional: true }),
    approvedOn: f.date({ label: { zh: '批准日期', en: 'Approved on' }, optional: true }),
  },
  states: { draft: { zh: '草稿', en: 'Draft' }, approved: { zh: '已批准', en: 'Approved' }, dropped: { zh: '作废', en: 'Dropped' } },
  actions: {
    record: {
      label: { zh: '新会议', en: 'New meeting' },
      from: 'new',
      to: 'draft',
      by: { 'supervision-office': 'area' },
      needs: ['title', 'heldOn', 'text'],
      takes: ['body', 'session', 'chair', 'source'],
      tone: 'main',
      guard: ({ after, today }) => notHeld(after.heldOn, today),
    },
    revise: {
      label: { zh: '修改', en: 'Revise' },
      from: ['draft'],
      to: 'same',
      by: { 'supervision-office': 'area' },
      takes: ['title', 'heldOn', 'body', 'session', 'chair'],
      guard: ({ after, today }) => notHeld(after.heldOn, today),
    },
    approve: {
      label: { zh: '批准', en: 'Approve' },
      from: ['draft'],
      to: 'approved',
      by: { 'supervision-office': 'area', leader: 'area' },
      tone: 'main',
      related: {
        directives: { record: 'directive', by: 'meeting', sees: ['soft', 'lead', 'assisting', 'due', 'quote', 'start', 'end', 'order'] },
        numbered: { record: 'item', by: 'numberedOn', through: 'heldOn', sees: ['number'] },
      },
      guard: ({ after, related, places, today }) => {
        const drafts = (related.directives ?? []).filter((d) => d.state === 'draft')
        const open = drafts.filter((d) => d.fields.soft !== true && (d.fields.lead === undefined || d.fields.due === undefined))
        if (open.length > 0) {
          return refuse(
            'directives-incomplete',
            {
              zh: `还有${open.length}条部署没有牵头单位或时限，请补齐后批准。`,
              en: `${counted(open.length, 'directive')} without lead unit or due date; complete them first.`,
            },
            { data: { directives: open.map((d) => d.id) } },
          )
        }
        // What was due before it was decided would be late from its first day.
        const { heldOn = '' } = after
        const early = drafts.filter((d) => d.fields.soft !== true && String(d.fields.due) < heldOn)
        if (early.length > 0) {
          return refuse(
            'directives-due-before',
            {
              zh: `有${early.length}条部署的时限早于会议日期${fullDayWords(heldOn).zh}，请更正后批准。`,
              en: `${counted(early.length, 'directive')} due before the day of the meeting, ${fullDayWords(heldOn).en}; correct them first.`,
            },
            { data: { directives: early.map((d) => d.id) } },
          )
        }
        const gone = drafts.flatMap((d) => {
          const one = d.fields.soft === true ? undefined : goneOf(d.fields, { places, today })
          return one ? [{ ...one, id: d.id, order: String(d.fields.order) }] : []
        })
        const [first] = gone
        if (first) {
          return refuse(
            'directives-unit-gone',
            {
              zh: `第${first.order}条部署的${first.called.zh}“${first.name}”在${fullDayWords(today).zh}不存在（已撤销或尚未设立）${gone.length > 1 ? `，这样的部署共${gone.length}条` : ''}：请改选单位后批准。`,
              en: `The ${first.called.en} “${first.name}” of directive ${first.order} does not exist on ${fullDayWords(today).en}: it has ended or not begun${gone.length > 1 ? `, and ${counted(gone.length, 'directive')} in all name such a unit` : ''}; choose another one before approving.`,
            },
            { data: { directives: gone.map((d) => d.id), field: first.field } },
          )
        }
        const astray = drafts.filter((d) => !isQuoted(after.text ?? '', d.fields))
        if (astray.length > 0) {
          return refuse(
            'directives-not-in-text',
            {
              zh: `有${astray.length}条部署的引文与通稿不一致，请在通稿中重新选取原文后批准。`,
              en: `${counted(astray.length, 'directive')} whose quotation is not in the communiqué; choose the words in it again first.`,
            },
            { data: { directives: astray.map((d) => d.id) } },
          )
        }
        return drafts.length === 0 ? refuse('no-directives', { zh: '没有可批准的部署。', en: 'There is nothing to approve.' }) : undefined
      },
      effect: (_row, act) => ({ approvedOn: act.day }),
      follows: ({ after, related }) => {
        const drafts = (related.directives ?? []).filter((d) => d.state === 'draft')
        // Numbered as they stand in the text, whatever was cut or joined since.
        const adopted = drafts.filter((d) => d.fields.soft !== true).sort(asInText)
        const taken = (related.numbered ?? []).map((one) => String(one.fields.number))
        const numbers = numbersFor({ heldOn: after.heldOn ?? '', session: after.session }, adopted.length, taken)
        return drafts.map((d) => ({
          record: 'directive',
          recordId: d.id,
          ...(d.fields.soft === true ? { action: 'keep', input: {} } : { action: 'adopt', input: { number: numbers[adopted.indexOf(d)] } }),
        }))
      },
    },
    drop: { label: { zh: '作废', en: 'Drop' }, from: ['draft'], to: 'dropped', by: { 'supervision-office': 'area' }, tone: 'danger' },
  },
  sealed: ['approved'],
  read: { 'supervision-office': 'area', leader: 'area', 'duty-officer': 'area', auditor: 'area' },
  list: { columns: ['title', 'heldOn', 'body', 'session', 'state'], filters: ['state', 'heldOn'], sort: '-heldOn' },
})

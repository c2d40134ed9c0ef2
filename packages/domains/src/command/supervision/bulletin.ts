import { defineRecord, f } from '@guatu/kernel'

/**
 * A periodic bulletin of the supervision office 通报: who was on time, who was not. `figures` holds the counted tasks of its days as JSON; words may
 * be edited while it is a draft, figures never.
 */
export const bulletin = defineRecord({
  name: 'bulletin',
  label: { zh: '通报', en: 'Bulletin' },
  at: 'city',
  title: 'title',
  fields: {
    title: f.text({ label: { zh: '标题', en: 'Title' }, max: 200 }),
    from: f.date({ label: { zh: '起', en: 'From' } }),
    to: f.date({ label: { zh: '止', en: 'To' } }),
    text: f.text({ label: { zh: '正文', en: 'Text' }, max: 50_000, multiline: true }),
    figures: f.text({ label: { zh: '数据（冻结）', en: 'Figures (frozen)' }, max: 500_000, multiline: true, optional: true }),
    publishedOn: f.date({ label: { zh: '发布日期', en: 'Published on' }, optional: true }),
  },
  states: { draft: { zh: '草稿', en: 'Draft' }, published: { zh: '已发布', en: 'Published' } },
  actions: {
    write: {
      label: { zh: '起草', en: 'Write' },
      from: 'new',
      to: 'draft',
      by: { 'supervision-office': 'area' },
      needs: ['title', 'from', 'to', 'text', 'figures'],
      composed: true,
      ownPage: true,
      tone: 'main',
    },
    revise: {
      label: { zh: '修改', en: 'Revise' },
      from: ['draft'],
      to: 'same',
      by: { 'supervision-office': 'area' },
      takes: ['title', 'text'],
    },
    publish: {
      label: { zh: '发布', en: 'Publish' },
      from: ['draft'],
      to: 'published',
      by: { 'supervision-office': 'area' },
      tone: 'main',
      effect: (_row, act) => ({ publishedOn: act.day }),
    },
  },
  sealed: ['published'],
  // Out, it is read by the offices of every level, wherever they sit.
  read: {
    'supervision-office': 'all',
    leader: 'all',
    'duty-officer': 'all',
    auditor: 'all',
    'agency-clerk': 'all',
    'county-clerk': 'all',
    'town-clerk': 'all',
  },
  // Whom it will name reads it when it is out, not while it is weighed.
  drafts: { states: ['draft'], read: { 'supervision-office': 'area', leader: 'area', auditor: 'area' } },
  list: { columns: ['title', 'from', 'to', 'state', 'publishedOn'], filters: ['state', 'to'], sort: '-to' },
})

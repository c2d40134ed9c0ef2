import { addDays, defineRecord, derivedId, f, refuse } from '@guatu/kernel'

/** A light with every kind of field and every turn that an act may take. */
export const lamp = defineRecord({
  name: 'lamp',
  label: { zh: '灯塔', en: 'Lighthouse lamp' },
  at: 'village',
  title: 'name',
  key: ['number'],
  fields: {
    number: f.code({ label: { zh: '编号', en: 'Number' }, pattern: /^DT-\d{4,8}$/, example: 'DT-0001' }),
    name: f.text({ label: { zh: '名称', en: 'Name' }, max: 60 }),
    colour: f.choice({
      label: { zh: '灯色', en: 'Colour' },
      options: { white: { zh: '白', en: 'White' }, red: { zh: '红', en: 'Red' }, green: { zh: '绿', en: 'Green' } },
    }),
    candela: f.count({ label: { zh: '光强', en: 'Candela' } }),
    height: f.decimal({ label: { zh: '高度（米）', en: 'Height (m)' }, places: 2, optional: true }),
    cost: f.money({ label: { zh: '造价', en: 'Cost' }, optional: true }),
    builtOn: f.date({ label: { zh: '建成日期', en: 'Built on' }, optional: true }),
    lastLit: f.moment({ label: { zh: '最近点亮', en: 'Last lit' }, optional: true }),
    automatic: f.flag({ label: { zh: '自动', en: 'Automatic' }, optional: true }),
    keeper: f.unit({ label: { zh: '管理单位', en: 'Keeper' }, optional: true }),
    guests: f.list({
      label: { zh: '协管单位', en: 'Assisting keepers' },
      item: f.unit({ label: { zh: '单位', en: 'Unit' } }),
      max: 20,
      optional: true,
    }),
    shines: f.area({ label: { zh: '照亮区划', en: 'Shines on' }, optional: true }),
    phone: f.phone({ label: { zh: '电话', en: 'Phone' }, optional: true }),
    keeperId: f.nationalId({ label: { zh: '守塔人证件', en: 'Keeper identity number' }, optional: true }),
    oilTemperature: f.temperature({ label: { zh: '油温', en: 'Oil temperature' }, optional: true }),
    plan: f.file({ label: { zh: '图纸', en: 'Plan' }, optional: true }),
    place: f.geoPoint({ label: { zh: '位置', en: 'Place' }, optional: true }),
    motto: f.localizedText({ label: { zh: '塔训', en: 'Motto' }, max: 40, optional: true }),
    person: f.person({ label: { zh: '守塔人', en: 'Keeper person' }, optional: true }),
  },
  states: { dark: { zh: '熄灭', en: 'Dark' }, lit: { zh: '点亮', en: 'Lit' }, retired: { zh: '退役', en: 'Retired' } },
  actions: {
    build: {
      label: { zh: '建造', en: 'Build' },
      from: 'new',
      to: 'dark',
      by: { 'county-clerk': 'area', 'town-clerk': 'area', 'duty-officer': 'area' },
      needs: ['number', 'name', 'colour', 'candela'],
      takes: [
        'height',
        'cost',
        'builtOn',
        'automatic',
        'keeper',
        'guests',
        'shines',
        'phone',
        'keeperId',
        'oilTemperature',
        'plan',
        'place',
        'motto',
        'person',
      ],
    },
    light: {
      label: { zh: '点亮', en: 'Light' },
      from: ['dark'],
      to: 'lit',
      by: { 'town-clerk': 'area', 'grid-worker': 'area', 'agency-clerk': 'unit' },
      offline: true,
      tone: 'main',
      takes: ['oilTemperature'],
      effect: (_row, act) => ({ lastLit: act.happenedAt }),
      guard: ({ after, parameter }) =>
        after.oilTemperature !== undefined && after.oilTemperature >= parameter<number>('lighthouse.oil.hot')
          ? refuse(
              'oil-too-hot',
              { zh: '油温过高，请冷却后再点亮。', en: 'The oil is too hot; let it cool first.' },
              { path: 'input.oilTemperature' },
            )
          : undefined,
    },
    dim: {
      label: { zh: '熄灯', en: 'Dim' },
      from: ['lit'],
      to: 'dark',
      by: { 'town-clerk': 'area', 'grid-worker': 'area' },
      offline: true,
    },
    refit: {
      label: { zh: '改装', en: 'Refit' },
      from: ['dark', 'lit'],
      to: 'same',
      by: { 'county-clerk': 'area', 'town-clerk': 'area' },
      takes: ['colour', 'candela', 'name', 'number', 'keeper', 'guests', 'lastLit'],
    },
    retire: {
      label: { zh: '退役', en: 'Retire' },
      from: ['dark', 'lit'],
      to: 'retired',
      by: { 'duty-officer': 'area', 'county-clerk': 'area' },
      tone: 'danger',
      with: { reason: f.text({ label: { zh: '原因', en: 'Reason' }, max: 200 }) },
      related: { repairs: { record: 'repair', by: 'lamp', sees: [] } },
      guard: ({ related }) =>
        related.repairs?.some((r) => r.state === 'open')
          ? refuse('repair-open', { zh: '还有未完成的检修，请先完成。', en: 'A repair is still open; finish it first.' })
          : undefined,
    },
    storm: {
      label: { zh: '风暴', en: 'Storm' },
      from: ['lit', 'dark'],
      to: 'dark',
      by: { 'duty-officer': 'area' },
      follows: ({ act, after, today }) => [
        { record: 'repair', action: 'order', input: { lamp: act.recordId, what: `风暴后检修${after.name ?? ''}`, due: addDays(today, 3) } },
      ],
      settles: [],
    },
    // Told by several people in one night, it is repaired once.
    flood: {
      label: { zh: '进水', en: 'Flood' },
      from: ['lit', 'dark'],
      to: 'same',
      by: { 'town-clerk': 'area' },
      follows: ({ act, today }) => [
        {
          record: 'repair',
          recordId: derivedId(`flood/${act.recordId}/${today}`),
          once: true,
          action: 'order',
          input: { lamp: act.recordId, what: '进水检修', due: addDays(today, 3) },
        },
      ],
      settles: [],
    },
  },
  read: {
    'county-clerk': 'area',
    'town-clerk': 'area',
    'grid-worker': 'area',
    'duty-officer': 'area',
    leader: 'area',
    auditor: 'area',
    'agency-clerk': 'unit',
  },
  // Leaders and auditors hear of a lamp when it shines, its keepers' office when it stands.
  drafts: {
    states: ['dark'],
    read: { 'county-clerk': 'area', 'town-clerk': 'area', 'grid-worker': 'area', 'duty-officer': 'area', 'agency-clerk': 'unit' },
  },
  reveal: { 'duty-officer': 'area', 'county-clerk': 'area' },
  units: ['keeper', 'guests'],
  sealed: ['retired'],
  list: { columns: ['number', 'name', 'area', 'state', 'colour', 'candela'], filters: ['state', 'colour'], sort: 'number' },
})

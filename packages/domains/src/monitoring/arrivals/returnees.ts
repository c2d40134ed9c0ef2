import { type Cell, type DerivedColumn, type DerivedSheet, type JoinedRow, type Label, label, toExpression } from '@guatu/kernel'

const NONE = label('无', 'none')

const column = (zh: string, en: string, width: number, cell: (row: JoinedRow) => Cell): DerivedColumn => ({
  label: label(zh, en),
  width,
  cell,
})
const words = (row: JoinedRow, of: Label) => of[row.lang]
const text = (cell: Cell): string => (cell === null ? '' : String(cell))
const together = (row: JoinedRow, ...cells: readonly Cell[]): Cell =>
  cells
    .map(text)
    .filter((one) => one !== '')
    .join(row.lang === 'zh' ? '·' : ' · ') || null

/** The observation tells what was done; of one that was entered wrongly nothing is told but what the rule said. */
const observed = (row: JoinedRow): boolean => row.is('watch') && row.value('watch', 'state') !== 'void'
const of = (row: JoinedRow, field: string): Cell => row.cell(observed(row) ? 'watch' : 'row', field)
const read = (row: JoinedRow): boolean => observed(row) && row.value('watch', 'lastTemperature') !== undefined

/** A number says of which document it is where that is no ID; having none is an answer too. */
function document(row: JoinedRow): Cell {
  const [type, number] = [row.value('person', 'documentType'), row.cell('person', 'documentNumber')]
  if (type === undefined || type === 'nationalId') return number
  return [row.cell('person', 'documentType'), number].map(text).filter(Boolean).join(' ')
}

/** Signs of the last reading, before the first one those declared; without signs that says so, unasked stays empty. */
function symptoms(row: JoinedRow): Cell {
  const [seen, asked] = read(row)
    ? [row.cell('watch', 'lastSymptoms'), true]
    : [row.cell('row', 'symptoms'), row.value('row', 'temperature') !== undefined]
  return seen ?? (asked ? words(row, NONE) : null)
}

/** How and as what somebody is observed, where that is not as it should be also that. */
function control(row: JoinedRow): Cell {
  if (!observed(row)) {
    const measure = row.value('row', 'measure')
    return measure === undefined || measure === 'none'
      ? row.cell('row', 'measure')
      : together(row, row.cell('row', 'measure'), row.cell('row', 'class'))
  }
  const absent = row.value('watch', 'state') === 'absent'
  return together(row, row.cell('watch', 'kind'), row.cell('watch', 'class'), absent ? row.cell('watch', 'state') : null)
}

/** Where somebody lives is told of nobody whose identity was erased: a door would name them again. */
const home = (row: JoinedRow, cell: () => Cell): Cell => (row.value('person', 'state') === 'erased' ? null : cell())

/** The address that was given, else the door of the home, as on the notices. */
const address = (row: JoinedRow): Cell =>
  row.cell('person', 'address') ??
  home(row, () => (row.is('household') ? `${row.area('household')}${text(row.cell('household', 'door'))}` : null))

/** Days of the period; whoever is under no measure has none. */
const period = (field: 'from' | 'until') => (row: JoinedRow) =>
  observed(row) || row.value('row', 'measure') !== 'none' ? of(row, field) : null

/** The day of release, or how observation ended otherwise. */
function ended(row: JoinedRow): Cell {
  if (!observed(row)) return null
  const day = row.cell('watch', 'exitOn')
  return row.value('watch', 'state') === 'released' || day === null ? day : `${text(day)} ${text(row.cell('watch', 'state'))}`
}

/**
 * 排查台账, the register of people found on return that county and town offices keep (24 columns, docs/laws/monitoring.md): one row for each
 * declaration that stands.
 */
export const returnees: DerivedSheet = {
  name: 'returnees',
  label: label('排查台账', 'Register of returnees'),
  rows: toExpression({ state: ['declared', 'confirmed'] }),
  beside: {
    person: { record: 'person', at: [['row', 'person']] },
    watch: { record: 'watch', at: [['row', 'watch']] },
    // Whoever moved while observed took the observation along; what was declared goes before what the register knows.
    household: {
      record: 'household',
      at: [
        ['watch', 'household'],
        ['row', 'household'],
        ['person', 'household'],
      ],
    },
    building: { record: 'place', at: [['household', 'place']] },
    head: { record: 'person', by: 'household', of: 'household', where: toExpression({ relation: 'head', state: 'registered' }) },
  },
  columns: [
    column('网格', 'Grid', 18, (row) => row.area(...(row.value('person', 'state') === 'erased' ? [] : ['household', 'person']), 'row')),
    column('小区/楼栋', 'Estate or building', 12, (row) => home(row, () => row.cell('building', 'name'))),
    column('房号', 'Door', 12, (row) => home(row, () => row.cell('household', 'door'))),
    column('户主', 'Head of household', 9, (row) => home(row, () => row.cell('head', 'name'))),
    column('姓名', 'Name', 9, (row) => (row.is('person') ? row.cell('person', 'name') : row.cell('row', 'person'))),
    column('证件', 'Document', 21, document),
    column('职业', 'Occupation', 10, (row) => row.cell('person', 'occupation')),
    column('户籍', 'Registered home', 14, (row) => row.cell('person', 'origin')),
    column('现住址', 'Address', 18, address),
    column('电话', 'Phone', 14, (row) => row.cell('person', 'phone') ?? home(row, () => row.cell('household', 'phone'))),
    column('到达日期', 'Arrived on', 12, (row) => row.cell('row', 'arrivedOn')),
    column('来源地', 'From', 14, (row) => row.cell('row', 'origin')),
    column('途经', 'Through', 10, (row) => row.cell('row', 'via')),
    column('交通方式', 'Transport', 10, (row) => row.cell('row', 'transport')),
    column(
      '班次/车牌',
      'Service or plate',
      12,
      (row) => row.cell('row', 'transportNumber') ?? (row.value('row', 'transport') === 'car' ? row.cell('person', 'plate') : null),
    ),
    column('同行人', 'Travelling with', 12, (row) => row.cell('row', 'companions')),
    column('14天旅居/接触史', 'Stays and contacts of 14 days', 16, (row) => row.cell('row', 'history')),
    {
      ...column('体温', 'Temperature', 7, (row) => (read(row) ? row.cell('watch', 'lastTemperature') : row.cell('row', 'temperature'))),
      format: '0.0',
    },
    column('症状', 'Symptoms', 10, symptoms),
    column('管控类别', 'Measure and class', 16, control),
    column('起', 'From day', 12, period('from')),
    column('止', 'To day', 12, period('until')),
    column('包保责任人', 'Worker in charge', 14, (row) => (observed(row) ? row.cell('watch', 'worker') : null)),
    column('解除日', 'Released on', 12, ended),
  ],
}

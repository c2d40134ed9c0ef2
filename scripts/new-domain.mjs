// Makes a working domain in one folder: npm run new-domain -- waterworks --zh 供水 [--into FOLDER]
// The folder is packages/domains/src/<name>; the registry gets its line. Then: npm run draft-migration -- add-<name> && npm run generate
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [name = '', ...options] = process.argv.slice(2)
const option = (flag) => (options.includes(flag) ? options[options.indexOf(flag) + 1] : undefined)
const into = option('--into')
if (!/^[a-z][a-zA-Z]{2,30}$/.test(name)) {
  console.error(
    '请给出领域名：小写字母开头，3至31个英文字母，不含连字符、数字和空格，例如：npm run new-domain -- waterSupply\nName the domain with 3 to 31 letters, beginning with a small one, without hyphens, digits and spaces: npm run new-domain -- waterSupply',
  )
  process.exit(2)
}
const domains = into ? into : fileURLToPath(new URL('../packages/domains/src/', import.meta.url))
const folder = join(domains, name)
if (existsSync(folder)) {
  console.error(`已有领域“${name}”。 / The domain “${name}” exists already.`)
  process.exit(1)
}
const title = name[0].toUpperCase() + name.slice(1)
/** Its name in Chinese; one that is left out stands in English until somebody writes it. */
const zh = option('--zh') ?? title

const source = `import { count, defineDomain, defineRecord, erase, f } from '@guatu/kernel'

/** One thing that this domain keeps. Rename it, give it its fields, states and actions; everything else is derived. */
const ${name}Site = defineRecord({
  name: '${name}Site',
  label: { zh: '${zh}点位', en: '${title} site' },
  at: 'village',
  title: 'name',
  fields: {
    name: f.text({ label: { zh: '名称', en: 'Name' }, max: 80 }),
    keeper: f.unit({ label: { zh: '责任单位', en: 'Responsible unit' }, optional: true }),
    note: f.text({ label: { zh: '情况', en: 'Note' }, max: 500, multiline: true, optional: true }),
  },
  units: ['keeper'],
  states: { open: { zh: '启用', en: 'Open' }, closed: { zh: '停用', en: 'Closed' } },
  actions: {
    open: {
      label: { zh: '启用', en: 'Open' },
      from: 'new',
      to: 'open',
      by: { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' },
      needs: ['name'],
      takes: ['keeper', 'note'],
      tone: 'main',
    },
    close: {
      label: { zh: '停用', en: 'Close' },
      from: ['open'],
      to: 'closed',
      by: { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' },
      takes: ['note'],
    },
  },
  read: { 'town-clerk': 'area', 'county-clerk': 'area', 'agency-clerk': 'unit', 'duty-officer': 'area', leader: 'area', auditor: 'area' },
  list: { columns: ['name', 'area', 'state', 'keeper'], filters: ['state', 'keeper'], sort: 'name' },
})

export default defineDomain({
  name: '${name}',
  label: { zh: '${zh}', en: '${title}' },
  records: [erase(${name}Site)],
  indicators: {
    open: {
      label: { zh: '启用点位', en: 'Open sites' },
      value: count(${name}Site, { state: 'open' }),
      per: count(${name}Site),
      good: 'up',
    },
  },
})
`
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'index.ts'), source)

const registry = join(domains, 'registry.ts')
if (existsSync(registry)) {
  const before = readFileSync(registry, 'utf8')
  const imports = [...before.matchAll(/^import \w+ from '\.\/([^/]+)\/index\.ts'\n/gm)]
  const next = imports.find(([, path]) => path > name)
  const last = imports.at(-1)
  const at = next?.index ?? (last ? last.index + last[0].length : 0)
  const after = `${before.slice(0, at)}import ${name} from './${name}/index.ts'\n${before.slice(at)}`.replace(
    /(DOMAINS: readonly Domain\[\] = \[)([^\]]*)\]/,
    (_, head, list) => `${head}${list}, ${name}]`,
  )
  writeFileSync(registry, after)
}
console.log(`${folder}\n下一步 / next: npm run draft-migration -- add-${name.toLowerCase()} && npm run generate`)

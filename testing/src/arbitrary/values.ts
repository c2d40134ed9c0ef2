import { type Field, idCheckCharacter, type KindName } from '@guatu/kernel'
import fc from 'fast-check'

/** Characters that offices really write, and some that trouble parsers. */
const letters = fc.constantFrom(...'巴中市应急指挥部曾口镇abcXYZ0189 ·，。、（）%_\\\'"-=+@<>&')
const words = (max: number) =>
  fc
    .array(letters, { minLength: 1, maxLength: Math.min(max, 40) })
    .map((all) => all.join('').trim())
    .filter((one) => one.length > 0 && one === one.normalize())

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((one) => one.toISOString().slice(0, 10))
const digits = (n: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }).map((all) => all.join(''))
const places = (field: Field) => Math.round(-Math.log10(field.limits?.step ?? 1))

const exact = (field: Field) =>
  fc
    .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 999_999_999_999n }), digits(Math.max(places(field), 1)))
    .map(([minus, whole, fraction]) => {
      const text = places(field) > 0 ? `${whole}.${fraction}` : String(whole)
      return minus && /[1-9]/.test(text) ? `-${text}` : text
    })

/** Any value that a field may hold, limits included; by kind, so that a new kind does not compile until it is tested. */
const BY_KIND = {
  text: (field: Field) => words(field.limits?.max ?? 40),
  code: () => digits(6).map((n) => `DT-${n}`),
  choice: (field: Field) => fc.constantFrom(...Object.keys(field.options ?? {})),
  count: (field: Field) => fc.oneof(fc.constantFrom(0, field.limits?.max ?? 0), fc.integer({ min: 0, max: field.limits?.max ?? 10 })),
  decimal: exact,
  money: exact,
  date: () => fc.oneof(fc.constantFrom('1900-01-01', '2020-02-29', '2199-12-31'), day),
  moment: () => fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((one) => one.toISOString()),
  flag: () => fc.boolean(),
  area: () => fc.constantFrom('11a1', '11a2', '12a1'),
  person: () => fc.uuid(),
  record: () => fc.uuid(),
  account: () => fc.stringMatching(/^[a-z0-9._@-]{2,40}$/),
  actor: () =>
    fc.oneof(
      fc.constant('system'),
      fc.uuid().map((link) => `self ${link}`),
      fc.stringMatching(/^[A-Za-z0-9]{32}$/),
    ),
  unit: () => fc.constantFrom('harbour', 'hq-11'),
  phone: () =>
    fc.oneof(
      digits(9).map((n) => `13${n}`),
      digits(8).map((n) => `0827-${n.slice(1)}`),
    ),
  nationalId: () =>
    fc
      .tuple(digits(6), fc.date({ min: new Date('1900-01-01'), max: new Date('2019-12-31'), noInvalidDate: true }), digits(3))
      .map(([area, born, order]) => {
        const seventeen = `${area}${born.toISOString().slice(0, 10).replaceAll('-', '')}${order}`
        return seventeen + idCheckCharacter(seventeen)
      }),
  temperature: () => fc.integer({ min: 300, max: 450 }).map((tenths) => tenths / 10),
  file: () =>
    fc.record({
      hash: digits(64),
      name: words(30)
        .map((name) => name.replace(/[()]/g, ''))
        .filter((name) => name.trim() === name && name.length > 0),
      type: fc.constantFrom('image/jpeg', 'application/pdf'),
      size: fc.nat(),
    }),
  geoPoint: () =>
    fc.record({
      lon: fc.integer({ min: -180_000_000, max: 180_000_000 }).map((n) => n / 1e6),
      lat: fc.integer({ min: -90_000_000, max: 90_000_000 }).map((n) => n / 1e6),
    }),
  localizedText: () => fc.record({ zh: words(30).filter((t) => !t.includes('|')), en: words(30).filter((t) => !t.includes('|')) }),
  list: (field: Field) => fc.array(field.item ? valueOfField(field.item) : fc.constant(undefined), { maxLength: 5 }),
} satisfies Record<KindName, (field: Field) => fc.Arbitrary<unknown>>

export function valueOfField(field: Field): fc.Arbitrary<unknown> {
  return BY_KIND[field.kind](field)
}

import { f, type Label, type ParameterReader } from '@guatu/kernel'
import type { Allowed } from './allowed.ts'
import { type GateDecision, type GateKind, isListed, type Ruling } from './decide.ts'
import { ruleFor } from './line.ts'
import type { Checked } from './look.ts'

/** What the officer asked and measured. */
export interface Asked {
  readonly temperature: string
  readonly mask: boolean
  readonly origin: string
  readonly listed: boolean | undefined
  readonly home: boolean | undefined
  readonly local: boolean | undefined
  readonly through: boolean
  readonly refuses: boolean
  readonly courier: boolean
  /** One of those that the orders here exempt. */
  readonly trade: string | undefined
  readonly certificate: string
  readonly plate: string
  readonly travellers: string
  readonly destination: string | undefined
  /** Of somebody whom the register does not know. */
  readonly name: string
  readonly phone: string
}

export const NOTHING_ASKED: Asked = {
  temperature: '',
  mask: true,
  origin: '',
  listed: undefined,
  home: undefined,
  local: undefined,
  through: false,
  refuses: false,
  courier: false,
  trade: undefined,
  certificate: '',
  plate: '',
  travellers: '',
  destination: undefined,
  name: '',
  phone: '',
}

const measured = f.temperature({ label: { zh: '体温', en: 'Temperature' } })

/** What was typed as a temperature. Undefined while it is none, or one that no thermometer shows: nothing is decided by a slip of the finger. */
const degrees = (text: string): number | undefined => {
  const read = /^\d{2}(?:\.\d)?$/.test(text.trim()) ? Number(text) : undefined
  return read !== undefined && measured.schema.safeParse(read).success ? read : undefined
}

/** Is what was typed no temperature, and does it not become one by typing on? */
export const isSlip = (text: string): boolean => !/^(?:|\d|\d{2}\.)$/.test(text.trim()) && degrees(text) === undefined

/** What to do about one. */
export const SLIP: Label = {
  zh: '体温应在30到45之间，一位小数，例如36.5；请重新输入。',
  en: 'A temperature lies between 30 and 45, with one decimal, such as 36.5: type it again.',
}

const outcome = (checked: Checked | undefined): 'valid' | 'spent' | 'isolated' | 'invalid' | undefined => {
  if (checked?.observed) return 'isolated'
  const code = checked?.verdict?.code
  return code === undefined || code === 'valid' || code === 'spent' || code === 'isolated' ? code : 'invalid'
}

/** The crossing as it would be logged, without its decision. @param here names of the city and its counties */
export function crossingOf(
  gate: GateKind,
  direction: 'in' | 'out',
  asked: Asked,
  checked: Checked | undefined,
  rules: ParameterReader,
  here: readonly string[],
) {
  const road = gate === 'road'
  const temperature = degrees(asked.temperature)
  const listed = asked.listed ?? (asked.origin.trim() === '' ? undefined : isListed(asked.origin, rules))
  // Who says that they come from a place outside the city does not move within it; the reason says so, and the officer may say otherwise.
  const away = asked.origin.trim() !== '' && !here.some((name) => asked.origin.includes(name))
  const local = asked.local ?? (away ? false : undefined)
  const pass = outcome(checked)
  const certificate = asked.certificate.trim()
  const travellers = Number(asked.travellers)
  const plate = asked.plate.trim().toUpperCase() || checked?.plate
  // Who is registered with a home here need not be asked for it, nor where they go.
  const home = asked.home ?? (checked?.person?.household ? true : undefined)
  const destination = asked.destination ?? (road && direction === 'in' ? checked?.person?.area : undefined)
  return {
    gate,
    direction,
    ...(temperature === undefined ? {} : { temperature }),
    mask: asked.mask,
    ...(asked.refuses ? { refuses: true } : {}),
    ...(road ? { through: asked.through } : { courier: asked.courier }),
    ...(road || asked.trade === undefined ? {} : { trade: asked.trade }),
    ...(road && listed !== undefined ? { listed } : {}),
    ...(road && home !== undefined ? { home } : {}),
    ...(road && local !== undefined ? { local } : {}),
    ...(asked.origin.trim() === '' ? {} : { origin: asked.origin.trim() }),
    ...(certificate === '' ? {} : { certificate }),
    ...(plate === undefined || plate === '' ? {} : { plate }),
    ...(Number.isInteger(travellers) && travellers > 0 ? { travellers } : {}),
    ...(destination === undefined ? {} : { destination }),
    ...(pass === undefined ? {} : { checked: pass }),
    ...(checked?.number === undefined ? {} : { passNumber: checked.number }),
    ...(checked?.pass === undefined ? {} : { pass: checked.pass.id }),
    ...(checked?.person === undefined ? {} : { person: checked.person.id }),
  } as const
}

/**
 * Who has to be linked or registered when this is logged: whoever showed a document that is not a person of this gate's register, and whoever's
 * vehicle it is, where they are registered outside it.
 */
export function whoOf(asked: Asked, checked: Checked | undefined) {
  if (checked === undefined || checked.person !== undefined) return undefined
  if (checked.document === undefined)
    return checked.plate === undefined || checked.elsewhere === undefined ? undefined : { plate: checked.plate }
  const [name, phone, plate] = [asked.name.trim(), asked.phone.trim(), asked.plate.trim().toUpperCase()]
  return {
    document: checked.document,
    ...(name === '' ? {} : { name }),
    ...(phone === '' ? {} : { phone }),
    ...(plate === '' ? {} : { plate }),
  }
}

/** What the table says, or what has to be asked first. @param allowed by the orders over this gate */
export function rulingOf(
  crossing: ReturnType<typeof crossingOf>,
  rules: ParameterReader,
  allowed: Allowed,
): Ruling | { readonly ask: Label } {
  try {
    const ruling = ruleFor(crossing, rules, allowed)
    return ruling.ok ? ruling.value : { ask: ruling.problem.message }
  } catch (error) {
    if (error instanceof RangeError)
      return { ask: { zh: '本机还没有处置规则，请联网一次。', en: 'This device has no rules yet: go online once.' } }
    throw error
  }
}

/** How a decision looks from two metres away: a sign and a colour, never the colour alone. */
export const SIGNS: Readonly<Record<GateDecision, { readonly sign: string; readonly tone: string }>> = {
  pass: { sign: '✓', tone: 'go' },
  home: { sign: '⌂', tone: 'watch' },
  central: { sign: '▲', tone: 'watch' },
  clinic: { sign: '✚', tone: 'stop' },
  holding: { sign: '✚', tone: 'stop' },
  turnBack: { sign: '✕', tone: 'stop' },
}

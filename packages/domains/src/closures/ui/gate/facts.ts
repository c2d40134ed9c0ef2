import type { Label, ParameterReader } from '@guatu/kernel'
import { ruleFor } from '../../gate/crossing.ts'
import { type GateDecision, type GateKind, isListed, type Ruling } from '../../gate/decide.ts'
import type { Checked } from './use-gate.ts'

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
  readonly certificate: string
  readonly plate: string
  readonly travellers: string
  readonly destination: string | undefined
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
  certificate: '',
  plate: '',
  travellers: '',
  destination: undefined,
}

const degrees = (text: string): number | undefined => (/^\d{2}(?:\.\d)?$/.test(text.trim()) ? Number(text) : undefined)

const outcome = (checked: Checked | undefined): 'valid' | 'spent' | 'isolated' | 'invalid' | undefined => {
  if (!checked) return undefined
  const { code } = checked.verdict
  return code === 'valid' || code === 'spent' || code === 'isolated' ? code : 'invalid'
}

/** The crossing as it would be logged, without its decision. */
export function crossingOf(gate: GateKind, direction: 'in' | 'out', asked: Asked, checked: Checked | undefined, rules: ParameterReader) {
  const road = gate === 'road'
  const temperature = degrees(asked.temperature)
  const listed = asked.listed ?? (asked.origin.trim() === '' ? undefined : isListed(asked.origin, rules))
  const pass = outcome(checked)
  const certificate = asked.certificate.trim()
  const travellers = Number(asked.travellers)
  return {
    gate,
    direction,
    ...(temperature === undefined ? {} : { temperature }),
    mask: asked.mask,
    ...(asked.refuses ? { refuses: true } : {}),
    ...(road ? { through: asked.through } : { courier: asked.courier }),
    ...(road && listed !== undefined ? { listed } : {}),
    ...(road && asked.home !== undefined ? { home: asked.home } : {}),
    ...(road && asked.local !== undefined ? { local: asked.local } : {}),
    ...(asked.origin.trim() === '' ? {} : { origin: asked.origin.trim() }),
    ...(certificate === '' ? {} : { certificate }),
    ...(asked.plate.trim() === '' ? {} : { plate: asked.plate.trim().toUpperCase() }),
    ...(Number.isInteger(travellers) && travellers > 0 ? { travellers } : {}),
    ...(asked.destination === undefined ? {} : { destination: asked.destination }),
    ...(pass === undefined ? {} : { checked: pass }),
    ...(checked?.number === undefined ? {} : { passNumber: checked.number }),
    ...(checked?.id === undefined ? {} : { pass: checked.id }),
  } as const
}

/** What the table says, or what has to be asked first. */
export function rulingOf(crossing: ReturnType<typeof crossingOf>, rules: ParameterReader): Ruling | { readonly ask: Label } {
  try {
    const ruling = ruleFor(crossing, rules)
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

import { type Actor, type Command, derivedId } from '@guatu/kernel'
import type { Store } from '../../../store/store.ts'
import { CONTACTS } from '../anchors.ts'
import type { InventedCity } from '../city.ts'
import type { Village } from '../places.ts'
import { type Due, hash, hours, instantAt } from '../played.ts'
import type { Half, Reading } from './reading.ts'
import type { Stories } from './stories.ts'

/** Share of readings that are missed, reach the server only at night, are corrected. */
const MISSED = 0.03
const SENT_LATE = 0.02
const CORRECTED = 0.003
/** Share of readings that show a fever, that name a symptom without one, that say what is lacking at home. */
const FEVER = 0.0006
const SYMPTOM = 0.0003
const WISH = 0.001
/** Share of workers who write the same for everybody. */
const COPIERS = 0.02
const COPIED = 36.5
/** Up to here contacts stay well: they are released on the days that were published. */
const PUBLISHED = CONTACTS.at(-1)?.day ?? ''

const SIGNS = ['cough', 'throat', 'fatigue', 'diarrhoea', 'muscle'] as const
const WISHES = ['米面和蔬菜', '婴儿奶粉', '降压药', '垃圾袋'] as const

/** An observation as it stands in the morning. */
export interface Watched {
  readonly id: string
  readonly person: string
  readonly class: string
}

export const readingId = (watch: string, day: string, half: Half): string => derivedId(`reading ${watch} ${day} ${half}`)

/** The readings of a day: two of everybody, some missed, late, copied or wrong, a few with fever or signs. */
export class Readings {
  readonly #store: Pick<Store, 'settings'>
  readonly #city: InventedCity
  readonly #stories: Stories
  #reading = 0

  constructor(store: Pick<Store, 'settings'>, city: InventedCity, stories: Stories) {
    this.#store = store
    this.#city = city
    this.#stories = stories
  }

  /**
   * @param last the last half day on which they are read: whoever is released in the afternoon, or left at noon, is not read in the evening
   * @returns whether one of them sends to the clinic
   */
  *day(day: string, row: Watched, village: Village, last: Half): Generator<Due, boolean> {
    const feverFrom = this.#store.settings.at(day, village.path)<number>('monitoring.fever.from')
    let sick = false
    for (const half of ['morning', 'evening'] as const) {
      const k = this.#reading++
      if (half === 'evening' && last === 'morning') continue
      const told = this.#stories.reading(row.person, day, half)
      const reading = told === undefined ? this.#byChance(k, day, half, row, village, last) : told
      if (reading === null) continue
      sick ||= reading.input.temperature >= feverFrom || reading.input.symptoms !== undefined
      yield* this.#taken(day, half, row, this.#city.land.worker(village), reading)
    }
    return sick
  }

  /** Null where nobody was read. */
  #byChance(k: number, day: string, half: Half, row: Watched, village: Village, last: Half): Reading | null {
    const { chance } = this.#city
    const leaves = last === 'morning'
    const contact = row.class === 'contact'
    if (chance.at('missed', k) < MISSED && !contact && !leaves) return null
    const copier = chance.at('copier', hash(village.id)) < COPIERS
    const taken = half === 'morning' ? hours(7, 40) + chance.whole('taken', k, 110) : hours(17, 10) + chance.whole('taken', k, 120)
    // Whoever a story is told of falls ill as it says.
    const mayFall = (!contact || day > PUBLISHED) && !this.#stories.tells(row.person)
    const fever = mayFall && chance.at('fever', k) < FEVER
    const named = mayFall && (fever ? chance.at('fever signs', k) < 0.5 : chance.at('signs', k) < SYMPTOM)
    const ordinary = copier ? COPIED : Math.round((36 + chance.at('temperature', k) * 0.9) * 10) / 10
    const offline = !leaves && chance.at('offline', k) < SENT_LATE
    const at = copier ? (half === 'morning' ? hours(8) : hours(18)) : taken
    return {
      minute: at,
      // An offline phone sends in the evening what was read in the morning; the happening keeps its time.
      ...(offline ? { sent: Math.max(at + 4, hours(21, 30)) } : {}),
      input: {
        temperature: fever ? Math.round((37.3 + chance.at('how high', k) * 1.2) * 10) / 10 : ordinary,
        how: chance.at('how', k) < 0.7 ? 'worker' : 'phone',
        ...(named ? { symptoms: [chance.pick('sign', k, SIGNS)] } : {}),
        ...(chance.at('wish', k) < WISH ? { wants: chance.pick('wished', k, WISHES) } : {}),
      },
      ...(chance.at('corrected', k) < CORRECTED && !fever && !named && !offline ? { corrected: { temperature: 36.6, after: 30 } } : {}),
    }
  }

  *#taken(day: string, half: Half, row: Watched, actor: Actor, { minute, sent, input, corrected }: Reading): Generator<Due> {
    const id = readingId(row.id, day, half)
    const command: Command = {
      id,
      record: 'watch',
      recordId: row.id,
      action: 'check',
      happenedAt: instantAt(day, minute, this.#city.zone),
      input: { half, ...input },
    }
    const arrives = sent ?? minute + 4
    yield { minute: arrives, play: () => ({ actor, commands: [command] }) }
    if (!corrected) return
    const { temperature, after } = corrected
    yield { minute: arrives + after, play: () => ({ actor, commands: [correction(row.id, id, temperature)] }) }
  }
}

const correction = (recordId: string, event: string, temperature: number): Command => ({
  id: derivedId(`corrected ${event}`),
  record: 'watch',
  recordId,
  action: 'correct',
  input: { event, reason: '读数录错，重新核对', input: { temperature } },
})

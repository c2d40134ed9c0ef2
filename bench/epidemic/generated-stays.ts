/** Seeded stays of a large prefecture over four days: nights at home, workplaces, venues of very unequal size, bus trips with seats. */
import { type ContactRule, type Stays, seatCode } from '../../packages/analytics/src/epidemic/tracing/index.ts'

export interface GeneratedStays {
  readonly batches: Stays[]
  readonly people: number
  readonly places: number
  readonly placeKind: Uint8Array
  readonly count: number
}

export const contactRules: ContactRule[] = [
  { kind: 'household', minimalOverlap: 1 },
  { kind: 'workplace', minimalOverlap: 15 },
  { kind: 'venue', minimalOverlap: 10 },
  { kind: 'vehicle', minimalOverlap: 1, rowsApart: 3 },
]

/** Numerical Recipes' linear congruential generator on 32 bits: enough to spread people over places the same way every time. */
function createUniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

export function generateStays(people: number, count: number, seed: number): GeneratedStays {
  const uniform = createUniform(seed)
  const households = Math.ceil(people / 3)
  const workplaces = Math.ceil(people / 40)
  const venues = Math.ceil(people / 190)
  const trips = Math.ceil(people / 10)
  const places = households + workplaces + venues + trips
  const placeKind = new Uint8Array(places)
  placeKind.fill(1, households, households + workplaces)
  placeKind.fill(2, households + workplaces, households + workplaces + venues)
  placeKind.fill(3, households + workplaces + venues)
  const day = 1440
  const batches: Stays[] = []
  const batchSize = 5_000_000
  let written = 0
  while (written < count) {
    const rows = Math.min(batchSize, count - written)
    const batch = {
      person: new Uint32Array(rows),
      place: new Uint32Array(rows),
      start: new Int32Array(rows),
      end: new Int32Array(rows),
      seat: new Uint16Array(rows),
    }
    for (let row = 0; row < rows; row += 1) {
      const stay = written + row
      const person = stay % people
      const turn = Math.floor(stay / people)
      const today = (turn % 4) * day
      batch.person[row] = person
      if (turn < 4) {
        batch.place[row] = Math.floor(person / 3)
        batch.start[row] = today + 1200 + Math.floor(uniform() * 120)
        batch.end[row] = today + 1200 + 560 + Math.floor(uniform() * 120)
      } else if (turn < 8) {
        batch.place[row] = households + ((Math.imul(person, 2_654_435_761) >>> 0) % workplaces)
        batch.start[row] = today + 480 + Math.floor(uniform() * 60)
        batch.end[row] = today + 1000 + Math.floor(uniform() * 120)
      } else if (turn < 11) {
        batch.place[row] = households + workplaces + Math.floor(venues * uniform() ** 2)
        const from = today + 600 + Math.floor(uniform() * 600)
        batch.start[row] = from
        batch.end[row] = from + 10 + Math.floor(uniform() * 60)
      } else {
        const trip = Math.floor(uniform() * trips)
        batch.place[row] = households + workplaces + venues + trip
        const from = (trip % 4) * day + 420 + (trip % 600)
        batch.start[row] = from
        batch.end[row] = from + 40
        batch.seat[row] = seatCode(1 + Math.floor(uniform() * 12), Math.floor(uniform() * 4))
      }
    }
    batches.push(batch)
    written += rows
  }
  return { batches, people, places, placeKind, count }
}

/** Reader of CVRPLIB `.vrp` files (TSPLIB 95: plane distances or explicit ones, limits on the length of routes) and of their `.sol` files. */
import { demand as need } from '../../../outcome.ts'
import { readTsplib, readWeights, type TsplibFile } from './tsplib.ts'

/** A capacitated instance; place 0 is the depot. */
export interface CapacitatedInstance {
  readonly name: string
  readonly capacity: number
  readonly x: Float64Array
  readonly y: Float64Array
  readonly demand: Int32Array
}

export interface CvrplibInstance extends CapacitatedInstance {
  /** Length of the leg between two places, unrounded. */
  readonly leg: (from: number, to: number) => number
  /** How the file's kind of distance becomes whole: nearest for EUC_2D. */
  readonly round: (distance: number) => number
  /** Longest route, service included; absent without limit. */
  readonly longestRoute?: number
  /** Time at each place that counts towards the longest route. */
  readonly service: Float64Array
}

const rounding: Readonly<Record<string, (distance: number) => number>> = {
  EUC_2D: Math.round,
  MAN_2D: Math.round,
  MAX_2D: Math.round,
  CEIL_2D: Math.ceil,
  FLOOR_2D: Math.floor,
  EXPLICIT: Math.round,
}

/** Reads a `.vrp` text. @throws InputError when sections are missing or distances are of another kind. */
export function readCvrplib(text: string): CvrplibInstance {
  const file = readTsplib(text)
  const n = file.count('DIMENSION')
  const capacity = file.count('CAPACITY')
  const kind = (file.field('EDGE_WEIGHT_TYPE') ?? 'EUC_2D').toUpperCase()
  const round = rounding[kind]
  need(
    round !== undefined,
    'cvrplib-distances',
    `不支持 EDGE_WEIGHT_TYPE ${kind}；可读 ${Object.keys(rounding).join('、')}`,
    `EDGE_WEIGHT_TYPE ${kind} is not read; ${Object.keys(rounding).join(', ')} are`,
  )
  const { depot, place } = numbering(file, n)
  const demands = column(file, 'DEMAND', 2, n, place)[0] as Float64Array
  need(
    demands.every((amount, v) => Number.isInteger(amount) && amount >= 0 && (v > 0 || amount === 0)),
    'cvrplib-demand',
    `需求应为非负整数，车场（${depot}）应为 0`,
    `Demands must be whole and not negative, that of the depot (${depot}) 0`,
  )
  const stated = Number(file.field('SERVICE_TIME') ?? 0)
  const service =
    file.section('SERVICE_TIME') === undefined
      ? new Float64Array(n).fill(stated, 1)
      : (column(file, 'SERVICE_TIME', 2, n, place)[0] as Float64Array)
  const longest = Number(file.field('DISTANCE') ?? 0)
  const common = { name: file.field('NAME') ?? '', capacity, demand: Int32Array.from(demands), round, service }
  const limit = longest > 0 ? { longestRoute: longest } : {}
  if (kind === 'EXPLICIT') {
    const weights = readWeights(file, n)
    const order = [...place].sort(([a], [b]) => a - b)
    const back = new Int32Array(n)
    order.forEach(([, at], row) => {
      back[at] = row
    })
    const leg = (a: number, b: number) => weights[(back[a] as number) * n + (back[b] as number)] as number
    return { ...common, ...limit, ...landmarks(n, leg), leg }
  }
  const [x, y] = column(file, 'NODE_COORD', 3, n, place) as [Float64Array, Float64Array]
  const apart = (a: number, b: number): [number, number] => [
    Math.abs((x[a] as number) - (x[b] as number)),
    Math.abs((y[a] as number) - (y[b] as number)),
  ]
  const leg = (a: number, b: number) => {
    const [dx, dy] = apart(a, b)
    if (kind === 'MAN_2D') return dx + dy
    return kind === 'MAX_2D' ? Math.max(dx, dy) : Math.hypot(dx, dy)
  }
  return { ...common, ...limit, x, y, leg }
}

/** The depot and where each number of the file stands: the depot first, the others in the order of the demands. */
function numbering(file: TsplibFile, n: number): { depot: number; place: Map<number, number> } {
  const numbers = (file.section('DEMAND') ?? []).filter((_, k) => k % 2 === 0)
  need(
    numbers.length === n && new Set(numbers).size === n,
    'cvrplib-sections',
    `需求应有 ${n} 行（DIMENSION），编号不重复；实有 ${numbers.length} 行`,
    `DIMENSION asks for ${n} demands with different numbers; ${numbers.length} are there`,
  )
  const depots = (file.section('DEPOT') ?? [numbers[0] as number]).filter((number) => number >= 0)
  const depot = depots[0] ?? (numbers[0] as number)
  need(
    depots.length <= 1 && numbers.includes(depot),
    'cvrplib-depot',
    '应有且只有一个车场，且在需求表中',
    'There must be one depot, and it must be among the demands',
  )
  return { depot, place: new Map([depot, ...numbers.filter((number) => number !== depot)].map((number, at) => [number, at])) }
}

/** The columns after the number of a section, in the order of `place`. */
function column(file: TsplibFile, name: string, width: number, n: number, place: ReadonlyMap<number, number>): Float64Array[] {
  const numbers = file.section(name) ?? []
  need(
    numbers.length === width * n,
    'cvrplib-sections',
    `${name}_SECTION 的行数与 DIMENSION（${n}）不符`,
    `${name}_SECTION does not match DIMENSION (${n})`,
  )
  const columns = Array.from({ length: width - 1 }, () => new Float64Array(n))
  for (let row = 0; row < n; row++) {
    const number = numbers[row * width] as number
    const at = place.get(number)
    need(at !== undefined, 'cvrplib-node', `${name}_SECTION 中的 ${number} 没有需求行`, `${number} of ${name}_SECTION has no demand`)
    columns.forEach((values, k) => {
      values[at] = numbers[row * width + 1 + k] as number
    })
  }
  return columns
}

/** Stand-ins for coordinates where only distances are known: how far from the depot, and how far from the place farthest from it. */
function landmarks(n: number, leg: (a: number, b: number) => number): { x: Float64Array; y: Float64Array } {
  let far = 0
  for (let v = 1; v < n; v++) if (leg(0, v) > leg(0, far)) far = v
  return { x: Float64Array.from({ length: n }, (_, v) => leg(0, v)), y: Float64Array.from({ length: n }, (_, v) => leg(far, v)) }
}

/** Cost stated in a `.sol` text, if any. */
export function readSolutionCost(text: string): number | undefined {
  const cost = /^\s*Cost\s*:?\s+([\d.]+)/im.exec(text)?.[1]
  return cost === undefined ? undefined : Number(cost)
}

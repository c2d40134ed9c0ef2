/** Reader of CVRPLIB `.vrp` files (TSPLIB 95 format with EUC_2D distances rounded to integers) and their `.sol` files. */
import { demand as need } from '../../../outcome.ts'

/** A capacitated instance; place 0 is the depot. */
export interface CapacitatedInstance {
  readonly name: string
  readonly capacity: number
  readonly x: Float64Array
  readonly y: Float64Array
  readonly demand: Int32Array
}

/** Reads a `.vrp` text. @throws InputError when sections are missing or distances are of another kind. */
export function readCvrplib(text: string): CapacitatedInstance {
  const field = (name: string) => new RegExp(`^\\s*${name}\\s*:\\s*(.+?)\\s*$`, 'm').exec(text)?.[1]
  const section = (name: string, end: string) =>
    (new RegExp(`${name}_SECTION\\s+([\\s\\S]*?)${end}`).exec(text)?.[1] ?? '').trim().split(/\s+/).map(Number)
  need(field('EDGE_WEIGHT_TYPE') === 'EUC_2D', 'cvrplib-distances', '只支持 EUC_2D 距离', 'Only EUC_2D distances are read')
  const dimension = Number(field('DIMENSION'))
  const coordinates = section('NODE_COORD', 'DEMAND_SECTION')
  const demands = section('DEMAND', 'DEPOT_SECTION')
  need(
    coordinates.length === 3 * dimension && demands.length === 2 * dimension,
    'cvrplib-sections',
    '坐标或需求的行数与 DIMENSION 不符',
    'Coordinates or demands do not match DIMENSION',
  )
  const pick = (values: readonly number[], width: number, column: number) =>
    Float64Array.from({ length: dimension }, (_, k) => values[k * width + column] as number)
  return {
    name: field('NAME') ?? '',
    capacity: Number(field('CAPACITY')),
    x: pick(coordinates, 3, 1),
    y: pick(coordinates, 3, 2),
    demand: Int32Array.from(pick(demands, 2, 1)),
  }
}

/** Cost stated in a `.sol` text, if any. */
export function readSolutionCost(text: string): number | undefined {
  const cost = /^\s*Cost\s+([\d.]+)/im.exec(text)?.[1]
  return cost === undefined ? undefined : Number(cost)
}

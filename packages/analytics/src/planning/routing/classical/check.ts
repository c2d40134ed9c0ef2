/**
 * Checker of benchmark plans. Works from the coordinates of the file and shares no code with the search or its matrices.
 */

export interface CheckedCall {
  readonly customer: number
  readonly amount: number
}

export interface CheckInput {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly demand: Int32Array
  readonly capacity: number
  readonly vehicles: number
  /** Length of a leg from its Euclidean distance. */
  readonly measure: (distance: number) => number
  /** Length of the leg between two places where it does not follow from coordinates. */
  readonly legs?: (from: number, to: number) => number
  /** Times in units of `measure`; absent where there are no windows. */
  readonly windows?: { readonly ready: Int32Array; readonly due: Int32Array; readonly service: Int32Array }
  readonly routes: readonly (readonly CheckedCall[])[]
  readonly claimedCost: number
}

/** All faults found, empty for a correct plan. */
export function checkClassical(input: CheckInput): string[] {
  const faults: string[] = []
  const carried = new Map<number, number>()
  const plane = (a: number, b: number) =>
    input.measure(Math.hypot((input.x[a] as number) - (input.x[b] as number), (input.y[a] as number) - (input.y[b] as number)))
  const leg = input.legs ?? plane
  let cost = 0
  if (input.routes.length > input.vehicles) faults.push(`${input.routes.length} routes, ${input.vehicles} vehicles`)
  input.routes.forEach((route, r) => {
    const label = `route ${r + 1}`
    const load = route.reduce((sum, { amount }) => sum + amount, 0)
    if (route.length === 0) faults.push(`${label} is empty`)
    if (load > input.capacity) faults.push(`${label} carries ${load} of ${input.capacity}`)
    if (new Set(route.map(({ customer }) => customer)).size < route.length) faults.push(`${label} calls twice on one customer`)
    let here = 0
    let clock = input.windows?.ready[0] ?? 0
    for (const { customer, amount } of [...route, { customer: 0, amount: 0 }]) {
      cost += leg(here, customer)
      if (customer !== 0 && amount <= 0) faults.push(`${label} takes nothing from ${customer}`)
      carried.set(customer, (carried.get(customer) ?? 0) + amount)
      if (input.windows) {
        clock = Math.max(clock + leg(here, customer), input.windows.ready[customer] ?? 0)
        if (clock > (input.windows.due[customer] ?? 0)) faults.push(`${label} is late at ${customer}`)
        clock += input.windows.service[customer] ?? 0
      }
      here = customer
    }
  })
  for (let v = 1; v < input.x.length; v++)
    if ((carried.get(v) ?? 0) !== input.demand[v]) faults.push(`customer ${v} gets ${carried.get(v) ?? 0} of ${input.demand[v]}`)
  if (cost !== input.claimedCost) faults.push(`cost is ${cost}, not ${input.claimedCost}`)
  return faults
}

interface Counted {
  readonly values: Readonly<Record<string, string | number | boolean | null>>
  readonly count: number
}

/** Units by the share of accepted tasks that came in on time, the lowest first: whoever is behind is to be seen. Those without an accepted task follow, most open tasks first. */
export function rank(done: readonly Counted[], all: readonly Counted[]): { unit: string; onTime: number; done: number; open: number }[] {
  const units = new Map<string, { unit: string; onTime: number; done: number; open: number }>()
  const of = (unit: unknown) => {
    const key = String(unit)
    const known = units.get(key) ?? { unit: key, onTime: 0, done: 0, open: 0 }
    units.set(key, known)
    return known
  }
  for (const { values, count } of done) {
    const one = of(values.unit)
    one.done += count
    if (values.onTime === true) one.onTime += count
  }
  for (const { values, count } of all) if (values.light !== 'done') of(values.unit).open += count
  return [...units.values()].sort(
    (a, b) =>
      Number(b.done > 0) - Number(a.done > 0) || (a.done > 0 ? a.onTime / a.done - b.onTime / b.done || b.done - a.done : b.open - a.open),
  )
}

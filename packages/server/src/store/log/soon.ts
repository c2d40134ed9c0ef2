/** What is known already, or will be once it was asked for. Most of what an act looks at is known, and waiting for it would cost more than the look. */
export type Soon<T> = T | Promise<T>

/** Goes on at once with what is known, and with what is asked for when it is there. */
export const soon = <T, U>(value: Soon<T>, next: (value: T) => Soon<U>): Soon<U> =>
  value instanceof Promise ? value.then(next) : next(value)

/** The same for each of several, one after the other. */
export function soonEach<T, U>(all: readonly T[], next: (one: T) => Soon<U>): Soon<readonly U[]> {
  const out: U[] = []
  for (const [i, one] of all.entries()) {
    const made = next(one)
    if (made instanceof Promise) return rest(out, made, all.slice(i + 1), next)
    out.push(made)
  }
  return out
}

async function rest<T, U>(out: U[], first: Promise<U>, all: readonly T[], next: (one: T) => Soon<U>): Promise<readonly U[]> {
  out.push(await first)
  for (const one of all) out.push(await next(one))
  return out
}

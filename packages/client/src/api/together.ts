interface Answer<T> {
  readonly data: T | undefined
  readonly error: Error | null
  readonly isError: boolean
  refetch(): unknown
}

/**
 * Several questions as one: their answers in order when all are there. As long as one is on the way or failed there is none of any,
 * so that nothing unknown is shown as 0. An error beside the answers says that they could not be read anew.
 */
export function together<T>(answers: readonly Answer<T>[]) {
  const data = answers.flatMap((one) => (one.data === undefined ? [] : [one.data]))
  const whole = data.length === answers.length
  return {
    data: whole ? data : undefined,
    error: answers.find((one) => one.isError)?.error ?? null,
    isPending: !whole,
    refetch: () => Promise.all(answers.filter((one) => one.isError).map((one) => one.refetch())),
  }
}

/** The answer to this very question: what stands in from the question before, of another day or place, is none. */
export const itsOwn = <T, Q extends { readonly data: T | undefined; readonly isPlaceholderData: boolean }>(query: Q): Q =>
  query.isPlaceholderData ? { ...query, data: undefined } : query

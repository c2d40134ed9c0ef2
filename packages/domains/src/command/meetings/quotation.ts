/** A quotation and its place in the communiqué: offsets in UTF-16 code units. */
export interface Place {
  readonly quote: unknown
  readonly start: unknown
  readonly end: unknown
}

/** Whether the quotation is exactly the text between its places. */
export const isQuoted = (text: string, { quote, start, end }: Partial<Place>): boolean =>
  typeof start === 'number' && typeof end === 'number' && start < end && end <= text.length && text.slice(start, end) === quote

/** Characters from which a text in the form of data is a document that the program keeps, not a value that somebody wrote. */
const LONG = 200

/** A document that the program keeps whole is no fact to read; its own page shows it. */
export const isDocument = (value: unknown): boolean => typeof value === 'string' && value.length > LONG && /^[[{]"/.test(value)

/** `documentNumber` → `document_number`: names in code and names in the database. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)

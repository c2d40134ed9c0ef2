/** The engine behind a database. Both speak the same SQL; code may not branch on this except for what only one of them needs. */
export type Engine = 'pglite' | 'postgres'

import type { RawBuilder } from 'kysely'
import type { Database } from '../database/index.ts'

/** The rows of one of few questions that come again and again: it is planned once, so its text must not grow with what is asked for. */
export function planned<Row>({ kysely, read }: Pick<Database<unknown>, 'kysely' | 'read'>, question: RawBuilder<Row>): Promise<Row[]> {
  const { sql, parameters } = question.compile(kysely)
  return read<Row>(sql, parameters)
}

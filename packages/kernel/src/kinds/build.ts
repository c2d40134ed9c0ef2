import type * as z from 'zod'
import type { Label } from '../label.ts'
import { no, ok, problem, type Result } from '../problem.ts'
import type { Cell, Field, FieldOptions, KindName, Surroundings } from './field.ts'
import { ERASED, UNSEEN } from './unseen.ts'

/** What a kind must say for itself; the rest has a meaning that is right for plain texts and can be overridden. */
export interface KindAnswers<T>
  extends Partial<
    Omit<Field<T>, 'kind' | 'schema' | 'label' | 'hint' | 'optional' | 'sensitive' | 'find' | 'fromCell' | 'fromForm' | 'why'>
  > {
  /** Made when it is first asked for: a phone opens with hundreds of fields and reads few. */
  readonly schema: () => z.ZodType<T>
  readonly column: Field<T>['column']
  /** Reads what a person typed into a cell or an input; already trimmed and in half-width form. */
  read(written: string, at: Surroundings): T | undefined
  /** Words are kept as written; everything else is read in half-width form. */
  readonly asWritten?: boolean
  /** Why `read` found nothing, e.g. "a whole number such as 12". */
  readonly expects: Label
  /** What is wrong with this very value, where the kind can say more than what it expects. */
  wrong?(value: unknown): Label | undefined
  /** Cells that are not text (numbers, dates, flags), if the kind can take them. */
  readCell?(cell: Exclude<Cell, string | null>, at: Surroundings): T | undefined
}

/** Full-width digits, letters and signs become half-width; spaces of all sorts are trimmed. */
export function halfWidth(written: string): string {
  return written
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\ufeff\u200b]/g, ' ')
    .trim()
}

export function buildField<T, const O extends boolean, K extends KindName>(
  kind: K,
  options: FieldOptions & { readonly optional?: O },
  answers: KindAnswers<T>,
): Field<T, O, K> {
  const { column, readCell } = answers
  const foundAs = options.foundAs ?? answers.foundAs
  let made: z.ZodType<T> | undefined
  const schema = () => {
    made ??= answers.schema()
    return made
  }
  const invalid = (why: Label) => no(problem('invalid', { field: options.label, why }))
  const why = (value: unknown) => answers.wrong?.(value) ?? answers.expects
  const checked = (value: T | undefined): Result<T> => {
    if (value === undefined) return invalid(answers.expects)
    if (answers.plainly?.(value)) return ok(value)
    const parsed = schema().safeParse(value)
    return parsed.success ? ok(parsed.data) : invalid(why(value))
  }
  const fromText = (text: string, at: Surroundings): Result<T> => {
    const written = answers.asWritten ? text.trim() : halfWidth(text)
    return written === '' ? no(problem('required', { field: options.label })) : checked(answers.read(written, at))
  }
  const asText = (value: T) => String(value)
  const { toCell = asText, view = asText, mask = () => '***' } = answers
  const erased = (value: unknown) => options.sensitive === true && value === ERASED
  return {
    kind,
    label: options.label,
    ...(options.hint ? { hint: options.hint } : {}),
    optional: (options.optional ?? false) as O,
    sensitive: options.sensitive ?? false,
    ...(options.find ? { find: options.find } : {}),
    ...(foundAs ? { foundAs } : {}),
    get schema() {
      return schema()
    },
    ...(answers.plainly ? { plainly: answers.plainly } : {}),
    why,
    column,
    toColumn: answers.toColumn ?? ((value) => value),
    // What stands in a column was checked when it came in, and may be older than today's limits and options.
    fromColumn: answers.fromColumn ?? ((raw) => raw as T),
    toCell: (value, at) => (erased(value) ? UNSEEN.erased[at.lang] : toCell(value, at)),
    toForm: answers.toForm ?? answers.view ?? asText,
    view: (value, at) => (erased(value) ? UNSEEN.erased[at.lang] : view(value, at)),
    search: answers.search ?? (() => []),
    // What is gone needs no mask, and a masked mark would be taken for a name.
    mask: (value) => (erased(value) ? ERASED : mask(value)),
    fromForm: fromText,
    fromCell: (cell, at) => {
      if (cell === null) return no(problem('required', { field: options.label }))
      if (typeof cell === 'string') return fromText(cell, at)
      // A sheet may hold a date that is none, such as a day 0.
      if (cell instanceof Date && Number.isNaN(cell.getTime())) return invalid(answers.expects)
      if (readCell) return checked(readCell(cell, at))
      return fromText(cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell), at)
    },
    ...(answers.options ? { options: answers.options } : {}),
    ...(answers.of ? { of: answers.of } : {}),
    ...(answers.government ? { government: true } : {}),
    ...(answers.item ? { item: answers.item } : {}),
    ...(answers.limits ? { limits: answers.limits } : {}),
  }
}

export type Options<O extends boolean, Extra = unknown> = FieldOptions & { readonly optional?: O } & Extra

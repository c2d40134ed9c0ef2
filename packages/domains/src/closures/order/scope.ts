import { dayOf, type InPlace, type Places, type RecordState } from '@guatu/kernel'

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

/** City day from which an order closes what it names; undefined where it does not say yet. */
export const startDay = ({ start }: Readonly<Record<string, unknown>>, zone: string): string | undefined =>
  typeof start === 'string' ? dayOf(Temporal.Instant.from(start), zone) : undefined

/** Where on a day that lies which an order closes by its areas, as they were when it began: a reform changes no order, and none escapes by one. */
export const areasClosed = (fields: Readonly<Record<string, unknown>>, places: Places, day: string, zone: string): readonly InPlace[] =>
  places.inPlaceOf(texts(fields.areas), day, startDay(fields, zone))

/** The same, or where the order stands where it names no area. */
export const landClosed = (
  { area, fields }: Pick<RecordState, 'area' | 'fields'>,
  places: Places,
  day: string,
  zone: string,
): readonly InPlace[] => (texts(fields.areas).length > 0 ? areasClosed(fields, places, day, zone) : places.inPlaceOf([area], day))

/** A name in both languages. Chinese is the language of the office, English is complete. */
export interface Label {
  readonly zh: string
  readonly en: string
}
export type Lang = keyof Label

export const label = (zh: string, en: string): Label => ({ zh, en })

/** A number with its noun in English, where one of a thing is not some of it: “1 reminder”, “2 reminders”, “2 people”. */
export const counted = (n: number, one: string, some = `${one}s`): string => `${n} ${n === 1 ? one : some}`

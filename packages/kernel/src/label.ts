/** A name in both languages. Chinese is the language of the office, English is complete. */
export interface Label {
  readonly zh: string
  readonly en: string
}
export type Lang = keyof Label

export const label = (zh: string, en: string): Label => ({ zh, en })

/** Fills `{name}` placeholders in both languages; a value that is itself a label speaks the language of its sentence. */
export function fill(template: Label, values: Readonly<Record<string, string | number | Label>>): Label {
  const into = (lang: Lang) =>
    template[lang].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      if (value === undefined) return whole
      return typeof value === 'object' ? value[lang] : String(value)
    })
  return { zh: into('zh'), en: into('en') }
}

import type { Label, Lang } from '@guatu/kernel'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'

interface Speech {
  readonly lang: Lang
  setLang(lang: Lang): void
  /** The label in the reader's language. */
  t(label: Label): string
}

const Context = createContext<Speech>({ lang: 'zh', setLang: () => undefined, t: (label) => label.zh })
const KEY = 'guatu.lang'

const remembered = (): Lang => {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh'
  }
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(remembered)
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
    try {
      localStorage.setItem(KEY, lang)
    } catch {
      // A browser that keeps nothing still works; it only forgets the language.
    }
  }, [lang])
  const speech = useMemo<Speech>(() => ({ lang, setLang, t: (label) => label[lang] }), [lang])
  return <Context.Provider value={speech}>{children}</Context.Provider>
}

export const useSpeech = (): Speech => useContext(Context)

/** Words in both languages, side by side where they are used. */
export const w = (zh: string, en: string): Label => ({ zh, en })

import { createContext, type ReactNode, use, useMemo, useState } from 'react'

interface Sending {
  /** Files of this form that are on their way. */
  readonly files: number
  /** Tells of one more, or one fewer. */
  change(by: 1 | -1): void
}

const Files = createContext<Sending>({ files: 0, change: () => undefined })

/** Around a form: it is not sent off while a file that belongs to it is still on its way. */
export function WaitsForFiles({ children }: { readonly children: ReactNode }) {
  const [files, setFiles] = useState(0)
  const value = useMemo(() => ({ files, change: (by: 1 | -1) => setFiles((before) => before + by) }), [files])
  return <Files value={value}>{children}</Files>
}

export const useSending = (): Sending => use(Files)

import type { ReactNode } from 'react'

/** What is wrong and what to do, read out as it appears. */
export const Wrong = ({ children }: { readonly children: ReactNode }) => (
  <p className="wrong" role="alert">
    {children}
  </p>
)

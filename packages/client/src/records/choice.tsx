import { Button } from 'antd'
import type { ReactNode } from 'react'

/** One of several that stand side by side, of which one is chosen. */
export function Choice({ chosen, onChoose, children }: { readonly chosen: boolean; readonly children: ReactNode; onChoose(): void }) {
  return (
    <Button size="small" type={chosen ? 'primary' : 'default'} aria-pressed={chosen} onClick={onChoose}>
      {children}
    </Button>
  )
}

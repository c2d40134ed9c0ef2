import { Button, type ButtonProps, Dropdown, type MenuProps } from 'antd'
import { type ReactNode, useRef, useState } from 'react'

interface Props {
  readonly items: NonNullable<MenuProps['items']>
  readonly selected?: readonly string[]
  /** What an entry does; one that is a link of its own only when it is chosen by keyboard. */
  onChoose(key: string): void
  readonly button: Omit<ButtonProps, 'onClick' | 'onKeyDown'>
  readonly children?: ReactNode
}

/**
 * A button with a menu that opens by click, tap, Enter, Space and the arrow down, and closes by Escape; the focus goes into it and comes back. Hovering
 * opens nothing: a finger does not hover.
 */
export function MenuButton({ items, selected = [], onChoose, button, children }: Props) {
  const [open, setOpen] = useState(false)
  const own = useRef<HTMLButtonElement>(null)
  return (
    <Dropdown
      trigger={['click']}
      open={open}
      onOpenChange={(next) => {
        if (!next) own.current?.focus()
        setOpen(next)
      }}
      autoFocus
      menu={{
        items,
        selectedKeys: [...selected],
        onClick: ({ key, domEvent }) => {
          // The key that chooses is not pressed a second time on the button that it leads back to.
          if (domEvent.type === 'keydown') domEvent.preventDefault()
          own.current?.focus()
          setOpen(false)
          if (domEvent.type === 'keydown' || !(domEvent.target instanceof Element && domEvent.target.closest('a'))) onChoose(key)
        },
      }}
    >
      <Button
        {...button}
        ref={own}
        aria-haspopup="menu"
        aria-expanded={open}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return
          event.preventDefault()
          setOpen(true)
        }}
      >
        {children}
      </Button>
    </Dropdown>
  )
}

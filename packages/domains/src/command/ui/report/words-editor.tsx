import { type HTMLAttributes, useLayoutEffect, useRef } from 'react'
import { type Piece, piecesOf } from '../../report/index.ts'

/** A figure as a chip shows it. */
export interface Chip {
  readonly text: string
  /** What it would be today, where that is different. */
  readonly now?: string
}

interface Props {
  readonly words: string
  readonly chips: ReadonlyMap<string, Chip>
  readonly editable: boolean
  readonly label: string
  onSave(words: string): void
  onFigure(id: string): void
}

/** Words with their figures as locked chips: the words can be typed into, a chip can only be moved over or taken out whole. */
export function WordsEditor({ words, chips, editable, label, onSave, onFigure }: Props) {
  const box = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    box.current?.replaceChildren(...piecesOf(words).map((piece) => nodeOf(piece, chips)))
  }, [words, chips])
  // A text box of its own making: the element that has this role cannot hold locked figures among its words.
  const field: HTMLAttributes<HTMLSpanElement> = {
    role: 'textbox',
    'aria-multiline': true,
    'aria-label': label,
    'aria-readonly': !editable,
    tabIndex: 0,
    contentEditable: editable,
    suppressContentEditableWarning: true,
    onBlur: () => {
      const next = box.current ? wordsOf(box.current) : words
      if (next !== words) onSave(next)
    },
    onClick: (e) => {
      const id = (e.target as HTMLElement).closest<HTMLElement>('[data-figure]')?.dataset.figure
      if (id !== undefined) onFigure(id)
    },
    onKeyDown: (e) => {
      if (e.key !== 'Enter' || e.nativeEvent.isComposing) return
      e.preventDefault()
      box.current?.blur()
    },
    onPaste: (e) => {
      // Only words come in: neither layout nor chips of another paragraph.
      e.preventDefault()
      insert(e.clipboardData.getData('text/plain'))
    },
    onDrop: (e) => e.preventDefault(),
  }
  return <span ref={box} className="words" {...field} />
}

/** Puts pasted words where the cursor stands, on one line and without what only figures may look like. */
function insert(pasted: string) {
  const selection = window.getSelection()
  if (!selection?.rangeCount) return
  const range = selection.getRangeAt(0)
  range.deleteContents()
  range.insertNode(document.createTextNode(pasted.replace(/\s*\n\s*/g, '').replace(/[{}]/g, '')))
  range.collapse(false)
}

function nodeOf(piece: Piece, chips: ReadonlyMap<string, Chip>): Node {
  if ('text' in piece) return document.createTextNode(piece.text)
  const chip = chips.get(piece.figure)
  const node = document.createElement('span')
  node.className = chip?.now === undefined ? 'figure' : 'figure figure-changed'
  node.contentEditable = 'false'
  node.dataset.figure = piece.figure
  node.textContent = chip?.text ?? '—'
  if (chip?.now !== undefined) node.title = chip.now
  return node
}

/** What stands in the box, figures as `{f1}` again; braces that somebody typed are no figures. */
function wordsOf(box: HTMLElement): string {
  return [...box.childNodes]
    .map((node) => {
      const id = node instanceof HTMLElement ? node.dataset.figure : undefined
      return id === undefined ? (node.textContent ?? '').replace(/[{}]/g, '') : `{${id}}`
    })
    .join('')
}

import { useSpeech, w } from '@guatu/client'
import { App } from 'antd'
import { type HTMLAttributes, useEffect, useLayoutEffect, useRef } from 'react'
import { keepsFigures, type Piece, piecesOf } from '../../report/index.ts'

/** A figure as a chip shows it. */
export interface Chip {
  readonly text: string
  /** What it would be today, where that is different. */
  readonly now?: string
}

interface Props {
  readonly words: string
  /** Figures of the paragraph, in the order in which they were frozen. */
  readonly figures: readonly string[]
  readonly chips: ReadonlyMap<string, Chip>
  readonly editable: boolean
  readonly label: string
  onSave(words: string): void
  onFigure(id: string): void
}

/** Words with their figures as locked chips: the words around them are edited, a chip goes only with everything else of its paragraph. */
export function WordsEditor({ words, figures, chips, editable, label, onSave, onFigure }: Props) {
  const { t } = useSpeech()
  const { message } = App.useApp()
  const box = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    box.current?.replaceChildren(...piecesOf(words).map((piece) => nodeOf(piece, chips)))
  }, [words, chips])
  useEffect(() => {
    const element = box.current
    if (!element) return
    const keep = (event: InputEvent) => {
      if (event.getTargetRanges().some((range) => takesFigures(element, range))) event.preventDefault()
    }
    element.addEventListener('beforeinput', keep)
    return () => element.removeEventListener('beforeinput', keep)
  }, [])
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
      if (keepsFigures(figures, words, next)) {
        if (next !== words) onSave(next)
        return
      }
      // An input method may write over what is selected without asking.
      box.current?.replaceChildren(...piecesOf(words).map((piece) => nodeOf(piece, chips)))
      void message.warning(
        t(
          w(
            '数字须原样保留，已恢复为修改前的文字；不需要这一段时，请全选后删空。',
            'Figures stay as they are: the words are back as they were. To leave the paragraph out, select all of it and delete.',
          ),
        ),
      )
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
      if (box.current) insert(box.current, e.clipboardData.getData('text/plain'))
    },
    onDrop: (e) => e.preventDefault(),
  }
  return <span ref={box} className="words" {...field} />
}

/** Would writing here take a figure away while other words of the paragraph stay? */
function takesFigures(box: HTMLElement, { startContainer, startOffset, endContainer, endOffset }: AbstractRange): boolean {
  const range = document.createRange()
  range.setStart(startContainer, startOffset)
  range.setEnd(endContainer, endOffset)
  if (range.collapsed) return false
  const chips = [...box.querySelectorAll('[data-figure]')]
  return chips.some((chip) => range.intersectsNode(chip)) && range.toString() !== box.textContent
}

/** Puts pasted words where the cursor stands, on one line and without what only figures may look like. */
function insert(box: HTMLElement, pasted: string) {
  const selection = window.getSelection()
  if (!selection?.rangeCount) return
  const range = selection.getRangeAt(0)
  if (takesFigures(box, range)) return
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

import { counted, cutAtFigures, figuresOf, keepsFigures, type Lang, type Piece, withFigures } from '@guatu/kernel'
import { App, Button } from 'antd'
import { type HTMLAttributes, useEffect, useLayoutEffect, useRef } from 'react'
import { useSpeech, w } from '../shell/language.tsx'
import './figured-words.css'

/** A figure as a chip shows it. */
export interface Chip {
  readonly text: string
  /** What it would be today, where that is different. */
  readonly now?: string
  /** What is counted, where the words beside it do not say. */
  readonly name?: string
}

interface Props {
  /** Figures stand in them as `{name}`, with a chip for each name. */
  readonly words: string
  /** Figures of the paragraph, in the order in which they were frozen. */
  readonly figures: readonly string[]
  readonly chips: ReadonlyMap<string, Chip>
  readonly editable: boolean
  readonly label: string
  /** A figure may be deleted by itself; otherwise it goes only with everything else of its paragraph. */
  readonly loose?: boolean
  /** Holds several paragraphs: Enter begins another one. */
  readonly paragraphs?: boolean
  /** Told every change. */
  onChange?(words: string): void
  /** Told what the words became when they are left. */
  onSave?(words: string): void
  onFigure?(id: string): void
}

/** Words with their figures as locked chips: the words around them are edited, a chip is never typed over. */
export function FiguredWords({ words, figures, chips, editable, label, loose, paragraphs, onChange, onSave, onFigure }: Props) {
  const { t } = useSpeech()
  const { message } = App.useApp()
  const box = useRef<HTMLSpanElement>(null)
  /** What stands in the box, as far as it was taken over. */
  const taken = useRef(words)
  const drawn = useRef<ReadonlyMap<string, Chip>>(undefined)
  const isFigure = (name: string) => chips.has(name)
  useLayoutEffect(() => {
    taken.current = words
    if (!box.current || (drawn.current === chips && wordsOf(box.current) === words)) return
    drawn.current = chips
    draw(box.current, words, chips)
  }, [words, chips])
  useEffect(() => {
    const element = box.current
    if (!element) return
    const keep = (event: InputEvent) => {
      // Only figures stand in braces, and they come as chips.
      if (/[{}]/.test(event.data ?? '')) event.preventDefault()
      const deleting = loose === true && event.inputType.startsWith('delete')
      if (!deleting && event.getTargetRanges().some((range) => takesFigures(element, range))) event.preventDefault()
    }
    element.addEventListener('beforeinput', keep)
    return () => element.removeEventListener('beforeinput', keep)
  }, [loose])
  const take = (deleting: boolean) => {
    if (!box.current) return
    const next = wordsOf(box.current)
    const kept = loose
      ? deleting || figuresOf(next, isFigure).join() === figuresOf(taken.current, isFigure).join()
      : keepsFigures(figures, taken.current, next, isFigure)
    if (kept) {
      if (next !== taken.current) onChange?.(next)
      taken.current = next
      return
    }
    // An input method may write over what is selected without asking.
    draw(box.current, taken.current, chips)
    void message.warning(
      t(
        w(
          '数字须原样保留，已恢复为修改前的文字；不需要这一段时，请全选后删空。',
          'Figures stay as they are: the words are back as they were. To leave the paragraph out, select all of it and delete.',
        ),
      ),
    )
  }
  // A text box of its own making: the element that has this role cannot hold locked figures among its words.
  const field: HTMLAttributes<HTMLSpanElement> = {
    role: 'textbox',
    'aria-multiline': true,
    'aria-label': label,
    'aria-readonly': !editable,
    tabIndex: 0,
    contentEditable: editable,
    suppressContentEditableWarning: true,
    onInput: (e) => {
      const { isComposing, inputType } = e.nativeEvent as InputEvent
      if (!isComposing) take(inputType.startsWith('delete'))
    },
    onCompositionEnd: () => take(false),
    onBlur: () => {
      take(false)
      if (taken.current !== words) onSave?.(taken.current)
    },
    onClick: (e) => {
      const id = (e.target as HTMLElement).closest<HTMLElement>('[data-figure]')?.dataset.figure
      if (id !== undefined) onFigure?.(id)
    },
    onKeyDown: (e) => {
      if (e.key !== 'Enter' || e.nativeEvent.isComposing) return
      e.preventDefault()
      if (!paragraphs) box.current?.blur()
      else if (box.current) insert(box.current, '\n')
      take(false)
    },
    onPaste: (e) => {
      // Only words come in: neither layout nor chips of another paragraph.
      e.preventDefault()
      const pasted = e.clipboardData.getData('text/plain').replaceAll('\r', '')
      if (box.current) insert(box.current, (paragraphs ? pasted : pasted.replace(/\s*\n\s*/g, '')).replace(/[{}]/g, ''))
      take(false)
    },
    onDrop: (e) => e.preventDefault(),
  }
  return <span ref={box} className={paragraphs ? 'words words-paragraphs' : 'words'} {...field} />
}

/** Puts back the figures that were taken out of words, each behind the one it was frozen behind; nothing where none is missing. */
export function PutBack(props: {
  readonly words: string
  readonly figures: readonly string[]
  /** What each figure is called, in the language of the words. */
  readonly names: ReadonlyMap<string, string>
  /** Language of the words. */
  readonly lang: Lang
  onWords(words: string): void
}) {
  const { words, figures, names, lang, onWords } = props
  const { t } = useSpeech()
  const standing = figuresOf(words, (name) => figures.includes(name))
  const out = figures.filter((id) => !standing.includes(id))
  if (out.length === 0) return null
  const named = (id: string, place: string) => `${names.get(id) ?? ''}${lang === 'zh' ? '' : ' '}${place}`
  return (
    <Button size="small" onClick={() => onWords(withFigures(figures, words, { named, comma: lang === 'zh' ? '，' : ', ' }))}>
      {t({ zh: `放回本段的${out.length}个数字`, en: `Put back ${counted(out.length, 'figure', 'figures')}` })}
    </Button>
  )
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

/** Puts words where the cursor stands. */
function insert(box: HTMLElement, words: string) {
  const selection = window.getSelection()
  if (!selection?.rangeCount) return
  const range = selection.getRangeAt(0)
  if (takesFigures(box, range)) return
  range.deleteContents()
  range.insertNode(document.createTextNode(words))
  range.collapse(false)
  // A line that is begun at the end is there for the eye only with something behind it.
  if (words.endsWith('\n') && !box.textContent?.slice(lengthTo(box, range))) box.append(document.createTextNode('\n'))
}

/** How much text stands in the box before a place. */
function lengthTo(box: HTMLElement, place: Range): number {
  const before = document.createRange()
  before.selectNodeContents(box)
  before.setEnd(place.startContainer, place.startOffset)
  return before.toString().length
}

const draw = (box: HTMLElement, words: string, chips: ReadonlyMap<string, Chip>) =>
  box.replaceChildren(...cutAtFigures(words, (name) => chips.has(name)).map((piece) => nodeOf(piece, chips)))

function nodeOf(piece: Piece, chips: ReadonlyMap<string, Chip>): Node {
  if ('text' in piece) return document.createTextNode(piece.text)
  const chip = chips.get(piece.figure)
  const node = document.createElement('span')
  node.className = chip?.now === undefined ? 'figure' : 'figure figure-changed'
  node.contentEditable = 'false'
  node.dataset.figure = piece.figure
  node.textContent = chip?.text ?? '—'
  const title = chip?.now ?? chip?.name
  if (title !== undefined) node.title = title
  return node
}

/** What stands in the box, figures as `{f1}` again; braces that somebody typed are no figures. */
function wordsOf(box: HTMLElement): string {
  return [...box.childNodes]
    .map((node) => {
      if (node instanceof HTMLBRElement) return '\n'
      const id = node instanceof HTMLElement ? node.dataset.figure : undefined
      return id === undefined ? (node.textContent ?? '').replace(/[{}]/g, '') : `{${id}}`
    })
    .join('')
    .replace(/\n$/, '')
}

/** A small SVG writer: text, lines, areas; colours that also tell apart in print. */
export const ink = { text: '#1d2733', faint: '#5c6b7a', grid: '#e3e8ee', axis: '#9aa7b4', paper: '#ffffff' }
export const colours = {
  blue: '#1f6fb2',
  band: '#1f6fb2',
  red: '#c0392b',
  orange: '#d98218',
  green: '#2e8b57',
  grey: '#a9b4bf',
  violet: '#7a5195',
}
/** Colours of generations 0, 1, 2, …; the last repeats. */
export const generationColours = ['#c0392b', '#d98218', '#1f6fb2', '#2e8b57', '#7a5195', '#5c6b7a']

const fonts = "'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC',system-ui,sans-serif"

export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const round = (value: number): string => String(Math.round(value * 100) / 100)

export interface TextStyle {
  readonly size?: number
  readonly colour?: string
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly weight?: number
  /** White edge, for words over lines. */
  readonly halo?: boolean
}

export class Drawing {
  readonly width: number
  readonly height: number
  readonly #title: string
  readonly #parts: string[] = []

  /** @param name What the picture shows, for those who hear it instead. */
  constructor(width: number, height: number, name: string) {
    this.width = width
    this.height = height
    this.#title = name
  }

  raw(svg: string): void {
    this.#parts.push(svg)
  }

  text(x: number, y: number, text: string, style: TextStyle = {}): void {
    const { size = 12, colour = ink.text, anchor = 'start', weight = 400, halo = false } = style
    this.raw(
      `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${colour}" text-anchor="${anchor}" font-weight="${weight}"${halo ? ` paint-order="stroke" stroke="${ink.paper}" stroke-width="3.5" stroke-linejoin="round"` : ''}>${escapeText(text)}</text>`,
    )
  }

  /** The method and the date of the inputs, on one line at the foot: in smaller letters where it would run out of the picture. */
  footnote(x: number, y: number, text: string): void {
    const ems = [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 1 : 0.56), 0)
    this.text(x, y, text, { size: Math.min(11, Math.floor((10 * (this.width - x - 16)) / ems) / 10), colour: ink.faint })
  }

  line(x1: number, y1: number, x2: number, y2: number, colour: string, width = 1, dash = ''): void {
    this.raw(
      `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}" stroke-width="${width}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`,
    )
  }

  rect(x: number, y: number, width: number, height: number, fill: string, opacity = 1, tip = ''): void {
    this.raw(
      `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(Math.max(0, height))}" fill="${fill}" fill-opacity="${opacity}">${title(tip)}</rect>`,
    )
  }

  circle(
    x: number,
    y: number,
    radius: number,
    fill: string,
    options: { opacity?: number; stroke?: string; strokeWidth?: number; dash?: string; tip?: string } = {},
  ): void {
    const { opacity = 1, stroke = 'none', strokeWidth = 1, dash = '', tip = '' } = options
    this.raw(
      `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${fill}" fill-opacity="${opacity}" stroke="${stroke}" stroke-width="${strokeWidth}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}>${title(tip)}</circle>`,
    )
  }

  /** A line through points; a null starts a new piece. */
  polyline(points: readonly (readonly [number, number] | null)[], colour: string, width = 2): void {
    let path = ''
    let pen = 'M'
    for (const point of points) {
      if (point === null) pen = 'M'
      else {
        path += `${pen}${round(point[0])} ${round(point[1])}`
        pen = 'L'
      }
    }
    if (path !== '')
      this.raw(`<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"/>`)
  }

  /** The area between two lines over the same places; pieces end at nulls. */
  area(
    columns: readonly ({ readonly x: number; readonly low: number; readonly high: number } | null)[],
    fill: string,
    opacity: number,
  ): void {
    let piece: { x: number; low: number; high: number }[] = []
    const close = () => {
      if (piece.length > 0) {
        const forward = piece.map(({ x, high }) => `${round(x)} ${round(high)}`)
        const back = [...piece].reverse().map(({ x, low }) => `${round(x)} ${round(low)}`)
        this.raw(`<path d="M${[...forward, ...back].join('L')}Z" fill="${fill}" fill-opacity="${opacity}"/>`)
      }
      piece = []
    }
    for (const column of columns) {
      if (column === null) close()
      else piece.push(column)
    }
    close()
  }

  toString(): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${this.width} ${this.height}" width="${this.width}" height="${this.height}" font-family="${fonts}" role="img">${title(this.#title)}<rect width="100%" height="100%" fill="${ink.paper}"/>${this.#parts.join('')}</svg>\n`
  }
}

function title(tip: string): string {
  return tip === '' ? '' : `<title>${escapeText(tip)}</title>`
}

/** Round steps for about `count` ticks, not finer than `least`: people and cases come whole. */
export function niceTicks(low: number, high: number, count: number, least = 0): number[] {
  const span = high - low || 1
  const rough = span / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const fits = (factor: number) =>
    factor * power >= rough - 1e-12 && (least === 0 || Number.isInteger(Number(((factor * power) / least).toPrecision(12))))
  const step = ([1, 2, 2.5, 5, 10].find(fits) ?? Math.max(10, least / power)) * power
  const ticks: number[] = []
  for (let value = Math.ceil(low / step - 1e-9) * step; value <= high + step * 1e-9; value += step)
    ticks.push(Number(value.toPrecision(12)))
  return ticks
}

/** A day of the axis in words. */
export function dayLabel(iso: string, language: 'zh' | 'en'): string {
  const [, month = '', day = ''] = iso.split('-')
  if (language === 'zh') return `${Number(month)}月${Number(day)}日`
  return `${Number(day)} ${['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][Number(month) - 1] ?? ''}`
}

/** Figures for people: four digits at most, thousands apart. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : '—'
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}

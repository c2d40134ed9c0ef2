import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { official, progress } from '@guatu/domains'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, startCity } from './city.ts'

const run = promisify(execFile)
const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((path) => existsSync(path))
const folder = mkdtempSync(join(tmpdir(), 'guatu-printed-'))
let city: City

beforeAll(async () => {
  city = await startCity()
})

afterAll(async () => {
  await city.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Both programs stand in for the faces of offices by the same ones. */
const fonts = () => {
  const path = join(folder, 'fonts.conf')
  const aliases = Object.values(official.FACES).map(
    ({ name, instead }) =>
      `<alias binding="same"><family>${name}</family><prefer>${instead.map((one) => `<family>${one}</family>`).join('')}</prefer></alias>`,
  )
  writeFileSync(path, `<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>${aliases.join('')}</fontconfig>`)
  return path
}

const convert = (file: string, to: string) =>
  run(
    office ?? '',
    ['--headless', `-env:UserInstallation=file://${join(folder, 'profile')}`, '--convert-to', to, '--outdir', folder, file],
    {
      env: { ...process.env, FONTCONFIG_FILE: fonts() },
    },
  )

/**
 * The document as pages. What it says of hanging marks and of room between Han characters and figures is not read by this word processor, which
 * always has both: they are taken out on the way.
 */
async function asPdf(docx: Buffer, name: string): Promise<string> {
  writeFileSync(join(folder, `${name}.docx`), docx)
  await convert(join(folder, `${name}.docx`), 'fodt')
  const flat = join(folder, `${name}.fodt`)
  const text = readFileSync(flat, 'utf8')
  expect(text).toContain('style:text-autospace="ideograph-alpha"')
  writeFileSync(
    flat,
    text.replaceAll('style:text-autospace="ideograph-alpha"', 'style:text-autospace="none"').replaceAll('"hanging"', '"simple"'),
  )
  await convert(flat, 'pdf')
  return join(folder, `${name}.pdf`)
}

/** The lines of each page: their words without spaces, where they stand, in points. */
async function pagesOf(pdf: string) {
  const { stdout } = await run('/usr/bin/pdftotext', ['-bbox-layout', pdf, '-'], { maxBuffer: 64 * 1024 * 1024 })
  return stdout
    .split('<page ')
    .slice(1)
    .map((page) =>
      [...page.matchAll(/<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/line>/gs)].map((found) => {
        const [left, top, right, bottom] = found.slice(1, 5).map(Number)
        const words = [...(found[5] ?? '').matchAll(/>([^<>]*)<\/word>/g)].map(([, word]) => word).join('')
        return { left: left ?? 0, middle: ((top ?? 0) + (bottom ?? 0)) / 2, right: right ?? 0, words }
      }),
    )
}

type Pages = Awaited<ReturnType<typeof pagesOf>>

/** The page on which something begins, from 1; 0 for nowhere. Each is looked for from where the one before it was found. */
const pageOf = (pages: Pages, text: string, from: number) => {
  const start = text.replaceAll(/\s/g, '').slice(0, 14)
  return pages.findIndex((lines, at) => at + 1 >= from && lines.some(({ words }) => words.startsWith(start))) + 1
}

const POINT = 20
/** Lines within a table stand closer than any others. */
const isTabled = (lines: Pages[number]) =>
  lines.some(({ middle }, at) => at > 0 && middle - (lines[at - 1]?.middle ?? 0) < (0.8 * official.LINE) / POINT)
/** The last letter of a line may stand this much over the margin, points: what letters stand closer is taken off behind it. */
const SLACK = 1.5

describe.skipIf(office === undefined || !existsSync('/usr/bin/pdftotext'))(
  'a progress report, printed from the browser and as .docx',
  () => {
    it.each(['zh', 'en'] as const)('has the same pages, in %s', { timeout: 240_000 }, async (lang) => {
      const meetings = (await city.call('dubang', '/api/meeting')).body as { rows: { id: string; area: string; state: string }[] }
      const approved = meetings.rows.filter(({ state }) => state === 'approved')
      const id = crypto.randomUUID()
      const written = await city.call('dubang', `/api/report/${id}/write`, {
        event: crypto.randomUUID(),
        area: approved[0]?.area,
        input: { meetings: approved.map((one) => one.id) },
      })
      expect(written.status, JSON.stringify(written.body)).toBe(201)
      const { fields } = (written.body as { record: { fields: { content: string } } }).record
      const content = progress.readContent(fields.content)
      if (!content.ok) throw new Error(content.problem.message.en)

      const page = await city.page('dubang', { lang })
      await page.goto(`${city.server.url}/reports/${id}`)
      await page.getByText(lang === 'zh' ? '打印预览' : 'Print preview').click()
      await page.locator('.sheet').first().waitFor()
      const print = join(folder, `print-${lang}.pdf`)
      await page.pdf({ preferCSSPageSize: true, path: print })
      const sheets = await page.locator('.sheet').count()
      const document = await page.request.get(`${city.server.url}/api/report/${id}/document.docx?lang=${lang}`)
      const [web, word] = [await pagesOf(print), await pagesOf(await asPdf(await document.body(), `document-${lang}`))]
      await page.close()
      expect([web.length, word.length]).toEqual([sheets, sheets])

      // Every heading and every table begins on the same page.
      const outline = progress.outlineOf(content.value, lang).filter(({ block }) => block.kind !== 'paragraph')
      expect(outline.length).toBeGreaterThan(10)
      const begins = (pages: Pages) => {
        let at = 1
        return outline.map(({ text }) => {
          const found = pageOf(pages, text, at)
          at = Math.max(at, found)
          return `${found} ${text}`
        })
      }
      expect(begins(web)).toEqual(begins(word))
      expect(begins(web).filter((one) => one.startsWith('0'))).toEqual([])

      // On pages of words alone lines stand apart as the standard has it, no more than 22 of them and none wider than the text area.
      for (const pages of [web, word]) {
        const plain = pages.filter((lines) => lines.length === official.LINES + 1 && !isTabled(lines))
        expect(plain.length).toBeGreaterThan(2)
        for (const lines of plain) {
          const middles = lines.slice(0, official.LINES).map(({ middle }) => middle)
          const pitch = ((middles.at(-1) ?? 0) - (middles[0] ?? 0)) / (official.LINES - 1)
          expect(Math.abs(pitch - official.LINE / POINT)).toBeLessThan(0.1)
          const { left } = official.page.margin
          for (const line of lines.slice(0, official.LINES)) {
            expect(line.left).toBeGreaterThan(left / POINT - SLACK)
            expect(line.right).toBeLessThan((left + official.TEXT_WIDTH) / POINT + SLACK)
          }
        }
      }
      // Nothing is said in one and not in the other.
      const all = (pages: Pages) => [...pages.flatMap((lines) => lines.map(({ words }) => words)).join('')].sort().join('')
      expect(all(web)).toBe(all(word))
    })
  },
)

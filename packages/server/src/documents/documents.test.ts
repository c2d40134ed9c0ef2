import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { official, type progress } from '@guatu/domains'
import { describe, expect, it } from 'vitest'
import { fromBuffer } from 'yauzl'
import { minutesDocument, plainParts } from './bulletin-document.ts'
import { setDocument } from './official/document.ts'
import { reportDocument } from './report-document.ts'

const run = promisify(execFile)

/** The entries of a .docx as text. */
const unzip = (content: Buffer): Promise<Map<string, string>> =>
  new Promise((resolve, reject) => {
    fromBuffer(content, { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return reject(error)
      const out = new Map<string, string>()
      zip.on('entry', (entry) =>
        zip.openReadStream(entry, async (failed, stream) => {
          if (failed || !stream) return reject(failed)
          const chunks: Buffer[] = []
          for await (const chunk of stream) chunks.push(chunk as Buffer)
          out.set(entry.fileName, Buffer.concat(chunks).toString('utf8'))
          zip.readEntry()
        }),
      )
      zip.on('end', () => resolve(out))
      zip.readEntry()
    })
  })

const number = (xml: string, element: string, attribute: string) =>
  Number(new RegExp(`<w:${element}\\b[^>]*\\bw:${attribute}="(-?\\d+)"`).exec(xml)?.[1])

const words = (zh: string) => ({ zh, en: zh })
const content: progress.ReportContent = {
  format: 1,
  title: words('关于“市应对疫情工作领导小组第4次会议”部署事项落实情况的报告'),
  meetings: [],
  cutOff: '2020-02-19T04:00:00.000Z',
  day: '2020-02-19',
  composedAt: '2020-02-19T04:00:00.000Z',
  issuer: '市督查室',
  figures: [
    {
      id: 'f1',
      key: 'a',
      indicator: 'report.tasks',
      label: words('任务'),
      area: 'c',
      day: '2020-02-19',
      value: 5,
      per: 6,
      asOf: '',
      from: [],
    },
  ],
  acts: {},
  blocks: [
    { kind: 'heading', level: 1, id: 'b1', words: words('总体情况'), figures: [], sources: [] },
    { kind: 'heading', level: 2, id: 'b2', words: words(''), figures: [], sources: [] },
    { kind: 'heading', level: 2, id: 'b3', words: words('物资保障'), figures: [], sources: [] },
    { kind: 'paragraph', id: 'b4', words: words('签收率{f1}。'), figures: ['f1'], sources: [] },
    {
      kind: 'table',
      id: 'b5',
      caption: words('各区县'),
      columns: [words('区县'), words('签收率')],
      rows: Array.from({ length: 60 }, (_, i) => ({ cells: [{ text: words(`第${i}区`) }, { figure: 'f1' }], sources: [] })),
    },
  ],
}

describe('a report as .docx', () => {
  it('has the page of GB/T 9704-2012', async () => {
    const files = await unzip(await reportDocument(content))
    const body = files.get('word/document.xml') ?? ''
    expect([number(body, 'pgSz', 'w'), number(body, 'pgSz', 'h')]).toEqual([official.mm(210), official.mm(297)])
    const margin = Object.fromEntries(['top', 'left', 'right', 'bottom'].map((side) => [side, number(body, 'pgMar', side)]))
    expect(margin).toEqual({ top: official.mm(37), left: official.mm(28), right: official.mm(26), bottom: official.mm(35) })
    const text = {
      width: official.mm(210) - official.mm(28) - official.mm(26),
      height: official.mm(297) - official.mm(37) - official.mm(35),
    }
    const pitch = number(body, 'docGrid', 'linePitch')
    expect(Math.floor(text.height / pitch)).toBe(official.LINES)
    const styles = files.get('word/styles.xml') ?? ''
    const defaults = styles.slice(0, styles.indexOf('</w:docDefaults>'))
    expect(number(defaults, 'sz', 'val')).toBe(32)
    expect(number(defaults, 'spacing', 'line')).toBe(pitch)
    const closer = Number(/<w:rPr>.*?<w:spacing w:val="(-\d+)"/.exec(defaults)?.[1])
    expect(Math.floor(text.width / (320 + closer))).toBe(official.CHARACTERS)
    expect(defaults).toContain('仿宋_GB2312')
  })

  it('has its faces with stand-ins, its levels, its table with a repeated header, and page numbers at the outer edge', async () => {
    const files = await unzip(await reportDocument(content))
    const styles = files.get('word/styles.xml') ?? ''
    const style = (id: string) => /<w:rFonts[^>]*w:eastAsia="([^"]+)"/.exec(styles.slice(styles.indexOf(`w:styleId="${id}"`)))?.[1]
    expect(['Title', 'Heading1', 'Heading2', 'Heading3'].map(style)).toEqual(['方正小标宋简体', '黑体', '楷体_GB2312', '仿宋_GB2312'])
    expect(files.get('word/fontTable.xml')).toContain('<w:font w:name="楷体_GB2312"><w:altName w:val="楷体,KaiTi')

    const body = files.get('word/document.xml') ?? ''
    expect(body).toContain('一、总体情况')
    // An emptied heading is left out and the next one takes its number.
    expect(body).toContain('（一）物资保障')
    expect(body).toContain('签收率83.3%（5/6）。')
    const rows = body.match(/<w:tr>.*?<\/w:tr>/gs) ?? []
    expect(rows).toHaveLength(61)
    expect(rows.map((row) => row.includes('<w:tblHeader'))).toEqual([true, ...rows.slice(1).map(() => false)])
    expect(rows.every((row) => row.includes('<w:cantSplit'))).toBe(true)

    expect(files.get('word/settings.xml')).toContain('<w:evenAndOddHeaders')
    const footers = [...files].filter(([name]) => /^word\/footer\d\.xml$/.test(name)).map(([, xml]) => xml)
    expect(footers.map((xml) => /<w:jc w:val="(\w+)"/.exec(xml)?.[1]).sort()).toEqual(['left', 'right'])
    for (const xml of footers) {
      expect(xml).toContain('— ')
      expect([number(xml, 'sz', 'val'), /w:eastAsia="([^"]+)"/.exec(xml)?.[1]]).toEqual([28, '宋体'])
    }
    const date = body.slice(0, body.indexOf('2020年2月19日')).lastIndexOf('<w:p>')
    expect(number(body.slice(date), 'ind', 'right')).toBe(Math.round((4 * official.mm(156)) / 28))
  })

  it('puts a red mark 35 mm below the top of the text area', async () => {
    const files = await unzip(
      await setDocument({ title: '通报', mark: '督查通报', parts: plainParts('各区县：\n一、情况\n按期办结。'), lang: 'zh' }),
    )
    const body = files.get('word/document.xml') ?? ''
    expect(number(body, 'spacing', 'line')).toBe(official.mm(35))
    expect(body.indexOf('督查通报')).toBeGreaterThan(0)
    const styles = files.get('word/styles.xml') ?? ''
    expect(styles.slice(styles.indexOf('w:styleId="Mark"'))).toMatch(/<w:color w:val="C00000"/)
  })

  it('prints the title of minutes once, although the communiqué begins with it', async () => {
    const fields = { title: '示例会议', heldOn: '2020-02-14', text: '示例会议\n\n会议强调，要做好保障。' }
    const row = {
      record: 'meeting',
      id: 'm',
      area: 'a',
      county: 'a',
      state: 'approved',
      version: 1,
      createdAt: '',
      changedAt: '',
      lastEvent: '',
      fields,
    }
    const xml = (await unzip(await minutesDocument(row, '示例市'))).get('word/document.xml') ?? ''
    expect(xml.split('示例会议').length - 1).toBe(1)
    expect(xml).toContain('要做好保障')
  })

  it('gives every column of a table room for its longest word, and no more than the page has', async () => {
    const columns = [
      'Area',
      'Entered today',
      'Left today',
      'Under observation',
      'Fever or signs',
      'Lost contact',
      'Arrivals today',
      'Self',
      'Home',
    ]
    const rows = [['示例经济开发区', '1', '2', '210', '0', '0', '4', '11', '161']]
    const parts = [{ kind: 'table', caption: 'By area', columns, rows } as const]
    const body = (await unzip(await setDocument({ title: 'Daily report', parts, lang: 'en' }))).get('word/document.xml') ?? ''
    const sizes = [...body.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, size]) => Number(size))
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(official.mm(156))
    // Letters of ten and a half points are about half as wide as they are high.
    columns.forEach((head, i) => {
      const longest = Math.max(...head.split(' ').map((word) => word.length))
      expect(sizes[i]).toBeGreaterThanOrEqual(longest * 105 + 120)
    })
  })

  it('sets all texts of a column alike: in the middle where every one of them is short', async () => {
    const rows = [
      ['市财政局', '1', '按期'],
      ['市人力资源社会保障局', '2', '已申请延期到月底'],
    ]
    const parts = [{ kind: 'table', caption: '附表', columns: ['单位', '交办', '说明'], rows } as const]
    const body = (await unzip(await setDocument({ title: '通报', parts, lang: 'zh' }))).get('word/document.xml') ?? ''
    const [, ...set] = (body.match(/<w:tr>.*?<\/w:tr>/gs) ?? []).map((row) =>
      [...row.matchAll(/<w:jc w:val="(\w+)"/g)].map(([, one]) => one),
    )
    expect(set).toEqual([
      ['left', 'center', 'left'],
      ['left', 'center', 'left'],
    ])
  })

  it('breaks a long title between words, into lines of like length', () => {
    expect(official.titleLines('会议通报', 'zh')).toEqual(['会议通报'])
    const lines = official.titleLines(content.title.zh, 'zh')
    expect(lines.join('')).toBe(content.title.zh)
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(19)
    expect(lines.some((line) => line.includes('第4次会议'))).toBe(true)
  })

  it('sets what one person signs closer than a report, and keeps the signature with the body and the date below it', async () => {
    const parts = [{ kind: 'paragraph', text: '本人签收：', flush: true, together: true } as const]
    const setIn = async (lang: 'zh' | 'en', oneSheet: boolean) =>
      await unzip(await setDocument({ title: '告知书', parts, issuer: '示例镇', date: '2020年2月14日', lang, oneSheet }))
    const leading = async (lang: 'zh' | 'en', oneSheet: boolean) => {
      const [, defaults = ''] =
        /<w:docDefaults>(.*?)<\/w:docDefaults>/.exec((await setIn(lang, oneSheet)).get('word/styles.xml') ?? '') ?? []
      return [number(defaults, 'sz', 'val'), number(defaults, 'spacing', 'line')]
    }
    expect(await leading('zh', false)).toEqual([official.SIZE.three, official.LINE])
    expect([await leading('zh', true), await leading('en', true)]).toEqual([
      [official.SIZE.four, 400],
      [official.SIZE.smallFour, 320],
    ])
    const body = (await setIn('zh', true)).get('word/document.xml') ?? ''
    expect(body.slice(0, body.indexOf('2020年2月14日')).match(/<w:keepNext\/>/g)).toHaveLength(3)
  })

  const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((path) => existsSync(path))
  it.skipIf(office === undefined || !existsSync('/usr/bin/pdftotext'))(
    'sets 28 characters on a line and 22 lines on a page (skipped without LibreOffice and poppler)',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'guatu-docx-'))
      try {
        const path = join(folder, 'page.docx')
        writeFileSync(path, await setDocument({ title: '测', parts: [{ kind: 'paragraph', text: '测'.repeat(28 * 50) }], lang: 'zh' }))
        await run(office ?? '', [
          `-env:UserInstallation=file://${folder}/profile`,
          '--headless',
          '--convert-to',
          'pdf',
          '--outdir',
          folder,
          path,
        ])
        const { stdout } = await run('/usr/bin/pdftotext', ['-layout', '-f', '2', '-l', '2', join(folder, 'page.pdf'), '-'])
        const lines = stdout.split('\n').filter((line) => line.includes('测'))
        expect(lines).toHaveLength(official.LINES)
        for (const line of lines) expect(line.match(/测/g)).toHaveLength(official.CHARACTERS)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})

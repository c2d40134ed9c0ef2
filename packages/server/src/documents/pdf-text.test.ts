import { communique } from '@guatu/domains'
import { expect, it } from 'vitest'
import { pdfText } from './pdf-text.ts'
import { pdfFile } from './testing/pdf-file.ts'

interface Piece {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size?: number
}

/** A PDF of pages with Chinese text: every sign one letter wide, named by its own number in Unicode. */
function pdfOf(pages: readonly (readonly Piece[])[]): Uint8Array {
  const hex = (text: string) => [...text].map((sign) => (sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')).join('')
  const stream = (content: string, more = '') => `<< /Length ${content.length} ${more}>>\nstream\n${content}\nendstream`
  const first = 6
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.map((_, i) => `${first + 2 * i} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>',
    stream(
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap end end',
    ),
    ...pages.flatMap((pieces, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${first + 2 * i + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      stream(pieces.map(({ text, x, y, size = 10 }) => `BT /F1 ${size} Tf ${x} ${y} Td <${hex(text)}> Tj ET`).join('\n')),
    ]),
  ]
  return new Uint8Array(pdfFile(objects))
}

const line = (text: string, y: number, x = 100): Piece => ({ text, x, y })

it('keeps a title, headings and paragraphs apart, and joins what the page broke', async () => {
  const pages = [
    [
      { text: '某市应急指挥部召开', x: 150, y: 800, size: 22 },
      { text: '第十五次会议', x: 170, y: 770, size: 22 },
      line('２月１６日，市应急指挥部召开会议，专题研究', 730, 120),
      line('防控工作。会议要求，各区县要逐户排查返乡人员底', 710),
      line('数。', 690),
      line('一、加强领导', 670, 120),
      line('各部门要成立工作专班，明确专人负责，卡口要配', 650, 120),
      line('足测温设备，', 630),
      line('— 1 —', 60, 260),
    ],
    [line('— 2 —', 60, 260), line('社区要开展入户登记，并建立返乡人员的台账，每', 800), line('日更新。', 780)],
  ]
  expect(await pdfText(pdfOf(pages), 10)).toBe(
    [
      '某市应急指挥部召开第十五次会议',
      '２月１６日，市应急指挥部召开会议，专题研究防控工作。会议要求，各区县要逐户排查返乡人员底数。',
      '一、加强领导',
      '各部门要成立工作专班，明确专人负责，卡口要配足测温设备，',
      '社区要开展入户登记，并建立返乡人员的台账，每日更新。',
    ].join('\n'),
  )
})

it('goes on at the top of the next column and of the next page', async () => {
  const pages = [
    [
      line('要开展入户登记，建立', 800, 120),
      line('台账，每天更新返乡人员', 780),
      line('情况，不漏一人；卡口要', 800, 320),
      line('配足测温设备和防护用品', 780, 320),
      line('- 1 -', 60, 260),
    ],
    [line('并落实二十四小时值守。', 800), line('督查室要每日通报。', 780, 120), line('- 2 -', 60, 260)],
  ]
  const text = await pdfText(pdfOf(pages), 10)
  expect(text).toBe(
    '要开展入户登记，建立台账，每天更新返乡人员情况，不漏一人；卡口要配足测温设备和防护用品并落实二十四小时值守。\n督查室要每日通报。',
  )
})

it('reads a character that the file names by its radical', async () => {
  const pages = [
    [
      { text: '某市应急指挥部召开第⼗五次会议', x: 100, y: 800, size: 22 },
      line('2020年2⽉16⽇，市⻓主持召开会议。会议要求，', 760, 120),
      line('各部⻔要做好⼈⺠群众的⽣活保障⼯作。', 740),
    ],
  ]
  const text = (await pdfText(pdfOf(pages), 10)) ?? ''
  expect(text.split('\n')).toEqual([
    '某市应急指挥部召开第十五次会议',
    '2020年2月16日，市长主持召开会议。会议要求，各部门要做好人民群众的生活保障工作。',
  ])
  expect(communique.readCommunique(text)).toMatchObject({ title: '某市应急指挥部召开第十五次会议', date: '2020-02-16', session: 15 })
})

it('is not read beyond the limit of pages', async () => {
  expect(await pdfText(pdfOf([[line('一', 800)], [line('二', 800)]]), 1)).toBeUndefined()
})

it('leaves out the blanks that a page sets between digits and Chinese', async () => {
  const text = await pdfText(pdfOf([[line('市水利局要在 9 月 20 日前完成 48 座山塘清淤。', 730), line('1 清运垃圾 2 处', 690, 120)]]), 10)
  expect(text?.split('\n')).toEqual(['市水利局要在9月20日前完成48座山塘清淤。', '1 清运垃圾2处'])
})

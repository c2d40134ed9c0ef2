// node …/node/linear.ts: CPU time of reading texts of growing length, ordinary and hostile. The time per character must stay flat.
import { readCommunique } from '../read.ts'

const ordinary = `2月14日下午，某县召开应急指挥部会议。\n会议要求，要加强卡口值守，对入县车辆逐车登记，确保不漏一人；要抓好春耕备耕，组织农机下田，3月10日前完成育秧。各乡镇要落实包保责任，不得漏报、瞒报。\n`
const hostile: Readonly<Record<string, string>> = {
  ordinary,
  'no punctuation': '要加强在对把按照通过',
  'only commas': '要加强，',
  'open quotes': '“要加强',
  'adverbs only': '依法依规依法依规',
  'conditions never closed': '在做好在做好',
  numbers: '1,2,3月4日前5%',
  'one line of 要': '要',
}
for (const [name, piece] of Object.entries(hostile)) {
  const row: string[] = []
  for (const size of [64_000, 256_000, 1_000_000]) {
    const text = piece.repeat(Math.ceil(size / piece.length))
    const before = process.cpuUsage()
    const read = readCommunique(text)
    const used = process.cpuUsage(before)
    row.push(`${(size / 1000).toFixed(0)}k ${((used.user + used.system) / 1000).toFixed(0)} ms (${read.directives.length})`)
  }
  console.log(`${name.padEnd(24)} ${row.join('   ')}`)
}

import { demand } from '../../outcome.ts'
import type { FlowNetwork } from './network.ts'

/**
 * Reads the DIMACS formats for minimum-cost flow (`p min`) and assignment (`p asn`, read as a flow of one unit per row).
 * A capacity below the lower bound of zero (−1) means no limit, as some generators write it.
 * @param bytes the file
 * @throws InputError naming the line where the format is broken
 */
export function readDimacs(bytes: Uint8Array): FlowNetwork {
  const cursor: Cursor = { bytes, at: 0, line: 1 }
  let nodes = -1
  let arcs = 0
  let assignment = false
  let arrays: FlowNetwork | undefined
  let filled = 0
  for (; cursor.at < bytes.length; skipLine(cursor)) {
    skipBlanks(cursor)
    const kind = bytes[cursor.at]
    if (kind === letter.p) {
      cursor.at++
      const problem = word(cursor)
      demand(problem === 'min' || problem === 'asn', 'dimacs-problem', ...at(cursor, '只支持 min 与 asn', 'only min and asn can be read'))
      assignment = problem === 'asn'
      nodes = integer(cursor)
      arcs = integer(cursor)
      arrays = emptyNetwork(nodes, arcs)
    } else if (kind === letter.n || kind === letter.a) {
      demand(arrays !== undefined, 'dimacs-order', ...at(cursor, '缺少 p 行', 'the p line must come first'))
      cursor.at++
      if (kind === letter.n) {
        const node = nodeNumber(cursor, nodes)
        arrays.supply[node] = assignment ? 1 : integer(cursor)
      } else {
        demand(filled < arcs, 'dimacs-arcs', ...at(cursor, '弧多于 p 行所写', 'more arcs than the p line says'))
        arrays.source[filled] = nodeNumber(cursor, nodes)
        arrays.target[filled] = nodeNumber(cursor, nodes)
        arrays.lower[filled] = assignment ? 0 : integer(cursor)
        const most = assignment ? 1 : integer(cursor)
        arrays.capacity[filled] = most < 0 ? Number.POSITIVE_INFINITY : most
        arrays.cost[filled] = integer(cursor)
        filled++
      }
    }
  }
  demand(arrays !== undefined, 'dimacs-empty', '文件没有 p 行，不是 DIMACS 格式。', 'The file has no p line, it is not in DIMACS format.')
  demand(filled === arcs, 'dimacs-arcs', ...at(cursor, '弧少于 p 行所写', 'fewer arcs than the p line says'))
  if (assignment) for (let v = 0; v < nodes; v++) if (arrays.supply[v] === 0) arrays.supply[v] = -1
  return arrays
}

/** Writes a network as DIMACS `p min`, for other programs to check a result. */
export function writeDimacs(network: FlowNetwork): string {
  const lines = [`p min ${network.nodes} ${network.source.length}`]
  network.supply.forEach((amount, v) => {
    if (amount !== 0) lines.push(`n ${v + 1} ${amount}`)
  })
  network.source.forEach((from, e) => {
    const most = network.capacity[e] ?? 0
    const to = (network.target[e] ?? 0) + 1
    lines.push(`a ${from + 1} ${to} ${network.lower[e]} ${most === Number.POSITIVE_INFINITY ? -1 : most} ${network.cost[e]}`)
  })
  return `${lines.join('\n')}\n`
}

interface Cursor {
  readonly bytes: Uint8Array
  at: number
  line: number
}

const letter = { a: 97, n: 110, p: 112 } as const
const lineFeed = 10

function emptyNetwork(nodes: number, arcs: number): FlowNetwork {
  return {
    nodes,
    source: new Int32Array(arcs),
    target: new Int32Array(arcs),
    lower: new Float64Array(arcs),
    capacity: new Float64Array(arcs),
    cost: new Float64Array(arcs),
    supply: new Float64Array(nodes),
  }
}

function at(cursor: Cursor, zh: string, en: string): [string, string] {
  return [`第 ${cursor.line} 行：${zh}。`, `Line ${cursor.line}: ${en}.`]
}

function skipBlanks(cursor: Cursor): void {
  const { bytes } = cursor
  let at = cursor.at
  while (bytes[at] === 32 || bytes[at] === 9) at++
  cursor.at = at
}

function skipLine(cursor: Cursor): void {
  const end = cursor.bytes.indexOf(lineFeed, cursor.at)
  cursor.at = end < 0 ? cursor.bytes.length : end + 1
  cursor.line++
}

function word(cursor: Cursor): string {
  skipBlanks(cursor)
  let text = ''
  for (let c = cursor.bytes[cursor.at]; c !== undefined && c > 32; c = cursor.bytes[++cursor.at]) text += String.fromCharCode(c)
  return text
}

function integer(cursor: Cursor): number {
  skipBlanks(cursor)
  const { bytes } = cursor
  let at_ = cursor.at
  const negative = bytes[at_] === 45
  if (negative || bytes[at_] === 43) at_++
  let value = 0
  let digits = 0
  for (let c = bytes[at_] ?? 0; c >= 48 && c <= 57; c = bytes[++at_] ?? 0) {
    value = value * 10 + (c - 48)
    digits++
  }
  cursor.at = at_
  demand(digits > 0 && (bytes[at_] ?? 10) <= 32, 'dimacs-number', ...at(cursor, '此处应为整数', 'an integer is needed here'))
  return negative ? -value : value
}

function nodeNumber(cursor: Cursor, nodes: number): number {
  const node = integer(cursor)
  demand(node >= 1 && node <= nodes, 'dimacs-node', ...at(cursor, `节点 ${node} 不存在`, `node ${node} does not exist`))
  return node - 1
}

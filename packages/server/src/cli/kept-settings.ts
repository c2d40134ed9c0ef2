import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Usage } from './command.ts'
import { OIDC_KEPT } from './oidc-settings.ts'

/** Settings that a figure says as well as a text. */
const FIGURES: readonly string[] = ['port', 'people', 'seed']

/** What `guatu.json` in a data folder sets, by the names of the flags; those of the sign-on may stand together in `oidc`. */
export interface Kept {
  readonly of: Readonly<Record<string, string>>
  readonly oidc: Readonly<Record<string, string>>
}

/** @param names flags that may stand there @throws Usage with the file, the name and what to write, for anything that would be passed over or misread */
export function readKept(data: string, names: readonly string[]): Kept {
  const file = join(data, 'guatu.json')
  if (!existsSync(file)) return { of: {}, oidc: {} }
  const { oidc = {}, ...others } = objectIn(file)
  if (!isObject(oidc))
    throw new Usage(
      `配置文件“${file}”中的“oidc”应为对象，含${OIDC_KEPT.join('、')}。 / In the settings file “${file}” “oidc” must be an object of ${OIDC_KEPT.join(', ')}.`,
    )
  return { of: textsIn(file, others, [...names, 'oidc']), oidc: textsIn(file, oidc, OIDC_KEPT, 'oidc.') }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function objectIn(file: string): Readonly<Record<string, unknown>> {
  try {
    // Editors of some systems put a mark of the encoding in front.
    const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''))
    if (isObject(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Usage(`配置文件“${file}”不是有效的JSON对象，请改正。 / The settings file “${file}” is no valid JSON object; mend it.`)
}

/** A name that is misspelt would be a setting that nobody makes: the embedded database in the place of a server. */
function textsIn(
  file: string,
  kept: Readonly<Record<string, unknown>>,
  names: readonly string[],
  within = '',
): Readonly<Record<string, string>> {
  const strange = Object.keys(kept).filter((name) => !names.includes(name))
  if (strange.length > 0)
    throw new Usage(
      `配置文件“${file}”里有不认识的名称：${strange.map((name) => within + name).join('、')}；可用的名称：${names.join('、')}。 / The settings file “${file}” holds unknown names: ${strange.map((name) => within + name).join(', ')}; it knows ${names.join(', ')}.`,
    )
  return Object.fromEntries(
    Object.entries(kept).map(([name, value]) => {
      const right = typeof value === 'string' ? value.trim() !== '' : typeof value === 'number' && FIGURES.includes(name)
      if (right) return [name, String(value)]
      const written = JSON.stringify(value)
      throw new Usage(
        `配置文件“${file}”中的“${within}${name}”应为${FIGURES.includes(name) ? '数字' : '文字'}，得到${written}：请改正，或删去这一项。 / In the settings file “${file}” “${within}${name}” must be a ${FIGURES.includes(name) ? 'number' : 'text'}, got ${written}: mend it or leave it out.`,
      )
    }),
  )
}

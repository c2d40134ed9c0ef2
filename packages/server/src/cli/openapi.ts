import { writeFile } from 'node:fs/promises'
import { registry } from '@guatu/domains'
import { openApi } from '../http/openapi.ts'
import { type Command, none, print, text } from './command.ts'

/** Prints the description of the HTTP interface; needs no database. */
export const openapiCommand: Command = {
  summary: { zh: '输出OpenAPI 3.1接口说明', en: 'print the OpenAPI 3.1 document' },
  help: `guatu openapi [--out FILE]

  --out FILE        写入文件 / write into a file`,
  options: { out: { type: 'string' } },
  run: async (values, positionals) => {
    none(positionals)
    const document = JSON.stringify(openApi(registry), null, 2)
    const out = text(values.out)
    if (out === undefined) print(document)
    else await writeFile(out, `${document}\n`)
    return 0
  },
}

// Writes everything under docs/generated anew from the definitions. A test says when it is stale.
import { mkdirSync, writeFileSync } from 'node:fs'
import { registry } from '../packages/domains/src/index.ts'
import { openApi } from '../packages/server/src/http/openapi.ts'

const folder = new URL('../docs/generated/', import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL('openapi.json', folder), `${JSON.stringify(openApi(registry), null, 1)}\n`)
console.log('docs/generated/openapi.json')

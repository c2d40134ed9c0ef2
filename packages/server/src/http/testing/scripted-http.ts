import fastify from 'fastify'
import { people, type ScriptedCity } from '../../documents/testing/scripted-city.ts'
import { openHandOverBox } from '../../field/handed-over.ts'
import { handleErrors } from '../problems.ts'
import { recordRoutes } from '../records.ts'
import { reportRoutes } from '../report-routes.ts'
import type { Sessions } from '../session.ts'

/** Who calls is named in a header: the accounts have tests of their own. */
const sessions: Sessions = {
  of: async (headers) => {
    const actor = Object.entries(people).find(([name]) => name === headers['x-person'])?.[1]
    return actor && { actor, session: 'test' }
  },
}

/** The addresses of records and reports over a scripted city; `close` ends both. */
export function scriptedHttp(city: ScriptedCity) {
  const app = fastify()
  handleErrors(app, () => undefined)
  recordRoutes(app, { store: city.store, sessions, box: openHandOverBox(city.store, 'only-for-tests-0123456789abcdef') })
  reportRoutes(app, city.store, sessions)
  return {
    ask: (who: keyof typeof people | undefined, method: 'GET' | 'POST', url: string, payload?: object) =>
      app.inject({ method, url, headers: who ? { 'x-person': who } : {}, ...(payload ? { payload } : {}) }),
    close: async () => {
      await app.close()
      await city.store.close()
    },
  }
}

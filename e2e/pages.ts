import type { City } from './city.ts'

/** A page as one of its readers meets it: where it is, and by what it shows that it is there. */
export interface PageOf {
  readonly name: string
  readonly account: string
  readonly path: string
  /** Stands on the page when it has loaded. */
  readonly shows: string
}

const idOf = async (city: City, account: string, record: string): Promise<string> => {
  const { body } = await city.call(account, `/api/${record}?limit=1`)
  return (body as { rows: readonly { id: string }[] }).rows[0]?.id ?? ''
}

/** Every page of the command centre, special and derived, with the records that the demonstration city has. */
export async function everyPage(city: City): Promise<readonly PageOf[]> {
  const office = 'dubang'
  const [meeting, item, task, directive] = await Promise.all(['meeting', 'item', 'task', 'directive'].map((one) => idOf(city, office, one)))
  const list = '.ant-table-row'
  return [
    { name: 'sign-in', account: '-', path: '/', shows: '.sign-in form' },
    { name: 'wall', account: 'leader', path: '/wall', shows: '.city-map canvas' },
    { name: 'meetings', account: office, path: '/meetings', shows: list },
    { name: 'new meeting', account: office, path: '/meetings/new', shows: 'textarea' },
    { name: 'intake', account: office, path: `/meetings/${meeting}`, shows: '[data-card]' },
    { name: 'inbox of the office', account: office, path: '/inbox', shows: '#content h3' },
    { name: 'inbox of a unit', account: 'health', path: '/inbox', shows: '#content h3' },
    { name: 'register', account: office, path: '/register', shows: list },
    { name: 'scoreboard', account: office, path: '/scoreboard', shows: list },
    { name: 'reports', account: office, path: '/reports', shows: '#content h3' },
    { name: 'bulletins', account: office, path: '/bulletins', shows: '#content h3' },
    { name: 'areas', account: office, path: '/areas', shows: '.ant-tree' },
    { name: 'reform', account: 'admin', path: '/areas/reform', shows: '#content h3' },
    { name: 'imports', account: office, path: '/imports', shows: '#content h3' },
    { name: 'parameters', account: 'admin', path: '/parameters', shows: list },
    { name: 'accounts', account: 'admin', path: '/accounts', shows: list },
    { name: 'audit', account: 'auditor', path: '/audit', shows: list },
    { name: 'own account', account: office, path: '/account', shows: '#content h3' },
    ...['meeting', 'directive', 'item', 'task'].map((record) => ({
      name: `list of ${record}`,
      account: office,
      path: `/records/${record}`,
      shows: list,
    })),
    ...Object.entries({ meeting, directive, item, task }).map(([record, id]) => ({
      name: `one ${record}`,
      account: office,
      path: `/records/${record}/${id}`,
      shows: '.ant-descriptions',
    })),
    { name: 'forbidden', account: 'grid', path: '/accounts', shows: '.ant-result' },
    { name: 'no such page', account: office, path: '/nowhere', shows: '.ant-result' },
  ]
}

// Which room may look into which. The order of the house: kernel < analytics < domains < server, and kernel < client < domains/ui < apps.
const rooms = {
  kernel: [],
  analytics: [],
  domains: ['kernel', 'analytics'],
  server: ['kernel', 'analytics', 'domains'],
  client: ['kernel', 'analytics'],
}
const outside = (...allowed) => `^(packages/(?!(${allowed.join('|')})/)|apps/|testing/|bench/)`
const test = '(\\.test\\.tsx?$|/testing/|^testing/|^e2e/|^bench/)'

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...['kernel', 'analytics', 'server', 'client'].map((room) => ({
      name: `${room}-looks-only-where-it-may`,
      severity: 'error',
      from: { path: `^packages/${room}/`, pathNot: test },
      to: { path: outside(room, ...rooms[room]) },
    })),
    {
      name: 'domain-logic-is-pure',
      comment: 'Logic of a domain runs in the server, the browser and the phone: no screens, no database.',
      severity: 'error',
      from: { path: '^packages/domains/src/', pathNot: ['/ui/', 'registry\\.ui', test] },
      to: { path: [outside('kernel', 'analytics', 'domains'), '/ui/', 'node_modules/(react|antd|echarts|maplibre-gl|kysely|pg|fastify)/'] },
    },
    {
      name: 'domain-screens-know-the-client',
      severity: 'error',
      from: { path: '^packages/domains/src/[^/]+/ui/' },
      to: { path: outside('kernel', 'analytics', 'domains', 'client') },
    },
    {
      name: 'a-domain-is-an-island',
      comment: 'Domains meet through references, indicators and events, never by import.',
      severity: 'error',
      from: { path: '^packages/domains/src/([^/]+)/' },
      to: { path: '^packages/domains/src/[^/]+/', pathNot: '^packages/domains/src/$1/' },
    },
    {
      name: 'a-domain-has-one-door',
      severity: 'error',
      from: { pathNot: ['^packages/domains/', test] },
      to: { path: '^packages/domains/src/', pathNot: '^packages/domains/src/(index|registry|registry\\.(ui|field))\\.tsx?$' },
    },
    {
      name: 'server-has-no-screens',
      severity: 'error',
      from: { path: '^packages/server/' },
      to: { path: ['/ui/', 'registry\\.ui', 'node_modules/react'] },
    },
    {
      name: 'http-speaks-no-sql',
      severity: 'error',
      from: { path: '^packages/server/src/http/', pathNot: test },
      to: { path: 'node_modules/(kysely|pg|@electric-sql)/' },
    },
    {
      name: 'http-comes-last',
      comment: 'What is asked over HTTP is put together in rooms that know nothing of it; the command line asks them too.',
      severity: 'error',
      from: { path: '^packages/server/src/(store|sheets|documents|jobs|gates|field|demo)/', pathNot: test },
      to: { path: '^packages/server/src/http/' },
    },
    { name: 'tests-stay-out', severity: 'error', from: { pathNot: test }, to: { path: test } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
  },
}

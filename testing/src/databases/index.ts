export { layEmptyDatabase, onBothEngines, type Place, type Prepared, type TestEngine, testEngine } from './both-engines.ts'
export { type PostgresServer, startPostgres } from './postgres-server.ts'

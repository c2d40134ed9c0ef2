export { layDatabase, onBothEngines, onServer, type Place, type Prepared, type TestEngine, testEngine } from './both-engines.ts'
export { type PostgresServer, startPostgres } from './postgres-server.ts'

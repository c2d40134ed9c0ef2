export { checksum, type Migration, type MigrationReport, type MigrationSession, migrate } from './migrate.ts'

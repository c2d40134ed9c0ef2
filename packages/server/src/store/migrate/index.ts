export { checksum, type Migration, type MigrationReport, type MigrationSession, migrate, pendingMigrations } from './migrate.ts'

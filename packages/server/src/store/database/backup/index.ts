export { type BackupFiles, type BackupOptions, backup } from './backup.ts'
export { type BackupHeader, type BackupSummary, inspectBackup } from './format.ts'
export { type RestoreOptions, restore } from './restore.ts'

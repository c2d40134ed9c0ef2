export { openDataFolder } from './data-folder.ts'
export { startServer } from './main.ts'
export type { Server, ServerOptions } from './serving.ts'

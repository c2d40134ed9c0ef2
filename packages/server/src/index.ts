export { openDataFolder, type Server, type ServerOptions, startServer } from './main.ts'

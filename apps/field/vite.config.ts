import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Writes the service worker with the list of all files of this build, and every file compressed beside itself. */
const offline = (): Plugin => {
  let out = ''
  return {
    name: 'guatu-offline',
    apply: 'build',
    configResolved: (config) => {
      out = join(config.root, config.build.outDir)
    },
    closeBundle: () => {
      const files = readdirSync(out, { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name) && entry.name !== 'sw.js')
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
      const version = createHash('sha256')
      for (const file of files) version.update(readFileSync(file))
      const paths = files.map((file) => `/field/${file.slice(out.length + 1)}`.replace(/index\.html$/, ''))
      const worker = readFileSync(join(import.meta.dirname, 'service-worker.js'), 'utf8')
        .replace('__VERSION__', version.digest('hex').slice(0, 16))
        .replace('__FILES__', JSON.stringify(paths))
      writeFileSync(join(out, 'sw.js'), worker)
      for (const file of [...files, join(out, 'sw.js')]) {
        const content = readFileSync(file)
        writeFileSync(`${file}.br`, brotliCompressSync(content))
        // Smaller blocks suit words in two languages: 600 bytes less of all together.
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9, memLevel: 7 }))
      }
    },
  }
}

export default defineConfig({
  base: '/field/',
  plugins: [react(), offline()],
  server: { proxy: { '/api': 'http://localhost:8080' } },
  build: { outDir: 'dist', target: 'es2022', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1_500 },
})

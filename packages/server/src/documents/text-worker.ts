import { parentPort, workerData } from 'node:worker_threads'
import { readText } from './read-text.ts'
import type { Upload } from './text-of.ts'

const { content, type } = workerData as Upload
parentPort?.postMessage(await readText(Buffer.from(content.buffer, content.byteOffset, content.byteLength), type))

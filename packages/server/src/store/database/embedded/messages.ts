/// <reference path="./web-assembly.d.ts" />

/** What the main thread tells the database thread: bytes of the PostgreSQL wire protocol, a new session, or the end. */
export type ToDatabase = { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> } | { kind: 'session' } | { kind: 'close' }

/** What the database thread answers. */
export type FromDatabase =
  /** Ready; `engine` is what it runs, for the next thread to find compiled. */
  | { kind: 'ready'; engine: WebAssembly.Module }
  /** A piece of an answer; `last` with the end of the answer to one message. */
  | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer>; last: boolean }
  | { kind: 'failed'; message: string; code?: string | undefined }
  | { kind: 'closed' }

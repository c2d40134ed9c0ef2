// WebAssembly as Node has it: its types come with those of browsers alone, which have no place here.
declare namespace WebAssembly {
  /** A compiled program; it may be sent to other threads, which then share what was compiled of it. */
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module'
  }
  function compile(bytes: Uint8Array): Promise<Module>
}

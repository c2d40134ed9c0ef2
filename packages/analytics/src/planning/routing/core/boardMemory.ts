/** Memory that the threads of a board share, and how they take turns at it. */

/** Words of control in front of the board. */
const locked = 0
const changes = 1
const absentees = 2
const turns = 3
const halt = 4
const controls = 8

/** Attempts to enter the board before a thread lets others run: a holder is done within a microsecond unless it was put to sleep. */
const attempts = 2000

/** Milliseconds between two looks of a thread that waits for others. */
const patience = 5

/** Handed to every thread; copies refer to the same memory. */
export interface BoardMemory {
  readonly words: SharedArrayBuffer
  readonly numbers: SharedArrayBuffer
  readonly nodes: number
  readonly slots: number
  readonly members: number
}

/** Memory for a problem of so many nodes and slots, shared by `members` threads. */
export function boardMemory(nodes: number, slots: number, members: number): BoardMemory {
  const words = controls + 4 * nodes + 2 * slots
  return { words: new SharedArrayBuffer(4 * words), numbers: new SharedArrayBuffer(8 * (1 + members)), nodes, slots, members }
}

/** Makes every thread at the board stop. */
export const stopBoard = ({ words }: BoardMemory): void => void Atomics.store(new Int32Array(words), halt, 1)

/** The words of control: one thread at a time inside, turns in a fixed order, how many changes there were, and whether to end. */
export class BoardControl {
  private readonly words: Int32Array

  constructor(words: Int32Array) {
    this.words = words
  }

  /** Goes inside the board, once nobody else is there. */
  enter(): void {
    let k = 0
    while (Atomics.compareExchange(this.words, locked, 0, 1) !== 0) if (k++ >= attempts) Atomics.wait(this.words, locked, 1, 1)
  }

  leave(): void {
    Atomics.store(this.words, locked, 0)
  }

  /** Changes put up so far; 0 while there is no plan. */
  get changes(): number {
    return Atomics.load(this.words, changes)
  }

  set changes(count: number) {
    Atomics.store(this.words, changes, count)
  }

  /** Stops absent from the plan. Read and set inside the board. */
  get absentees(): number {
    return this.words[absentees] as number
  }

  set absentees(count: number) {
    this.words[absentees] = count
  }

  /** Waits until there is a plan. @returns false where all were told to end before */
  awaitPlan(): boolean {
    while (this.changes === 0) {
      if (this.halted) return false
      Atomics.wait(this.words, changes, 0, patience)
    }
    return true
  }

  /** Waits until so many turns are over, or all are told to end. */
  awaitTurn(turn: number): void {
    for (;;) {
      const now = Atomics.load(this.words, turns)
      if (now >= turn || this.halted) return
      for (let k = 0; k < attempts; k++) if (Atomics.load(this.words, turns) >= turn) return
      Atomics.wait(this.words, turns, now, patience)
    }
  }

  passTurn(): void {
    Atomics.add(this.words, turns, 1)
    Atomics.notify(this.words, turns)
  }

  /** Whether all threads were told to end. */
  get halted(): boolean {
    return Atomics.load(this.words, halt) !== 0
  }

  /** Tells all threads to end. */
  end(): void {
    Atomics.store(this.words, halt, 1)
  }
}

/** Parts of the board behind the words of control, in their order. */
export function boardParts({ words, nodes, slots }: BoardMemory) {
  const all = new Int32Array(words)
  let at = controls
  const part = (length: number) => {
    at += length
    return all.subarray(at - length, at)
  }
  return {
    control: new BoardControl(all.subarray(0, controls)),
    next: part(nodes + slots),
    amount: part(nodes),
    route: part(nodes),
    absent: part(nodes),
    changed: part(slots),
  }
}

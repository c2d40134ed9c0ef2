import loadHighs, { type Highs, type Model } from 'highs'
import type { LinearProgram, LinearProgramSession, LinearProgramSolver } from '../linear-program.ts'

/**
 * HiGHS (WebAssembly) behind the library's linear program interface. Calls block the thread: use it in a worker.
 */
export async function highsSolver(): Promise<LinearProgramSolver> {
  const highs = await loadHighs()
  return (program) => openSession(highs, program)
}

/** Above this size a fresh interior-point run beats going on from the last basis (measured on 70,000 columns). */
const warmStartColumns = 40_000

function openSession(highs: Highs, program: LinearProgram): LinearProgramSession {
  const model: Model = highs.createModel({
    numCols: program.columns,
    numRows: program.rows,
    colCost: program.cost,
    colLower: program.lower,
    colUpper: program.upper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: {
      format: 'csc',
      numRows: program.rows,
      numCols: program.columns,
      starts: program.starts,
      indices: program.index,
      values: program.value,
    },
  })
  model.options.set('output_flag', false)
  if (program.columns <= warmStartColumns) {
    // Each step changes the goal and keeps the plan feasible: primal simplex goes on from there (measured 2–3 × faster).
    model.options.set('simplex_strategy', 4)
    model.options.set('presolve', 'off')
  } else model.options.set('solver', 'ipm')
  const all = { kind: 'range', from: 0, to: program.columns - 1 } as const
  return {
    solve() {
      model.run()
      if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return undefined
      const { colValue, rowDual } = model.getSolution()
      return { value: colValue, rowDual, objective: model.getObjectiveValue() }
    },
    setCosts: (cost) => void model.changeColsCost(all, cost),
    setRowBounds: (row, lower, upper) => void model.changeRowBounds(row, lower, upper),
    setCoefficient: (row, column, value) => void model.changeCoefficient(row, column, value),
    close: () => model.dispose(),
  }
}

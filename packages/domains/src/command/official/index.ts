export * from './page.ts'
export { INSET, setTable, type TableSetting, type TableWords } from './table.ts'
export { titleLines } from './title.ts'

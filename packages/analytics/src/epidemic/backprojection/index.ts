export { type Backprojection, type BackprojectionOptions, backproject } from './backprojection.ts'

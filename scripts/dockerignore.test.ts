import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const linesOf = (name: string): readonly string[] =>
  readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

it('leaves out of an image, wherever it lies, whatever the clone leaves out: the data folder before all', () => {
  const left = linesOf('.gitignore').map((line) => line.replace(/\/$/, ''))
  expect(left).toContain('.guatu')
  const kept = linesOf('.dockerignore')
  // A name there holds at the root alone, and what is taken in again would come after it.
  expect(left.filter((name) => !kept.includes(`**/${name}`))).toEqual([])
  expect(kept.filter((line) => line.startsWith('!'))).toEqual([])
})

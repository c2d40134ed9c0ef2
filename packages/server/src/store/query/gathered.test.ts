import { expect, test } from 'vitest'
import { Gathered } from './gathered.ts'

const later = () => new Promise((resolve) => setTimeout(resolve, 5))

test('questions that are asked together are put once, and each gets what it asked for', async () => {
  const asked: (readonly string[])[] = []
  const gathered = new Gathered(async (keys) => {
    asked.push(keys)
    await later()
    return new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, key.toUpperCase()]))
  })
  const first = [gathered.of(['a', 'b']), gathered.of(['b', 'unknown'])]
  await new Promise((resolve) => setImmediate(resolve))
  const second = [gathered.of(['c']), gathered.of(['d'])]
  expect((await Promise.all(first)).map((found) => [found.get('b'), found.get('unknown')])).toEqual([
    ['B', undefined],
    ['B', undefined],
  ])
  expect((await Promise.all(second)).map((found) => found.size)).toEqual([2, 2])
  expect(asked).toEqual([
    ['a', 'b', 'unknown'],
    ['c', 'd'],
  ])
})

test('a question that fails is told to all who asked it, and the next one is put all the same', async () => {
  let fails = true
  const gathered = new Gathered(async (keys) => {
    if (fails) throw new Error('gone')
    return new Map(keys.map((key) => [key, 1]))
  })
  expect((await Promise.allSettled([gathered.of(['a']), gathered.of(['b'])])).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  fails = false
  expect((await gathered.of(['a'])).get('a')).toBe(1)
})

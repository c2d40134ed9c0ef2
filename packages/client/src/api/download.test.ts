import { expect, it } from 'vitest'
import { nameIn } from './download.ts'

it('takes the name of a file from its answer, that in all letters before the plain one', () => {
  expect(nameIn(`attachment; filename*=UTF-8''${encodeURIComponent('督办事项 2020-02-14.xlsx')}`)).toBe('督办事项 2020-02-14.xlsx')
  expect(nameIn(`attachment; filename="document.docx"; filename*=UTF-8''${encodeURIComponent('通报.docx')}`)).toBe('通报.docx')
  expect(nameIn('attachment; filename="notice.docx"')).toBe('notice.docx')
  expect(nameIn(`attachment; filename="a.csv"; filename*=UTF-8''%E0%A4%A`)).toBe('a.csv')
  expect(nameIn('')).toBe('')
})

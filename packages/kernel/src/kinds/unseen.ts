import { type Lang, label } from '../label.ts'

/** What stands where a sensitive value was before its record was erased. */
export const ERASED = '[erased]'

/** What is read in the place of something that is not there for the reader: on pages, papers and sheets alike. */
export const UNSEEN = {
  erased: label('信息已删除', 'erased'),
  outside: label('管辖外', 'outside jurisdiction'),
  hidden: label('不显示', 'not shown'),
  account: label('账号不在册', 'an account that is not on the books'),
} as const

/** Hint of free words that are read by everybody who reads their record, and stay when somebody is erased. */
export const NAMELESS = label('不写姓名和证件号码。', 'No names and no numbers.')

/** A sensitive text as it is read, masked or in clear; of an erased one, that it is erased. */
export const readable = (text: string, lang: Lang): string => (text === ERASED ? UNSEEN.erased[lang] : text)

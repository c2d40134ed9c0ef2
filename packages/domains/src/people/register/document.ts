import { isDocumentNumber, isNationalId, type Problem, refuse, resemblesNationalId } from '@guatu/kernel'

/** Documents by which people are known. Having none is as normal as having one. */
export const DOCUMENTS = {
  nationalId: { zh: '居民身份证', en: 'National ID' },
  passport: { zh: '护照', en: 'Passport' },
  permit: { zh: '港澳台通行证或居住证', en: 'Permit of Hong Kong, Macao, Taiwan' },
  other: { zh: '其他证件', en: 'Other document' },
  none: { zh: '无证件', en: 'No document' },
} as const

export type DocumentType = keyof typeof DOCUMENTS

/** The document that a number is taken for when nobody said which. */
export const typeOf = (number: string | undefined): DocumentType =>
  number === undefined ? 'none' : resemblesNationalId(number) ? 'nationalId' : 'other'

/** What a national ID says of a person; nothing for any other number. GB 11643-1999: digits 7–14 birth, digit 17 odd for men. */
export function factsOf(number: string): { readonly birthYear: number; readonly sex: 'male' | 'female' } | undefined {
  if (!isNationalId(number)) return undefined
  return { birthYear: Number(number.slice(6, 10)), sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' }
}

/** Why a number does not go with the type of its document. */
export function misfit(type: string | undefined, number: string | undefined): Problem | undefined {
  if (type === 'none')
    return number === undefined
      ? undefined
      : refuse(
          'document-none',
          {
            zh: '已选“无证件”，请删除证件号码或选择证件类型。',
            en: 'There is no document; remove the number or choose what document it is of.',
          },
          { path: 'input.documentNumber' },
        )
  if (number === undefined)
    return refuse(
      'document-number-missing',
      { zh: '请填写证件号码；没有证件时请选“无证件”。', en: 'Write the number of the document, or choose “No document”.' },
      { path: 'input.documentNumber' },
    )
  if (type === 'nationalId' && !isNationalId(number))
    return refuse(
      'document-number-wrong',
      {
        zh: '身份证号应为18位（旧证15位）且校验位正确，请与证件核对。',
        en: 'A national ID has 18 characters (15 on old cards) and a correct check character; compare with the card.',
      },
      { path: 'input.documentNumber' },
    )
  return undefined
}

/** Why nobody would find somebody by a number: a gate takes what is shorter for no document. */
export const unfindable = (number: string | undefined): Problem | undefined =>
  number === undefined || isDocumentNumber(number)
    ? undefined
    : refuse(
        'document-number-short',
        {
          zh: '证件号码至少5位并含有数字，再短的在卡口查不到；请对照证件写全号码，没有证件的请选“无证件”。',
          en: 'The number of a document has at least five characters, a digit among them; no gate finds a shorter one. Write all of it as on the document, or choose “No document”.',
        },
        { path: 'input.documentNumber' },
      )

/** Why somebody cannot have been born by a day: the number of their ID, or the year beside it, says later. */
export function unborn(number: string | undefined, birthYear: number | undefined, day: string): Problem | undefined {
  const born = number !== undefined && isNationalId(number) ? number.slice(6, 14) : undefined
  if (born !== undefined && born > day.replaceAll('-', ''))
    return refuse(
      'document-number-ahead',
      {
        zh: '身份证号中的出生日期还没有到，请与证件核对后重填。',
        en: 'The date of birth in this national ID is still to come; compare with the card.',
      },
      { path: 'input.documentNumber' },
    )
  if (birthYear === undefined || birthYear <= Number(day.slice(0, 4))) return undefined
  return refuse(
    'birth-year-ahead',
    { zh: '出生年份还没有到，请核对后重填。', en: 'The year of birth is still to come; check it.' },
    { path: 'input.birthYear' },
  )
}

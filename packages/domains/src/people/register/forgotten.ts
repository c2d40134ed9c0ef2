import { type Problem, refuse } from '@guatu/kernel'

interface Written {
  readonly before: { readonly forgottenOn?: string } | undefined
  readonly act: { readonly input: Readonly<Record<string, unknown>> }
}

/** What a household was known by is gone for good, with the key that it was kept under: what is written there again would be lost unseen. */
export function nothingKept({ before, act }: Written): Problem | undefined {
  const name = before?.forgottenOn === undefined ? undefined : ['phone', 'note'].find((one) => typeof act.input[one] === 'string')
  return name === undefined
    ? undefined
    : refuse(
        'household-forgotten',
        {
          zh: '该户的联系电话和备注已随人员信息删除，本户不能再登记；请登记在住户本人名下，确需按户登记的，请另登记一户并将住户迁入。',
          en: 'Phone and note of this household were erased with its people and are kept here no more: enter them on the person who lives there, or register the household anew and move its people there.',
        },
        { status: 409, path: `input.${name}` },
      )
}

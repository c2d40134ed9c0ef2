import { type AnyRecord, type Problem, refuse } from '@guatu/kernel'

/** Somebody is known, but not to the asker: which county to call, and nothing else of it. */
export const elsewhere = (def: AnyRecord, county: string, name: string): Problem =>
  refuse(
    'registered-elsewhere',
    {
      zh: `此人已在${name}登记，不在您的管辖范围内；请与${name}联系，由其移交或核对。`,
      en: `This ${def.label.en.toLowerCase()} is registered in ${name}, outside your jurisdiction; call ${name} to have it handed over or compared.`,
    },
    { status: 409, data: { county } },
  )

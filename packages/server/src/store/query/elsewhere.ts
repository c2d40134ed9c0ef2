import { type AnyRecord, type Problem, refuse } from '@guatu/kernel'

/**
 * Somebody is known, but not to the asker: which county to call, or which town of their own county, and nothing else of it.
 * @param name of the office to call
 */
export const elsewhere = (def: AnyRecord, county: string, name: string): Problem =>
  refuse(
    'registered-elsewhere',
    {
      zh: `此人已在${name}登记，不在您的管辖范围内；请与${name}联系，由其移交或核对；本人已到本地的，在外勤应用中按证件登记并申报返巴，即由本地接收。`,
      en: `This ${def.label.en.toLowerCase()} is registered in ${name}, outside your jurisdiction; call ${name} to have it handed over or compared. Where they have arrived here, enter them by the document and declare the arrival in the field app: they are received here.`,
    },
    { status: 409, data: { county } },
  )

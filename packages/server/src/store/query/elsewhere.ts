import { type AnyRecord, type Problem, refuse } from '@guatu/kernel'

/**
 * Somebody is known, but not to the asker: which county to call, or which town of their own county, and nothing else of it.
 * @param office its name
 */
export const elsewhere = (def: AnyRecord, county: string, office: string): Problem =>
  refuse(
    'registered-elsewhere',
    {
      zh: `此人已在${office}登记，不在您的管辖范围内；请与${office}联系，由其移交或核对；本人已到本地的，按证件登记并申报返巴，即由本地接收。`,
      en: `This ${def.label.en.toLowerCase()} is registered in ${office}, outside your jurisdiction; call ${office} to have it handed over or compared. Where they have arrived here, enter them by the document and declare the arrival: they are received here.`,
    },
    { status: 409, data: { county, office } },
  )

/** The same of whoever stands before the officer: they are not entered a second time, and what is offered beside it is for those who are here. */
export const elsewhereKnown = ({ data }: Problem): Problem =>
  refuse(
    'registered-elsewhere',
    {
      zh: `此人已在${data?.office}登记，不在您的管辖范围内，不重复登记；人未到本地的，请与${data?.office}联系，由其移交或核对。`,
      en: `This person is registered in ${data?.office}, outside your jurisdiction, and is not entered a second time. Where they have not come here, call ${data?.office} to have the entry handed over or compared.`,
    },
    { status: 409, data: { ...data } },
  )

/** The same of a number that goes with another name there: nobody is taken for somebody else, and which name it is nobody is told. */
export const elsewhereOtherwise = ({ data }: Problem): Problem =>
  refuse(
    'registered-elsewhere',
    {
      zh: `此证件号码已在${data?.office}登记，姓名与这里填写的不一致；请对照证件核对姓名和号码，改正后重新登记；填写无误的，请与${data?.office}联系核对。`,
      en: `This document number is registered in ${data?.office} under another name than the one given here. Compare name and number with the document and enter them again; where both are right, call ${data?.office}.`,
    },
    { status: 409, data: { ...data, otherwise: true } },
  )

import { count, defineDomain, erase } from '@guatu/kernel'
import { assignment, assignmentsHeld, assignmentsOver } from './looking-after/assignment.ts'
import { emptied } from './register/emptied.ts'
import { household } from './register/household.ts'
import { person } from './register/person.ts'
import { place } from './register/place.ts'
import { dailyRetention, retentionParameters } from './retention/retention.ts'

/** People: the one register of persons, homes and places that all other work refers to, and who looks after whom. */
export default defineDomain({
  name: 'people',
  label: { zh: '人户', en: 'People' },
  records: [erase(person), erase(household), erase(place), erase(assignment)],
  daily: [...dailyRetention, assignmentsOver],
  standing: emptied,
  charges: [assignmentsHeld],
  parameters: retentionParameters,
  indicators: {
    registered: {
      label: { zh: '在册人数', en: 'People registered' },
      value: count(person, { state: 'registered' }),
      good: 'none',
      meaning: { zh: '登记在册的人员，不含已并入和已删除。', en: 'Persons of the register, without those merged or erased.' },
    },
    withoutDocument: {
      label: { zh: '无证件人数', en: 'People without a document' },
      value: count(person, { state: 'registered', documentType: 'none' }),
      good: 'none',
      meaning: { zh: '在册人员中没有证件的。', en: 'Registered persons without a document.' },
    },
    households: {
      label: { zh: '在册户数', en: 'Households' },
      value: count(household, { state: 'registered' }),
      good: 'none',
      meaning: { zh: '登记在册的户。', en: 'Households of the register.' },
    },
    erasuresProposed: {
      label: { zh: '待删除人数', en: 'Erasures proposed' },
      value: count(person, { state: ['registered', 'merged'], erasureProposedOn: {} }),
      good: 'down',
      meaning: { zh: '保存期满、等待删除或保留决定的人员。', en: 'Persons whose retention has ended and who wait for a decision.' },
    },
  },
})

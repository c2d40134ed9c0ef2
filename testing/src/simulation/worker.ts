import { inventedIdentityNumber, inventedName } from '../../../packages/server/src/demo/city/identity.ts'
import type { Dice } from './dice.ts'
import type { Phone } from './phone.ts'

/** One thing that a worker does now, chosen among what the phone shows. */
export async function work(phone: Phone, dice: Dice, village: string, seed: number): Promise<string> {
  if (phone.work.status.phase !== 'open') return 'closed'
  const { replica } = phone.work
  const people = replica.all('person').filter((one) => one.state === 'registered')
  const watches = replica.all('watch')
  const declared = (record: string) => dice.pick(replica.all(record).filter((one) => one.state === 'declared'))?.id
  const what =
    people.length === 0
      ? 'register'
      : dice.weighed({
          register: 3,
          enter: 2,
          declare: 3,
          amend: 2,
          check: 7,
          update: 2,
          settle: 1,
          moveIn: 2,
          depart: 1,
          gone: 1,
          leave: 1,
          comeBack: 1,
          serve: 1,
          confirm: 1,
        })
  const on = (record: string, id: string | undefined, action: string, input: Readonly<Record<string, unknown>>, area?: string) =>
    id === undefined ? undefined : phone.act([{ record, id, action, input, ...(area === undefined ? {} : { area }) }])
  const someone = dice.pick(people)
  const person = someone?.id
  const household = someone?.fields.household === undefined ? {} : { household: someone.fields.household }
  const watch = dice.pick(watches)?.id
  const day = phone.work.replica.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const enter = { person, kind: 'home', entry: 'list', class: 'listed', ...household }
  const from = () => ({ origin: dice.luck(0.5) ? '湖北省武汉市' : '四川省成都市', originCode: dice.luck(0.5) ? '420100' : '510100' })
  const done = {
    // Few numbers for many people: sooner or later two workers enter the same person.
    register: () => {
      const id = phone.newId()
      const number = dice.luck(0.6) ? inventedIdentityNumber(seed * 7 + dice.below(5), 1980) : undefined
      const input = {
        name: inventedName(dice.below(60)),
        ...(number === undefined ? { documentType: 'none' } : { documentType: 'nationalId', documentNumber: number }),
      }
      return phone.act([
        { record: 'person', id, action: 'register', area: village, input },
        ...(dice.luck(0.6)
          ? [{ record: 'watch', id: phone.newId(), action: 'enter', area: village, input: { ...enter, person: id } }]
          : []),
      ])
    },
    enter: () => on('watch', person && phone.newId(), 'enter', enter, village),
    declare: () =>
      on(
        'arrival',
        person && phone.newId(),
        'declare',
        {
          person,
          ...household,
          channel: 'worker',
          arrivedOn: day,
          ...from(),
        },
        village,
      ),
    amend: () => on('arrival', declared('arrival'), 'amend', from()),
    check: () =>
      on('watch', watch, 'check', {
        half: dice.one(['morning', 'evening']),
        temperature: dice.luck(0.1) ? 38 : 36 + dice.below(10) / 10,
        how: 'worker',
      }),
    update: () => on('person', person, 'update', { birthYear: 1950 + dice.below(50) }),
    settle: () => on('household', phone.newId(), 'register', { door: `${1 + dice.below(40)}号`, kind: 'family' }, village),
    moveIn: () => {
      const into = dice.pick(replica.all('household'))?.id
      return on('person', into && person, 'changeHousehold', { household: into })
    },
    depart: () =>
      on(
        'departure',
        person && phone.newId(),
        'declare',
        { person, channel: 'worker', leavesOn: day, destination: '四川省成都市', purpose: 'work' },
        village,
      ),
    gone: () => on('departure', declared('departure'), 'confirm', {}),
    leave: () => on('watch', watch, 'leave', {}),
    comeBack: () => on('watch', watch, 'comeBack', {}),
    serve: () => on('watch', watch, 'serve', {}),
    confirm: () => on('arrival', declared('arrival'), 'confirm', {}),
  }[what]()
  return `${what} ${(await done) ?? 'nobody'}`
}

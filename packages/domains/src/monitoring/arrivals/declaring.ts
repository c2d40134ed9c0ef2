import { type Act, comesToStay, type Follow, f, fullDayWords, goesBack, isHere, type ParameterReader, refuse } from '@guatu/kernel'
import { adviceOn, type Signs, TRANSFERS } from '../care/sick.ts'
import { ME, notErased } from '../erased.ts'
import { type ArrivalSituation, assessed, judged } from './assessment.ts'
import { DEPARTURES } from './left-again.ts'
import { saidBefore, sameOf } from './once.ts'
import { unplaced } from './origin.ts'

export const DECLARED = ['person', 'channel', 'arrivedOn', 'origin'] as const
export const TAKEN = [
  'household',
  'arrivedAt',
  'originCode',
  'via',
  'transport',
  'transportNumber',
  'companions',
  'history',
  'lastContact',
  'ownRoom',
  'temperature',
  'symptoms',
  'purpose',
  'certificate',
] as const

/** Nobody arrives, and no contact was, on a day to come; and of where somebody comes from the rule has to know enough. */
export const dates = (at: ArrivalSituation) => {
  const { after, today } = at
  if (after.arrivedOn !== undefined && after.arrivedOn > today)
    return refuse(
      'arrival-in-future',
      { zh: '到达日期在今天之后，请到达后再申报。', en: 'The day of arrival lies in the future; declare after arriving.' },
      { path: 'input.arrivedOn' },
    )
  if (after.lastContact !== undefined && after.lastContact > today)
    return refuse(
      'contact-in-future',
      { zh: '末次接触日期不能晚于今天。', en: 'The day of the last contact cannot lie in the future.' },
      { path: 'input.lastContact' },
    )
  const verdict = judged(at)
  return 'status' in verdict ? verdict : unplaced(at)
}

/** The same arrival is declared once, by whoever comes first: clerk, worker, gate or the person. */
export const once = (at: ArrivalSituation) =>
  saidBefore('arrival', 'arrivedOn', at, (day) => ({
    zh: `此人${fullDayWords(day).zh}到达的返巴申报已有一份，请打开已有申报；内容有变的用“更正申报”，登错的先“作废误报”再重新申报。`,
    en: `The arrival of this person on ${fullDayWords(day).en} is declared already; open that declaration. Correct it where something changed; where it is wrong, void it and declare anew.`,
  }))

/** Who has declared the same arrival anew since this one was void has declared it. */
export const declaredAnew = ({ act, after, related }: ArrivalSituation) => {
  const day = after.arrivedOn
  const other = (related.same ?? []).find(({ id, state, fields }) => id !== act.recordId && state !== 'void' && fields.arrivedOn === day)
  const on = fullDayWords(day ?? act.day)
  return (
    other &&
    refuse(
      'already-exists',
      {
        zh: `此人${on.zh}到达另有一份申报，作废不能撤销：请打开那一份，内容有变的用“更正申报”；那一份登错的，先将其“作废误报”。`,
        en: `The arrival of this person on ${on.en} was declared anew, so this one stays void: open that one and correct it where something changed, or void it first where it is wrong.`,
      },
      { status: 409, data: { record: 'arrival', id: other.id } },
    )
  )
}

const WATCHES = {
  watches: {
    record: 'watch',
    by: 'person',
    through: 'person',
    sees: [
      'arrival',
      'household',
      'kind',
      'class',
      'until',
      'why',
      'joined',
      'restarts',
      'kindOrdered',
      'departure',
      'enteredOn',
      'confirmedOn',
    ],
    doubles: 'person',
  },
  members: { record: 'person', by: 'household', through: 'household', sees: [] },
  ...ME,
} as const
/** The way to the clinic that somebody is on, as far as it is known: a reading that arrives later is refused to nobody for it. */
export const WAY = { way: { ...TRANSFERS.transfers, onward: true } } as const
export const SAME = sameOf('arrival', 'arrivedOn', 'origin')
/** A correction looks at what else the person declared: that stands. */
export const OTHERS = {
  ...WATCHES,
  others: {
    record: 'arrival',
    by: 'person',
    through: 'person',
    sees: ['measure', 'class', 'from', 'until', 'arrivedOn'],
    doubles: 'person',
  },
  ...DEPARTURES,
} as const

/** Measure, observation, triage and lateness follow from these: they are changed by a declaration that is judged again, not under it. */
export const SETTLES = {
  fields: [
    'person',
    'household',
    'arrivedOn',
    'arrivedAt',
    'origin',
    'originCode',
    'via',
    'history',
    'lastContact',
    'ownRoom',
    'temperature',
    'symptoms',
  ],
  instead: {
    declared: {
      zh: '请用“更正申报”，将重新研判并调整观察；人员登记错的，请“作废误报”后重新申报。',
      en: 'Use “Correct” of the declaration: it is judged again and the observation follows. For another person, void it and declare anew.',
    },
    confirmed: {
      zh: '申报已核实，请先“作废误报”，再按正确的情况重新申报。',
      en: 'The declaration is confirmed: void it first, then declare anew as it was.',
    },
    void: { zh: '该申报已作废，请按正确的情况重新申报。', en: 'The declaration is void: declare anew as it was.' },
  },
} as const

/** Whoever declares fever or symptoms without an officer beside them is told what to do. */
export const advised = (row: Pick<Signs, 'temperature' | 'symptoms'>, parameter: ParameterReader) =>
  adviceOn({ ...row, feverFrom: parameter<number>('monitoring.fever.from') })

/** Whoever corrects from a link of their own corrects what they said themselves, not what somebody in office wrote down. */
export const notOwn = (channel: string | undefined) =>
  channel === 'self' || channel === 'household'
    ? undefined
    : refuse('not-own-declaration', {
        zh: '这次申报由工作人员登记，不能在这里更正；如有不符，请告诉包保责任人核实更正。',
        en: 'A worker entered this declaration; it cannot be corrected here. Tell whoever looks after you what is wrong: they check and correct it.',
      })

/** A declaration that is made, by whomever. */
export const OPENS = {
  related: { ...WATCHES, ...DEPARTURES, ...SAME, ...TRANSFERS },
  guard: (at: ArrivalSituation) => notErased(at) ?? dates(at) ?? once(at),
  effect: (_row: unknown, act: Act) => ({ declaredBy: act.actor, declaredAt: act.happenedAt }),
  follows: assessed,
  settles: SETTLES,
} as const

/** Of a list nobody knows that the person is where it says. */
const isMet = ({ actor, after }: ArrivalSituation): boolean => !actor.self && after.channel !== 'list'

/** Whom the register has elsewhere than a list says is either not there or has come to stay, and whoever meets them there says which. */
export const notByList = (at: ArrivalSituation) => {
  const [one] = at.related.stands ?? []
  return at.after.channel === 'list' && one?.state === 'registered' && !isHere(at, one.area, at.area)
    ? refuse(
        'list-says-elsewhere',
        {
          zh: '此人登记在别的村（社区），名单不能据以迁移登记：名单区划有误的，请改为登记所在的村（社区）；人确已到达的，由当地见到本人后申报到达，登记随之迁来。',
          en: 'The register has this person in another village, and a list moves nobody. Where the area of the list is wrong, name the village of the register; where they did come, whoever meets them there declares the arrival, and the entry comes along.',
        },
        { status: 409, path: 'area' },
      )
    : undefined
}

/** Whoever is met at the door and declared is looked after there; a link of their own is of where they live already. */
export const declaredHere = (at: ArrivalSituation) => [
  ...(!isMet(at) ? [] : comesToStay(at, at.after.household === undefined ? {} : { home: at.after.household })),
  ...assessed(at),
]

/** What is asked of whoever voids a declaration: with it the entry goes back where it was, else the person stays where they are. */
export const NOBODY = {
  nobody: f.flag({
    label: { zh: '人没有到，或不是此人', en: 'Nobody came, or it was somebody else' },
    hint: {
      zh: '选“是”的，因本申报迁来的登记退回原登记地；人在这里、只是内容登错的不要选，作废后按正确的情况重新申报。',
      en: 'Switched on, the entry that came here by it goes back to where it was registered. Leave it off where the person is here and only what was written is wrong: then declare anew.',
    },
    optional: true,
  }),
}

/** Nobody came: by none of what was declared of them and is void by now. What else was declared and stands still holds them. */
export const nobodyCame = (at: ArrivalSituation): readonly Follow[] =>
  at.act.input.nobody === true
    ? goesBack(
        at,
        (at.related.others ?? []).filter(({ state }) => state === 'void').map(({ id }) => id),
      )
    : []

import { useSpeech, w } from '@guatu/client/language'
import type { gates } from '@guatu/domains'
import { counted, dayWords, isNationalId, type Label } from '@guatu/kernel'
import { Drivers } from './drivers.tsx'

interface Props {
  readonly checked: gates.Checked
  readonly asked: gates.Asked
  /** Is it known where somebody unknown would be registered? */
  readonly placed: boolean
  areaName(id: string): string
  tells(one: gates.Driver): string
  onChange(asked: gates.Asked): void
  /** Says who of several drives, or that nobody said it. */
  onDriver(person: string | undefined): void
}

const same = (text: string): Label => ({ zh: text, en: text })

function linesOf({ checked, areaName }: Pick<Props, 'checked' | 'areaName'>): readonly Label[] {
  const { verdict, person, observed, elsewhere, plate, number, tail } = checked
  const lines: Label[] = []
  if (plate !== undefined) lines.push(same(plate))
  if (person) lines.push(same([person.name, areaName(person.area)].filter(Boolean).join(' · ')))
  if (elsewhere !== undefined)
    lines.push(w(`在${areaName(elsewhere)}登记，登记后自动关联`, `Registered in ${areaName(elsewhere)}; linked when logged`))
  if (observed)
    lines.push(
      observed.until
        ? w(`■ 正在隔离观察，至${dayWords(observed.until).zh}`, `■ Under observation until ${dayWords(observed.until).en}`)
        : w('■ 正在隔离观察，或在就诊期间', '■ Under observation, or kept in by the clinic'),
    )
  if (verdict) lines.push(w(`${verdict.ok ? '✓' : '✕'} ${verdict.why.zh}`, `${verdict.ok ? '✓' : '✕'} ${verdict.why.en}`))
  if (number !== undefined) lines.push(w(`通行证 ${number}`, `Pass ${number}`))
  if (tail !== undefined) lines.push(w(`车牌尾号 ${tail}，请与车辆核对`, `Plate ends in ${tail}: compare the vehicle`))
  if (checked.shown === 'plate' && !verdict) lines.push(w('该车没有通行证', 'No pass for this vehicle'))
  if (verdict?.next !== undefined) lines.push(w(`下次可出行：${dayWords(verdict.next).zh}`, `Next outing: ${dayWords(verdict.next).en}`))
  else if (verdict?.left !== undefined)
    lines.push(w(`本周期还可出行${verdict.left}人次`, `${counted(verdict.left, 'outing')} left in this period`))
  return lines
}

/** What is known of what was shown: the pass, the person, the observation; and two boxes for somebody whom the register does not know. */
export function ShownCard({ checked, asked, placed, areaName, tells, onChange, onDriver }: Props) {
  const { t } = useSpeech()
  const { verdict, person, observed, elsewhere, document, offline } = checked
  const unknown = document !== undefined && person === undefined && elsewhere === undefined
  const bad = observed !== undefined || (verdict !== undefined && !verdict.ok)
  const tone = bad ? 'stop' : verdict || person ? 'go' : ''
  const word = (name: 'name' | 'phone', label: Label, max: number) => (
    <label>
      {t(label)}
      <input
        value={asked[name]}
        maxLength={max}
        inputMode={name === 'phone' ? 'tel' : 'text'}
        autoComplete="off"
        onChange={(e) => onChange({ ...asked, [name]: e.target.value })}
      />
    </label>
  )
  return (
    <section className={`card verdict ${tone}`} aria-live="polite" data-by={offline ? 'device' : 'server'}>
      {linesOf({ checked, areaName }).map((line) => (
        <p key={line.zh} className="line">
          {t(line)}
        </p>
      ))}
      {checked.several ? (
        <Drivers several={checked.several} chosen={person?.id} areaName={areaName} tells={tells} onChoose={onDriver} />
      ) : null}
      {unknown ? (
        <>
          <p>
            {t(
              offline
                ? w(
                    '本机名册里没有此人：填姓名，联网后自动关联或建档',
                    'Not known on this device: write the name; linked or registered when sent',
                  )
                : w('未登记：填姓名，登记时一并建档', 'Not registered: write the name, registered when logged'),
            )}
          </p>
          {document !== undefined && !isNationalId(document) ? (
            <p className="quiet">
              {t(
                w(
                  `证件号码 ${document} 没有校验位，请与证件逐字核对`,
                  `${document} has no check character: compare it with the document letter by letter`,
                ),
              )}
            </p>
          ) : null}
          <div className="pair">
            {word('name', w('姓名', 'Name'), 60)}
            {word('phone', w('电话', 'Phone'), 20)}
          </div>
          {placed ? null : (
            <p className="quiet">
              {t(
                w(
                  '未选本卡口或目的地（村、社区），只登记过卡，不建档。',
                  'Without this post or a village as destination only the crossing is logged.',
                ),
              )}
            </p>
          )}
        </>
      ) : null}
    </section>
  )
}

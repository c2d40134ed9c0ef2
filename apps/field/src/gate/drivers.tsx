import { useSpeech, w } from '@guatu/client/language'
import type { gates } from '@guatu/domains'

interface Props {
  readonly several: NonNullable<gates.Checked['several']>
  readonly chosen: string | undefined
  areaName(id: string): string
  /** What tells one of them from others of the same name. */
  tells(one: gates.Driver): string
  onChoose(person: string | undefined): void
}

/** A plate that is that of several does not say who drives: the officer says it, or the line names nobody. */
export function Drivers({ several: { count, people }, chosen, areaName, tells, onChoose }: Props) {
  const { t } = useSpeech()
  return (
    <fieldset>
      <legend className="label">
        {t(
          w(
            `此车牌登记在${count}人名下：请选驾驶人，或查验其证件；不选则登记不关联任何人`,
            `${count} people are registered with this plate: choose who drives, or check their document; else the line names nobody`,
          ),
        )}
      </legend>
      <div className="chips">
        {people.map((one) => (
          <button
            type="button"
            key={one.id}
            aria-pressed={chosen === one.id}
            onClick={() => onChoose(chosen === one.id ? undefined : one.id)}
          >
            {chosen === one.id ? '✓ ' : ''}
            {[one.name, tells(one), areaName(one.area)].filter(Boolean).join(' · ')}
          </button>
        ))}
      </div>
      {people.length < count ? (
        <p className="quiet">
          {t(
            w(
              `另有${count - people.length}人不在此列出（在别处登记，或人数过多），请查验证件`,
              `${count - people.length} more are not listed here (registered elsewhere, or too many): check the document`,
            ),
          )}
        </p>
      ) : null}
    </fieldset>
  )
}

import { useSpeech, w } from '@guatu/client/language'
import { moving } from '@guatu/domains'
import type { Label } from '@guatu/kernel'
import { useState } from 'react'
import { ActForm } from '../parts/act-form.tsx'
import { Chips } from '../parts/field-input.tsx'
import { Picker } from '../parts/picker.tsx'
import { useWork } from '../work.tsx'
import { NewHome } from './new-home.tsx'
import { ownAreas } from './own-areas.ts'

type Who = 'household' | 'person'
const WHO: Readonly<Record<Who, Label>> = { household: w('全户', 'The whole household'), person: w('其中一人', 'One person') }

const ELSEWHERE = w('辖区以外', 'Outside my area')
const WHERE: Readonly<Record<Who, Readonly<Record<string, Label>>>> = {
  household: { here: w('辖区内另一处', 'Another door in my area'), elsewhere: ELSEWHERE },
  person: { known: w('辖区内已有的户', 'A household of my area'), new: w('辖区内新的住处', 'A new home in my area'), elsewhere: ELSEWHERE },
}

/** Whoever moved within the worker's area, on the day of the move; for whoever left it, who says so and what to do until then. */
export function Moved({ onDone }: { readonly onDone: () => void }) {
  const work = useWork()
  const { t } = useSpeech()
  const [who, setWho] = useState<Who>('household')
  const [id, setId] = useState<string>()
  const [where, setWhere] = useState<string>()
  const one = id === undefined ? undefined : work.replica.stays(who, id)?.id
  const several = ownAreas(work).length > 1
  return (
    <>
      <Chips
        label={t(w('谁搬了', 'Who moved'))}
        options={WHO}
        chosen={[who]}
        onChoose={(next) => {
          setWho(next === 'person' ? 'person' : 'household')
          setId(undefined)
          setWhere(undefined)
        }}
      />
      <Picker
        key={who}
        label={who === 'household' ? t(w('哪一户', 'Which household')) : t(w('哪个人', 'Which person'))}
        record={who}
        value={id}
        onChange={setId}
      />
      {one === undefined ? null : (
        <>
          <Chips
            label={t(w('搬到哪里', 'Moved where'))}
            options={WHERE[who]}
            chosen={where === undefined ? [] : [where]}
            onChoose={setWhere}
          />
          {where === 'elsewhere' ? <Elsewhere /> : null}
          {where === 'here' ? (
            <ActForm
              key={one}
              record="household"
              id={one}
              action="relocate"
              hide={several ? ['order'] : ['order', 'village']}
              whole
              onDone={onDone}
            />
          ) : null}
          {where === 'known' ? (
            <ActForm key={one} record="person" id={one} action="changeHousehold" hide={['address']} whole onDone={onDone} />
          ) : null}
          {where === 'new' ? <NewHome key={one} person={one} onDone={onDone} /> : null}
        </>
      )}
    </>
  )
}

/** A move that leads out of the area is not this worker's to make. */
function Elsewhere() {
  const { t } = useSpeech()
  return (
    <div className="note" role="status">
      <p>{t(w('搬出您的辖区，不能在这里办理。', 'A move out of your area is not made here.'))}</p>
      <p>{t(moving.MADE_BY)}</p>
      <p>
        {t(
          w(
            '请把原门牌、新地址和搬迁日期报给乡镇（街道）；办好之前，观察和任务仍由您负责。',
            'Tell the town the old door, the new address and the day of the move; until it is made, observation and tasks stay with you.',
          ),
        )}
      </p>
    </div>
  )
}

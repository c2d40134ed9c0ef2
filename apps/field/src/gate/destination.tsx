import { useSpeech, w } from '@guatu/client/language'
import { Chooser } from '../parts/chooser.tsx'
import type { Destination } from './ready.ts'

const MOST = 8

/** Where somebody is going, anywhere in the city, by its name. */
export function DestinationPicker(props: {
  readonly areas: readonly Destination[]
  readonly value: string | undefined
  readonly onChange: (id: string | undefined) => void
}) {
  const { t } = useSpeech()
  const chosen = props.areas.find((one) => one.id === props.value)
  return (
    <Chooser
      label={t(w('目的地（由其确认接收）', 'Destination (confirms the arrival)'))}
      placeholder={t(w('村、社区或乡镇名', 'Name of the village, community or town'))}
      chosen={chosen && `${chosen.within} ${chosen.name}`}
      find={(words) =>
        props.areas
          .filter((one) => words.every((word) => `${one.within}${one.name}`.includes(word)))
          .slice(0, MOST)
          .map(({ id, name, within }) => ({ id, name, beside: within }))
      }
      onChange={props.onChange}
    />
  )
}

import { ActForm, call, type Receipt, type Row, usePlace, useSpeech, type WayOn, w } from '@guatu/client'
import { Alert, App, Button, Flex } from 'antd'

/** Whoever is here and registered elsewhere: once their arrival is declared, the one entry that there is comes here. */
export default function TakeIn({ problem, id, area, going, onGo, onDone }: WayOn) {
  const { t } = useSpeech()
  const { registry, me, named, today } = usePlace()
  const { message } = App.useApp()
  const def = registry.records.get('arrival')
  const by = def?.actions.declare?.by
  // Under another name than theirs nobody is taken in.
  if (!def || problem.data?.otherwise === true || !me.grants.some((grant) => by?.[grant.role])) return null
  const [village, office] = [named(area), String(problem.data?.office ?? '')]
  const done = async ({ record, event, repeated }: Receipt) => {
    void message.success(t(w(`已由${village}接收管理`, `${village} looks after them from now on`)))
    const came = await call<Row>(`/api/person/${record.fields.person}`).catch(() => undefined)
    onDone(came && { event, record: came, repeated })
  }
  return (
    <Flex vertical gap={12} style={{ marginBottom: 16 }}>
      <Alert
        type="info"
        showIcon
        title={t(
          w(
            '人已到本村（社区）、证件已核对的，请申报到达，不必重复登记：',
            'Are they here, and did you see their document? Declare the arrival instead of entering them again:',
          ),
        )}
        description={
          <ul style={{ margin: 0, paddingInlineStart: '1.2em' }}>
            <li>
              {t(
                w(
                  `由${village}接收管理，已有的登记随之迁来；测温、观察、走访由当地包保责任人负责。`,
                  `${village} looks after them, and the entry that there is comes along; readings, observation and visits are for whoever is in charge there.`,
                ),
              )}
            </li>
            <li>
              {t(
                w(
                  `原登记的村（社区）收到告知任务（属${office}）。`,
                  `The village that they were registered in (${office}) is given a task that tells it so.`,
                ),
              )}
            </li>
            <li>
              {t(w('申报有误的，作废后登记迁回原处。', 'Where that was wrong, void the declaration: the entry goes back to where it was.'))}
            </li>
          </ul>
        }
      />
      {going ? (
        <ActForm
          def={def}
          action="declare"
          area={area}
          fixed={{ person: id, channel: 'worker' }}
          initial={{ arrivedOn: today }}
          onCancel={() => onGo(false)}
          onDone={(receipt) => void done(receipt)}
        />
      ) : (
        <Button type="primary" style={{ alignSelf: 'start' }} onClick={() => onGo(true)}>
          {t(w('人已到本村，申报到达', 'They are here: declare the arrival'))}
        </Button>
      )}
    </Flex>
  )
}

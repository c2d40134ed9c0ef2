import { FieldView, type Row, usePlace, useRecords, useSpeech, w } from '@guatu/client'
import { counted, dayWords } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Button, Flex, Typography } from 'antd'
import './rooms.css'

const PAGE = '500'

/** The rooms of a site: who is where, since when, until when; free rooms first to see at a glance. */
export default function Rooms({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const query = useRecords('watch', { site: row.id, state: 'watching,absent', limit: PAGE })
  const residents = query.data?.pages.flatMap((page) => page.rows) ?? []
  const rooms = Array.isArray(row.fields.rooms) ? row.fields.rooms.map(String) : []
  const person = registry.records.get('watch')?.fields.person
  const byRoom = Map.groupBy(residents, (one) => String(one.fields.room ?? ''))
  const taken = rooms.filter((room) => byRoom.has(room)).length
  const elsewhere = byRoom.get('') ?? []
  return (
    <Flex vertical gap={8}>
      <Typography.Text strong>
        {t({
          zh: `${rooms.length}间，已住${taken}间，空${rooms.length - taken}间，共${residents.length}人`,
          en: `${counted(rooms.length, 'room')}, ${taken} taken, ${rooms.length - taken} free, ${counted(residents.length, 'person', 'people')}`,
        })}
      </Typography.Text>
      <ul className="rooms">
        {rooms.map((room) => {
          const here = byRoom.get(room) ?? []
          const alarm = here.some((one) => one.fields.alarm === true)
          return (
            <li key={room} className={here.length === 0 ? 'room room-free' : alarm ? 'room room-alarm' : 'room'}>
              <span className="room-number">
                {alarm ? '■ ' : ''}
                {room}
              </span>
              {here.length === 0 ? (
                <span className="room-state">{t(w('空', 'free'))}</span>
              ) : (
                here.map((one) => (
                  <Link key={one.id} to={`/records/watch/${one.id}`} className="room-state">
                    {person && <FieldView field={person} value={one.fields.person} />}
                    <br />
                    {typeof one.fields.until === 'string' &&
                      t({ zh: `至${dayWords(one.fields.until).zh}`, en: `to ${dayWords(one.fields.until).en}` })}
                  </Link>
                ))
              )}
            </li>
          )
        })}
      </ul>
      {elsewhere.length > 0 && (
        <Typography.Text type="warning">
          {t({ zh: `▲ ${elsewhere.length}人尚未安排房间`, en: `▲ ${elsewhere.length} without a room` })}
        </Typography.Text>
      )}
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t(w('更多', 'More'))}
        </Button>
      )}
    </Flex>
  )
}

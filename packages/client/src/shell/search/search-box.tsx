import { SearchOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Empty, Input, Modal, Spin, Tag } from 'antd'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useSpeech, w } from '../language.tsx'
import { usePlace } from '../place.tsx'
import { type Hit, searched, useFoundAreas, useFoundRecords } from './find.ts'
import './search.css'

const LIST = 'search-hits'

/** Search over everything, by Ctrl-K from anywhere: areas, meetings, matters, tasks; by words, pinyin or its initials. */
export function SearchBox() {
  const { t } = useSpeech()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setOpen(true)
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <Button icon={<SearchOutlined />} onClick={() => setOpen(true)} aria-label={t(w('搜索 Ctrl K', 'Search Ctrl K'))}>
        <span className="only-wide">
          {t(w('搜索', 'Search'))} <kbd>Ctrl K</kbd>
        </span>
      </Button>
      {open && <SearchDialogue onClose={() => setOpen(false)} />}
    </>
  )
}

function SearchDialogue({ onClose }: { onClose(): void }) {
  const { t } = useSpeech()
  const { registry, me, areas: places } = usePlace()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const [at, setAt] = useState(0)
  const defs = useMemo(
    () =>
      searched(
        registry,
        me.grants.map((grant) => grant.role),
      ),
    [registry, me],
  )
  const areas = useFoundAreas(words, w('区划', 'Area'))
  const records = useFoundRecords(defs, words)
  const hits = [...(records.data ?? []), ...(areas.data ?? [])]
  const here = Math.min(at, hits.length - 1)
  const go = ({ to, search }: Hit) => {
    onClose()
    void navigate(search ? { to, search } : { to })
  }
  const onKey = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && hits.length > 0) {
      event.preventDefault()
      setAt((here + step + hits.length) % hits.length)
    }
    const hit = hits[here]
    if (event.key === 'Enter' && hit && !event.nativeEvent.isComposing) go(hit)
  }
  const busy = words !== '' && (areas.isFetching || records.isFetching)
  return (
    <Modal open footer={null} onCancel={onClose} closable={false} width={640} styles={{ body: { padding: 0 } }} destroyOnHidden>
      <Input
        autoFocus
        size="large"
        prefix={<SearchOutlined />}
        suffix={busy ? <Spin size="small" /> : null}
        value={typed}
        placeholder={t(w('区划、会议、事项、任务；可用拼音首字母', 'Areas, meetings, matters, tasks; pinyin initials work'))}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={LIST}
        aria-activedescendant={hits[here] ? `hit-${here}` : undefined}
        onChange={(e) => {
          setTyped(e.target.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <div id={LIST} role="listbox" className="search-hits" aria-label={t(w('搜索结果', 'Results'))}>
        {hits.map((hit, i) => (
          <button
            key={hit.key}
            id={`hit-${i}`}
            type="button"
            role="option"
            aria-selected={i === here}
            tabIndex={-1}
            className="search-hit"
            onClick={() => go(hit)}
            onMouseEnter={() => setAt(i)}
          >
            <Tag>{t(hit.kind)}</Tag>
            <span className="search-title">{hit.title}</span>
            <span className="search-detail">{[hit.unit && places.get(hit.unit)?.name, hit.detail].filter(Boolean).join(' · ')}</span>
          </button>
        ))}
        {words !== '' && !busy && hits.length === 0 && (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(w('没有找到，请换个说法', 'Nothing found; try other words'))} />
        )}
      </div>
    </Modal>
  )
}

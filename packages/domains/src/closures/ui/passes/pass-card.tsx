import { call, FieldView, QrCode, type Row, usePlace, useRecord, useSpeech, w } from '@guatu/client'
import { counted } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { Alert, Spin, Typography } from 'antd'
import type { Verdict } from '../../pass/check.ts'

/** A pass as it is printed and shown: number, kind, order, term, code. It names nobody; the gate sees who it is for in the register. */
export function PassCard({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { registry, areas } = usePlace()
  const def = registry.records.get('pass')
  const order = useRecord('closure', typeof row.fields.closure === 'string' ? row.fields.closure : undefined)
  const code = useQuery({
    queryKey: ['pass', 'code', row.id, row.version],
    queryFn: () => call<{ code: string; number: string; tail: string; verdict: Verdict }>(`/api/pass/${row.id}/code`),
    enabled: row.state === 'issued',
  })
  if (!def) return null
  const shown = (name: string) => {
    const field = def.fields[name]
    const value = row.fields[name]
    return field && value !== undefined ? <FieldView field={field} value={value} name={name} /> : null
  }
  const { outings, outingDays } = order.data?.fields ?? {}
  const verdict = code.data?.verdict
  return (
    <article className="pass-card">
      <header>
        <strong>{t(w('通行证', 'PASS'))}</strong> <span>{shown('kind')}</span>
      </header>
      {verdict?.ok === false && (
        <Alert
          type="warning"
          showIcon
          className="no-print"
          title={t(w(`此刻卡口不予放行：${verdict.why.zh}`, `Gates let nobody out on it now: ${verdict.why.en}`))}
        />
      )}
      <div className="pass-card-body">
        {row.state !== 'issued' ? (
          <Typography.Text type="danger">{t(def.states[row.state] ?? w('', ''))}</Typography.Text>
        ) : code.data ? (
          <QrCode
            text={code.data.code}
            size={168}
            label={t(w(`通行证 ${code.data.number} 的二维码`, `Code of pass ${code.data.number}`))}
          />
        ) : (
          <Spin />
        )}
        <dl>
          <dt>{t(w('证号', 'Number'))}</dt>
          <dd className="pass-number">{String(row.fields.number)}</dd>
          {code.data && code.data.tail !== '' && (
            <>
              <dt>{t(w('车牌尾号', 'Plate ends in'))}</dt>
              <dd>{code.data.tail}</dd>
            </>
          )}
          <dt>{t(w('区域', 'Area'))}</dt>
          <dd>{areas.get(row.area)?.name}</dd>
          <dt>{t(w('依据', 'Under'))}</dt>
          <dd>{String(order.data?.fields.title ?? '—')}</dd>
          <dt>{t(w('有效期', 'Valid'))}</dt>
          <dd>
            {shown('validFrom')} – {shown('validTo')}
          </dd>
          {row.fields.kind === 'household' && typeof outings === 'number' && (
            <>
              <dt>{t(w('出行', 'Outings'))}</dt>
              <dd>{t({ zh: `每${String(outingDays)}天${outings}人次`, en: `${outings} in ${counted(Number(outingDays), 'day')}` })}</dd>
            </>
          )}
        </dl>
      </div>
      <footer>
        {t(w('出入主动出示，测温戴口罩；不得转借。', 'Show it at the gate; temperature is taken, a mask is worn; not to be lent.'))}
      </footer>
    </article>
  )
}

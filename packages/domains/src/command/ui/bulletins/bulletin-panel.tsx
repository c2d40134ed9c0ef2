import { type Row, useSpeech, w } from '@guatu/client'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'

/** The way from a bulletin's facts to its page. */
export default function BulletinPanel({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  return (
    <Link to={`/bulletins/${row.id}`}>
      <Button>{t(w('编辑和打印预览', 'Edit and print preview'))}</Button>
    </Link>
  )
}

import { OtherEntries, type Row, TitleView } from '@guatu/client'
import type { AnyRecord } from '@guatu/kernel'

/** How an entry is called, and where else the person is entered or lives. */
export function Entered({ def, row }: { readonly def: AnyRecord; readonly row: Row }) {
  return (
    <>
      <TitleView def={def} value={row.fields.name} />
      <OtherEntries of="person" id={row.id} area={row.area} />
    </>
  )
}

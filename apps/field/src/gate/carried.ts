import type { passes } from '@guatu/domains'
import { useEffect, useState } from 'react'
import { useWork } from '../work.tsx'
import { type KeptAreas, prepareGate } from './ready.ts'

/** What a gate carries, and how old it is; nothing before it was fetched. Read again when the phone has synced. */
export function useCarried() {
  const work = useWork()
  const [asOf, setAsOf] = useState<string>()
  const [areas, setAreas] = useState<KeptAreas>()
  const [orders, setOrders] = useState<passes.GateBook['orders']>()
  const { lastSync, online } = work.status
  useEffect(() => {
    const read = async () => {
      if (lastSync !== undefined && online) await prepareGate(work)
      const book = await work.kept<passes.GateBook>('gate-book')
      setAsOf(book?.asOf)
      setOrders(book?.orders)
      setAreas(await work.kept<KeptAreas>('gate-areas'))
    }
    void read()
  }, [work, lastSync, online])
  return { asOf, areas, orders }
}

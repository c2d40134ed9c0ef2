import { GuatuApp, pageOf, renewWhenUpdated } from '@guatu/client'
import '@guatu/client/shell.css'
import { registry } from '@guatu/domains'
import { screens } from '@guatu/domains/ui'
import { createRoot } from 'react-dom/client'

async function start(): Promise<void> {
  // Older browsers learn Temporal first; the others load nothing.
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
  const root = document.getElementById('root')
  if (root) createRoot(root).render(<GuatuApp registry={registry} screens={screens} />)
}

renewWhenUpdated(pageOf(window))
void start()

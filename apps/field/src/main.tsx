import { LanguageProvider } from '@guatu/client/language'
import { registry } from '@guatu/domains'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { openWork } from './work.tsx'
import './field.css'
import './work.css'

async function start(): Promise<void> {
  // Older browsers learn Temporal first; the others load nothing.
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
  const root = document.getElementById('root')
  if (!root) return
  const work = openWork(registry)
  createRoot(root).render(
    <LanguageProvider>
      <App work={work} />
    </LanguageProvider>,
  )
}

void start()
// The app itself comes from the phone from now on; in development there is nothing to keep.
if (import.meta.env.PROD) void navigator.serviceWorker?.register('/field/sw.js', { scope: '/field/' })

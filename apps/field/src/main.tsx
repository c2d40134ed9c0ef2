import { LanguageProvider } from '@guatu/client/language'
import { indexedShelf } from '@guatu/client/offline/indexed-shelf'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './field.css'
import './work.css'
import './gate/gate.css'

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <LanguageProvider>
      <App shelf={indexedShelf()} />
    </LanguageProvider>,
  )
// The app itself comes from the phone from now on; in development there is nothing to keep.
if (import.meta.env.PROD) void navigator.serviceWorker?.register('/field/sw.js', { scope: '/field/' })

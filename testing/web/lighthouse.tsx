import { GuatuApp } from '@guatu/client'
import '@guatu/client/shell.css'
import { buildRegistry } from '@guatu/kernel'
import { createRoot } from 'react-dom/client'
import { lighthouse } from '../src/lighthouse/lighthouse.ts'

/** The fictional domain behind the same web application: not one screen is written for it, every page is derived. */
const root = document.getElementById('root')
if (root) createRoot(root).render(<GuatuApp registry={buildRegistry([lighthouse])} screens={[]} />)

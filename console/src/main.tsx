import './trusted-types.ts'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@fontsource-variable/inter/wght.css'
import './app/global.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { loadCatalogue } from './i18n/load-catalogue.ts'
import { firstLanguage } from './i18n/texts.tsx'
import { shareNonce } from './lib/nonce.ts'

shareNonce()
const root = document.getElementById('root')
const language = firstLanguage()
const catalogue = await loadCatalogue(language)
if (root !== null) createRoot(root).render(<App first={{ language, catalogue }} />)

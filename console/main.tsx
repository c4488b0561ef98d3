import '@cloudscape-design/global-styles/index.css'
import './app/page.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { applyTheme, preferredTheme } from './app/theme.ts'

applyTheme(preferredTheme(localStorage, matchMedia('(prefers-color-scheme: dark)').matches))
const place = document.getElementById('console')
if (place === null) throw new Error('The page lacks the place for the console')
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
)

import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, StrictMode, useMemo } from 'react'
import type { Catalogue, Language } from '../i18n/catalogue.ts'
import { TextsProvider, useTexts } from '../i18n/texts.tsx'
import { readNonce } from '../lib/nonce.ts'
import { makeQueryClient } from '../lib/queries.ts'
import { StepUpModal } from '../ui/step-up-modal.tsx'
import { features } from './features.ts'
import { makeRouter } from './router.tsx'
import { installSearchSources } from './search-sources.ts'
import { cssVariables, themeIn } from './theme.ts'

const client = makeQueryClient()
const router = makeRouter(client)
installSearchSources(features.flatMap((feature) => feature.search ?? []))

const Themed = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTexts()
  const theme = useMemo(() => themeIn(t), [t])
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={readNonce}
    >
      {children}
    </MantineProvider>
  )
}

type Props = { readonly first: { language: Language; catalogue: Catalogue } }

export const App = ({ first }: Props) => (
  <StrictMode>
    <TextsProvider first={first}>
      <Themed>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
          <StepUpModal />
        </QueryClientProvider>
        <Notifications position="bottom-right" />
      </Themed>
    </TextsProvider>
  </StrictMode>
)

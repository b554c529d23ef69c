import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import type { Catalogue, Language } from '../i18n/catalogue.ts'
import { TextsProvider } from '../i18n/texts.tsx'
import { readNonce } from '../lib/nonce.ts'
import { makeQueryClient } from '../lib/queries.ts'
import { StepUpModal } from '../ui/step-up-modal.tsx'
import { features } from './features.ts'
import { makeRouter } from './router.tsx'
import { installSearchSources } from './search-sources.ts'
import { cssVariables, theme } from './theme.ts'

const client = makeQueryClient()
const router = makeRouter(client)
installSearchSources(features.flatMap((feature) => feature.search ?? []))

type Props = { readonly first: { language: Language; catalogue: Catalogue } }

export const App = ({ first }: Props) => (
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={readNonce}
    >
      <TextsProvider first={first}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
          <StepUpModal />
          <Notifications position="bottom-right" />
        </QueryClientProvider>
      </TextsProvider>
    </MantineProvider>
  </StrictMode>
)

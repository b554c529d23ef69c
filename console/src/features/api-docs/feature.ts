import { getOpenApi } from '../../../../src/openapi/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

export const apiDocs: Feature = {
  pages: [
    {
      path: '/api/docs',
      load: () => import('./api-docs-page.tsx').then((m) => m.ApiDocsPage),
      prefetch: (client) => client.prefetchQuery(read(getOpenApi)),
    },
  ],
}

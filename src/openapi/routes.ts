import { type ServeScope, serve } from '../http/serve.ts'
import { getOpenApi } from './contract.ts'
import { loadContracts } from './contracts.ts'
import { writeOpenApi } from './generate.ts'

/** Contracts do not change while the program runs, so the text is made once. */
let text: Promise<string> | null = null

export const openApiRoutes = (scope: ServeScope): void => {
  serve(scope, getOpenApi, async ({ reply }) => {
    text ??= loadContracts().then(writeOpenApi)
    return reply.type('application/json; charset=utf-8').send(Buffer.from(await text))
  })
}

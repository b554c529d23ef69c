import { notFound } from '../../http/errors.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { listKeptMessages } from './contract.ts'
import { listMailbox } from './mailbox.ts'
import { hasSystemMailbox, maySeeMailbox } from './visibility.ts'

export const systemMailboxRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  if (!hasSystemMailbox(deps.config)) return
  serve(scope, listKeptMessages, async ({ request, query, now }) => {
    if (!maySeeMailbox(request, deps.config)) throw notFound()
    return listMailbox(deps, query, now)
  })
}

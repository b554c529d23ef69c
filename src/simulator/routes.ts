import { sealPreview } from '../content/preview/index.ts'
import { type ServeScope, serve } from '../http/serve.ts'
import type { SendBack } from './acts/send-back.ts'
import {
  createSimulatorEvent,
  deleteSimulatorMessage,
  emptySimulator,
  getSimulator,
  getSimulatorAttachment,
  getSimulatorMessage,
  getSimulatorSource,
  listSimulatorMessages,
  previewSimulatorMessage,
} from './contract.ts'
import { actOnMail } from './events.ts'
import {
  deleteMessage,
  emptyMailbox,
  listMailbox,
  offerTo,
  readAttachment,
  readMailboxMessage,
  readSource,
  withMail,
} from './mailbox.ts'
import { hidesRecipient } from './masking.ts'
import { scriptRoutes } from './scripts/routes.ts'

/** RFC 6266: the plain name for old readers, the extended one for all letters. */
const asAttachment = (name: string): string =>
  `attachment; filename="${name.replaceAll(/[^\w. -]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`

export const simulatorRoutes = (scope: ServeScope, sendBack: SendBack): void => {
  const { deps } = scope
  serve(scope, getSimulator, async ({ actor }) => offerTo(deps, actor))
  serve(scope, listSimulatorMessages, ({ actor, query, now }) => listMailbox(deps, actor, query, now))
  serve(scope, emptySimulator, async ({ actor, query }) => {
    await emptyMailbox(deps, actor, query.mailbox)
    return null
  })
  serve(scope, getSimulatorMessage, ({ actor, params }) => readMailboxMessage(deps, actor, params.id))
  serve(scope, deleteSimulatorMessage, async ({ actor, params }) => {
    await deleteMessage(deps, actor, params.id)
    return null
  })
  serve(scope, getSimulatorSource, async ({ actor, params, reply }) => {
    const raw = await readSource(deps, actor, params.id)
    return reply
      .type('message/rfc822')
      .header('content-disposition', asAttachment(`${params.id}.eml`))
      .send(raw)
  })
  serve(scope, getSimulatorAttachment, async ({ actor, params, reply }) => {
    const part = await readAttachment(deps, actor, params.id, params.position)
    // Never the type the mail claims: a browser must save it, not show it on the panel's origin.
    return reply
      .type('application/octet-stream')
      .header('content-disposition', asAttachment(part.file_name))
      .send(part.content)
  })
  serve(scope, previewSimulatorMessage, ({ actor, params }) =>
    withMail(deps, actor, params.id, async (_trx, { accountId }, row) =>
      sealPreview(deps, {
        accountId,
        kind: 'simulator',
        id: params.id,
        ...(hidesRecipient(actor, row) ? { detail: { masked: 'yes' } } : {}),
      }),
    ),
  )
  serve(scope, createSimulatorEvent, ({ actor, body }) => actOnMail(deps, sendBack, actor, body))
  scriptRoutes(scope)
}

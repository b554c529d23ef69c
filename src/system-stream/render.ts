import type { Config } from '../config.ts'
import { addressOf, type Content } from './content.ts'
import type { SystemMessage } from './kinds.ts'
import { linksOf } from './links.ts'

/** Writes the whole message. */
export const render = (config: Config, message: SystemMessage): Content => {
  const values = message.values as {
    readonly token?: string
    readonly notMeToken?: string
    readonly code?: string
  }
  const { main, notMe } = linksOf(config.publicUrl, message.kind, values)
  const link = main ?? notMe
  return {
    to: addressOf(message.to),
    from: config.systemSender,
    subject: message.kind,
    text: values.code ?? message.kind,
    html: null,
    code: values.code ?? null,
    link: link?.href ?? null,
    token: link?.token ?? null,
  }
}

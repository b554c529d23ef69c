import type { Config } from '../../config.ts'
import { addressOf, type Content } from '../content.ts'
import type { SystemMessage } from '../kinds.ts'
import { linksOf } from '../links.ts'
import { renderMail } from './mail.ts'
import { renderSms } from './sms.ts'

/** What a phone shows as the sender until the provider's template names another. */
const smsSender = 'Campanile'

/** Writes the whole message out of fixed words and its values: no text of an account or a person gets in. */
export const render = (config: Config, message: SystemMessage): Content => {
  const values = message.values as {
    readonly token?: string
    readonly notMeToken?: string
    readonly code?: string
  }
  const links = linksOf(config.publicUrl, message.kind, values)
  const link = links.main ?? links.notMe
  const known = {
    to: addressOf(message.to),
    code: values.code ?? null,
    link: link?.href ?? null,
    token: link?.token ?? null,
  }
  if ('phone' in message.to)
    return { ...known, from: smsSender, subject: null, text: renderSms(config, message, links), html: null }
  return { ...known, from: config.systemSender, ...renderMail(config, message, links) }
}

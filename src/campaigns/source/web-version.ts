import { loadContactsForRendering } from '../../contacts/index.ts'
import type { Content } from '../../content/contract.ts'
import { type LinkToken, makeRecipientLinks, renderEmail } from '../../content/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { compiledContent } from '../content/compiled.ts'
import { findCampaign, findRevision } from '../queries.ts'
import { surroundingsOf } from './surroundings.ts'

/**
 * The message of a token as a page: the revision that was sent, filled with the contact's data, with the links of that
 * message and without pixel and click counting. Null where the campaign is gone or has its web version switched off.
 */
export const renderWebVersion = async (trx: Trx, deps: Deps, token: LinkToken): Promise<string | null> => {
  const { accountId, campaignId, contactId } = token
  const campaign = await findCampaign(trx, accountId, campaignId)
  const content = (await findRevision(trx, accountId, campaignId, token.revision))?.content as
    | Content
    | undefined
  if (!campaign || !content?.web_version) return null
  const compiled = compiledContent(content)
  if ('faults' in compiled) return null
  const contacts = await loadContactsForRendering(trx, accountId, contactId ? [contactId] : [])
  const surroundings = await surroundingsOf(trx, deps, accountId, campaign)
  const links = makeRecipientLinks(deps, token)
  const rendering = renderEmail(compiled.email, contacts[0] ?? null, surroundings, links, 'view')
  return 'email' in rendering ? rendering.email.html : null
}

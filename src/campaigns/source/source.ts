import { loadContactsForRendering, loadFieldDefaults } from '../../contacts/index.ts'
import type { Content } from '../../content/contract.ts'
import { compileMime } from '../../content/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { MessageSource, PreparedSource, RecipientRow, Rendering } from '../../messages/index.ts'
import { sendingIdentity } from '../../sender-domains/index.ts'
import { compiledContent } from '../content/compiled.ts'
import { type CampaignRecord, findCampaign, findRevision } from '../queries.ts'
import { admitByWindows } from '../windows/admit.ts'
import type { SendWindow } from '../windows/contract.ts'
import { composeFor, type Letter, sharedHeaders } from './compose.ts'
import { findTestSend } from './queries.ts'
import { surroundingsOf } from './surroundings.ts'

type SourceRef = Parameters<MessageSource['load']>[2]
type Origin = { origin: 'campaign' | 'test'; campaignId: string; subjectMark: string }

const letterOf = async (
  trx: Trx,
  deps: Deps,
  ref: SourceRef,
  origin: Origin,
): Promise<{ letter: Letter; campaign: CampaignRecord } | null> => {
  const { accountId, revision } = ref
  const campaign = await findCampaign(trx, accountId, origin.campaignId)
  const content = (await findRevision(trx, accountId, origin.campaignId, revision))?.content as
    | Content
    | undefined
  if (!campaign?.sender_email || !content) return null
  const compiled = compiledContent(content)
  if ('faults' in compiled) return null
  const identity = await sendingIdentity(trx, deps, accountId, campaign.sender_email)
  const letter: Letter = {
    deps,
    accountId,
    campaignId: origin.campaignId,
    sourceId: ref.sourceId,
    origin: origin.origin,
    revision,
    runMonth: ref.runMonth,
    email: compiled.email,
    content,
    surroundings: await surroundingsOf(trx, deps, accountId, campaign),
    compose: compileMime({
      fromAddress: campaign.sender_email,
      replyTo: content.reply_to ?? campaign.sender_reply_to,
      headers: sharedHeaders,
      signers: identity.signers,
    }),
    identity,
    subjectMark: origin.subjectMark,
  }
  return { letter, campaign }
}

const renderCampaign = async (
  letter: Letter,
  trx: Trx,
  recipients: readonly RecipientRow[],
  defaults: Awaited<ReturnType<typeof loadFieldDefaults>>,
): Promise<Map<string, Rendering>> => {
  const ids = recipients.flatMap((row) => row.contactId ?? [])
  const contacts = await loadContactsForRendering(trx, letter.accountId, ids, defaults)
  const byId = new Map(contacts.map((contact) => [contact.id, contact]))
  const rendered = new Map<string, Rendering>()
  for (const row of recipients) {
    const contact = row.contactId ? byId.get(row.contactId) : undefined
    const rendering: Rendering = contact
      ? composeFor(letter, row, contact)
      : { failed: 'render_failed', detail: 'the contact is gone' }
    rendered.set(row.messageId, rendering)
  }
  return rendered
}

const headBytes = 2_048
/** What is not ASCII grows when it is encoded; a text part that nobody wrote is made from the HTML. */
const weighLetter = ({ html, text }: Content): number =>
  headBytes + 2 * (html.length + (text?.length ?? html.length / 2))

/** Campaigns as the engine sees them. */
export const campaignSource: MessageSource = {
  kind: 'campaign',
  load: async (trx, deps, ref): Promise<PreparedSource | null> => {
    const origin: Origin = { origin: 'campaign', campaignId: ref.sourceId, subjectMark: '' }
    const found = await letterOf(trx, deps, ref, origin)
    if (!found) return null
    const defaults = await loadFieldDefaults(trx, ref.accountId)
    const windows = found.campaign.windows as SendWindow[]
    return {
      senderId: found.campaign.effective_sender_id,
      bytesEach: weighLetter(found.letter.content),
      admit: windows.length > 0 ? admitByWindows(deps, ref, windows) : undefined,
      render: (renderTrx, recipients) => renderCampaign(found.letter, renderTrx, recipients, defaults),
    }
  },
}

const testMark = '[Test] '

/** Test messages: the campaign's content with the data of one chosen contact, or of nobody. */
export const testSource: MessageSource = {
  kind: 'test',
  load: async (trx, deps, ref): Promise<PreparedSource | null> => {
    const test = await findTestSend(trx, ref.accountId, ref.sourceId)
    if (!test) return null
    const found = await letterOf(trx, deps, ref, {
      origin: 'test',
      campaignId: test.campaign_id,
      subjectMark: test.mark_as_test ? testMark : '',
    })
    if (!found) return null
    return {
      senderId: found.campaign.effective_sender_id,
      render: async (renderTrx, recipients) => {
        const chosen = test.contact_id ? [test.contact_id] : []
        const [contact] = await loadContactsForRendering(renderTrx, ref.accountId, chosen)
        const rendered = new Map<string, Rendering>()
        for (const row of recipients) {
          rendered.set(row.messageId, composeFor(found.letter, row, contact ?? null))
        }
        return rendered
      },
    }
  },
}

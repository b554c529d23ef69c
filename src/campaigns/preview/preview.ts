import { loadContactsForRendering, maskedContact, type RenderingContact } from '../../contacts/index.ts'
import type { Content, ContentInput } from '../../content/contract.ts'
import { compileEmail, type RenderedEmail } from '../../content/index.ts'
import { sealPreview } from '../../content/preview/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { notFound } from '../../http/errors.ts'
import { seesPersonalData } from '../../http/personal-data.ts'
import { nameOf, scopeOf } from '../audience/audience.ts'
import { findNeighbours } from '../audience/queries.ts'
import { getRecord } from '../campaign.ts'
import { compiledContent } from '../content/compiled.ts'
import { mergeContent } from '../content/content.ts'
import { renderSample } from '../preflight/sample.ts'
import { type CampaignRecord, findCampaign, findRevision } from '../queries.ts'
import { surroundingsOf } from '../source/surroundings.ts'
import type { Preview, TemplateError } from './contract.ts'

export const previewKind = 'campaign'

const loadOne = async (
  trx: Trx,
  accountId: string,
  id: string | null,
  masked: boolean,
): Promise<RenderingContact | null> => {
  if (id === null) return null
  const [contact] = await loadContactsForRendering(trx, accountId, [id])
  return contact ? (masked ? maskedContact(contact) : contact) : null
}

type Shown = { email: RenderedEmail | null; errors: TemplateError[] }

const show = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  campaign: CampaignRecord,
  content: Content,
  contact: RenderingContact | null,
): Promise<Shown> => {
  const compiled = compiledContent(content)
  if ('faults' in compiled) return { email: null, errors: [...compiled.faults] }
  const surroundings = await surroundingsOf(trx, deps, accountId, campaign)
  const rendering = renderSample(deps, compiled.email, surroundings, contact)
  return 'fault' in rendering
    ? { email: null, errors: [rendering.fault] }
    : { email: rendering.email, errors: [] }
}

const urlOf = (
  deps: Deps,
  accountId: string,
  { id, content_revision: revision }: CampaignRecord,
  contact: RenderingContact | null,
  masked: boolean,
): string =>
  sealPreview(deps, {
    accountId,
    kind: previewKind,
    id,
    detail: {
      revision: String(revision),
      ...(contact ? { contact: contact.id } : {}),
      ...(masked ? { masked: 'yes' } : {}),
    },
  }).url

/** The message as one contact gets it: the named one, or the first of the audience. */
export const previewCampaign = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  id: string,
  contactId: string | undefined,
): Promise<Preview> => {
  const { accountId } = actor
  const masked = !seesPersonalData(actor)
  const campaign = await getRecord(trx, accountId, id)
  const scope = await scopeOf(trx, deps, accountId, campaign)
  const first = contactId ?? (await findNeighbours(trx, scope, null)).first
  const contact = await loadOne(trx, accountId, first, masked)
  if (contactId !== undefined && contact === null) throw notFound()
  const neighbours = await findNeighbours(trx, scope, contact?.id ?? null)
  const content = campaign.content as Content | null
  const { email, errors } = content
    ? await show(trx, deps, accountId, campaign, content, contact)
    : { email: null, errors: [] }
  return {
    contact: contact ? { id: contact.id, name: nameOf(contact), email: contact.email } : null,
    previous_contact_id: neighbours.previous,
    next_contact_id: neighbours.next,
    from: { name: email?.fromName ?? campaign.sender_name ?? '', email: campaign.sender_email },
    reply_to: content?.reply_to ?? campaign.sender_reply_to,
    subject: email?.subject ?? '',
    preheader: email?.preheader ?? '',
    text: email?.text ?? '',
    url: email ? urlOf(deps, accountId, campaign, contact, masked) : null,
    html_bytes: email ? Buffer.byteLength(email.html) : 0,
    missing: [...(email?.missing ?? [])],
    errors,
  }
}

/** The HTML behind a preview's address, from the revision it was made for. */
export const previewHtml = (
  deps: Deps,
  subject: { accountId: string; id: string; detail?: Readonly<Record<string, string>> },
): Promise<string | null> =>
  inAccount(deps.db, subject.accountId, async (trx) => {
    const campaign = await findCampaign(trx, subject.accountId, subject.id)
    const n = Number(subject.detail?.['revision'])
    const content = (await findRevision(trx, subject.accountId, subject.id, n))?.content as
      | Content
      | undefined
    if (!campaign || !content) return null
    const contact = await loadOne(
      trx,
      subject.accountId,
      subject.detail?.['contact'] ?? null,
      subject.detail?.['masked'] === 'yes',
    )
    return (await show(trx, deps, subject.accountId, campaign, content, contact)).email?.html ?? null
  })

/** Judges content while it is written; nothing is stored. */
export const checkContent = (given: ContentInput) => {
  const content = mergeContent(null, given)
  const compiled = compileEmail(content)
  const html_bytes = Buffer.byteLength(content.html)
  if ('faults' in compiled) {
    return { ok: false, errors: [...compiled.faults], dangerous: [], variables: [], html_bytes }
  }
  const { dangers, variables } = compiled.email
  return {
    ok: dangers.length === 0,
    errors: [],
    dangerous: [...dangers],
    variables: [...variables],
    html_bytes,
  }
}

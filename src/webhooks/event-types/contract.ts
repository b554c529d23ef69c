/** The one table of events (api.md A7), in the order of the picker. */
export const webhookEventTypes = [
  'email.accepted',
  'email.delivered',
  'email.deferred',
  'email.soft_bounced',
  'email.hard_bounced',
  'email.spam_bounced',
  'email.opened',
  'email.clicked',
  'email.complained',
  'email.unsubscribed',
  'email.suppressed',
  'email.rejected',
  'email.uncertain',
  'sms.accepted',
  'sms.delivered',
  'sms.undelivered',
  'sms.expired',
  'sms.rejected',
  'sms.suppressed',
  'sms.uncertain',
  'sms.clicked',
  'sms.incoming',
  'sms.unsubscribed',
  'push.accepted',
  'push.delivered',
  'push.opened',
  'push.button',
  'push.failed',
  'push.expired',
  'push.suppressed',
  'push.uncertain',
  'rcs.accepted',
  'rcs.delivered',
  'rcs.read',
  'rcs.tapped',
  'rcs.failed',
  'rcs.expired',
  'rcs.suppressed',
  'rcs.uncertain',
  'rcs.incoming',
  'rcs.unsubscribed',
  'rcs.fallback',
  'message.outcome',
  'campaign.started',
  'campaign.paused',
  'campaign.resumed',
  'campaign.held',
  'campaign.canceled',
  'campaign.finished',
  'campaign.failed',
  'contact.created',
  'contact.updated',
  'contact.archived',
  'contact.restored',
  'contact.merged',
  'contact.deleted',
  'contact.erased',
  'contact.consent_changed',
  'contact.unsubscribed',
  'contact.resubscribed',
  'segment.entered',
  'segment.left',
  'import.completed',
  'import.undone',
  'operation.completed',
  'operation.failed',
  'approval.requested',
  'approval.decided',
  'limit.warning',
  'budget.warning',
  'invoice.issued',
  'integration.failing',
  'security.sign_in_denied',
  'security.address_list_changed',
  'security.mfa_changed',
  'security.user_changed',
  'security.role_changed',
  'security.api_key_changed',
  'security.impersonation',
  'security.access_denied',
  'webhook.test',
] as const
export type WebhookEventType = (typeof webhookEventTypes)[number]

/** Too many to be wanted by accident: a wildcard does not bring them, only their own name does. */
const onlyByName: ReadonlySet<string> = new Set(['email.accepted', 'email.delivered', 'sms.accepted'])

const prefixOf = (pattern: string): string | null => (pattern.endsWith('.*') ? pattern.slice(0, -1) : null)

/** A type of the table, or `area.*` for all types of an area. */
export const isEventPattern = (pattern: string): boolean => {
  const prefix = prefixOf(pattern)
  return webhookEventTypes.some((type) =>
    prefix === null ? type === pattern : type.slice(0, type.indexOf('.') + 1) === prefix,
  )
}

export const coversEvent = (patterns: readonly string[], type: WebhookEventType): boolean =>
  patterns.some((pattern) => {
    const prefix = prefixOf(pattern)
    return prefix === null ? pattern === type : type.startsWith(prefix) && !onlyByName.has(type)
  })

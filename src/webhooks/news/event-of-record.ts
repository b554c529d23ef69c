import type { AuditRecord } from '../../audit/contract.ts'
import type { AuditAction } from '../../http/audit-actions/contract.ts'
import type { WebhookEventType } from '../event-types/contract.ts'

const exact: Partial<Record<AuditAction, WebhookEventType>> = {
  'login.denied': 'security.sign_in_denied',
  'access.denied': 'security.access_denied',
  'impersonation.started': 'security.impersonation',
  'impersonation.ended': 'security.impersonation',
  'recovery_code.used': 'security.mfa_changed',
  'recovery_codes.created': 'security.mfa_changed',
  'password.changed': 'security.user_changed',
  'password.reset': 'security.user_changed',
  'contact.created': 'contact.created',
  'contact.changed': 'contact.updated',
  'contact.archived': 'contact.archived',
  'contact.restored': 'contact.restored',
  'contact.merged': 'contact.merged',
  'contact.deleted': 'contact.deleted',
  'contact.erased': 'contact.erased',
  'import.completed': 'import.completed',
  'import.undone': 'import.undone',
  'approval.requested': 'approval.requested',
  'approval.approved': 'approval.decided',
  'approval.rejected': 'approval.decided',
  'approval.withdrawn': 'approval.decided',
  'approval.expired': 'approval.decided',
  'approval.voided': 'approval.decided',
}

/** Whole families of the application log (account.md §20), by what stands before the point. */
const families: Readonly<Record<string, WebhookEventType>> = {
  ip: 'security.address_list_changed',
  factor: 'security.mfa_changed',
  mfa: 'security.mfa_changed',
  user: 'security.user_changed',
  invitation: 'security.user_changed',
  role: 'security.role_changed',
  api_key: 'security.api_key_changed',
}

export const eventTypeOf = (action: AuditAction): WebhookEventType | null =>
  exact[action] ?? families[action.slice(0, action.indexOf('.'))] ?? null

type Data = Readonly<Record<string, unknown>>

const security = (record: AuditRecord): Data => ({
  audit_seq: record.seq,
  action: record.action,
  actor_type: record.actor.type,
  actor_id: record.actor.id,
  object_type: record.object?.type ?? null,
  object_id: record.object?.id ?? null,
  result: record.result,
  address: record.address,
})

/** Names of fields, never what stands in them. */
const changedFields = ({ diff }: AuditRecord): readonly string[] => {
  const named = diff?.after?.['changed'] ?? diff?.after?.['fields']
  const names = Array.isArray(named) ? named : Object.keys({ ...diff?.before, ...diff?.after })
  return names.filter((name): name is string => typeof name === 'string')
}

const figures = ({ diff }: AuditRecord): Data =>
  Object.fromEntries(Object.entries(diff?.after ?? {}).filter(([, value]) => typeof value === 'number'))

/** What an event tells of its record: ids, states and figures (api.md A7). */
export const dataOfRecord = (type: WebhookEventType, record: AuditRecord): Data => {
  const id = record.object?.id ?? null
  switch (type.slice(0, type.indexOf('.'))) {
    case 'contact':
      return type === 'contact.updated'
        ? { contact_id: id, changed_fields: changedFields(record) }
        : { contact_id: id }
    case 'import':
      return { import_id: id, counts: figures(record) }
    case 'approval': {
      const state = record.action.slice('approval.'.length)
      return { approval_id: id, state: state === 'requested' ? 'pending' : state }
    }
    default:
      return security(record)
  }
}

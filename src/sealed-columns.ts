import { accountDataKey } from './accounts/index.ts'
import type { SealedColumn } from './db/sealed-columns.ts'
import { instanceSecret } from './instance-guard/index.ts'
import { sealedSecurityColumns } from './security/index.ts'
import { sealedSystemColumns } from './system-stream/index.ts'

/** Everything that SECRET_KEYS seal, one line per feature; a test compares it with the database. */
export const sealedColumns: readonly SealedColumn[] = [
  accountDataKey,
  instanceSecret,
  ...sealedSecurityColumns,
  ...sealedSystemColumns,
]

/** Sealed with the data key of their account: they stay as they are when that key is sealed anew. */
export const underDataKey: readonly string[] = [
  'providers.secrets_sealed',
  'mfa_factors.secret_sealed',
  'audit_subjects.sealed',
  'webhook_endpoints.secret_sealed',
  'webhook_endpoints.old_secret_sealed',
  'webhook_endpoints.auth_sealed',
  'dkim_keys.private_sealed',
]

import type { Deps } from '../../http/deps.ts'
import { findSigningKey } from './signing-key.ts'

/** Tells the operator, at each start with a relay, which record makes the signature of system mail count. */
export const announceSystemSender = async (deps: Deps): Promise<void> => {
  const { systemSmtp, systemSender } = deps.config
  if (!systemSmtp) return
  const { record } = await findSigningKey(deps, systemSender.slice(systemSender.lastIndexOf('@') + 1))
  deps.log.info(
    { part: 'system-stream', dns_name: record.name, dns_type: 'TXT', dns_value: record.value },
    'system mail is signed; publish this record',
  )
}

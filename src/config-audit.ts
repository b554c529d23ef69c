import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ConfigError } from './config-error.ts'

export type SigningKey = { readonly id: string; readonly secret: KeyObject; readonly open: KeyObject }

/** Where signed checkpoints go, away from the database. */
export type CheckpointSink =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'syslog' }
  | { readonly kind: 'https'; readonly url: string }

export type AuditConfig = {
  /** The first signs, all prove: an older key stays in the list as long as its checkpoints are to be checked. */
  readonly auditSigningKeys: readonly [SigningKey, ...SigningKey[]]
  readonly auditCheckpointSink: CheckpointSink
}

type Env = Readonly<Record<string, string | undefined>>
const keyName = 'AUDIT_SIGNING_KEY'
const sinkName = 'AUDIT_CHECKPOINT_SINK'

const parseKey = (text: string): SigningKey => {
  const match = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/=]+)$/.exec(text.trim())
  try {
    if (!match?.[1] || !match[2]) throw new Error('form')
    const secret = createPrivateKey({ key: Buffer.from(match[2], 'base64'), format: 'der', type: 'pkcs8' })
    if (secret.asymmetricKeyType !== 'ed25519') throw new Error('type')
    return { id: match[1], secret, open: createPublicKey(secret) }
  } catch {
    throw new ConfigError(keyName, 'must be kid:base64 of an Ed25519 key (PKCS8 DER)')
  }
}

const parseKeys = (text: string): AuditConfig['auditSigningKeys'] => {
  const [first, ...rest] = text.split(',').map(parseKey)
  if (!first) throw new ConfigError(keyName, 'is empty')
  if (new Set([first, ...rest].map((key) => key.id)).size !== rest.length + 1)
    throw new ConfigError(keyName, 'key ids repeat')
  return [first, ...rest]
}

/** Development only: made once, readable by the owner of the process alone. */
const developmentKey = (dataDir: string): string => {
  const file = join(dataDir, 'audit-signing-key')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  mkdirSync(dataDir, { recursive: true })
  const der = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' })
  const made = `dev1:${der.toString('base64')}`
  writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx' })
  return made
}

const parseSink = (text: string): CheckpointSink => {
  if (text === 'syslog') return { kind: 'syslog' }
  if (text.startsWith('file:') && text.length > 'file:'.length)
    return { kind: 'file', path: resolve(text.slice('file:'.length)) }
  if (text.startsWith('https://') && URL.canParse(text)) {
    const url = new URL(text)
    if (!url.username && !url.password) return { kind: 'https', url: text }
  }
  throw new ConfigError(sinkName, 'must be file:<path>, syslog or https://<endpoint> without user-info')
}

/** @throws ConfigError naming the variable, never its value. */
export const readAudit = (env: Env, dataDir: string, production: boolean): AuditConfig => {
  const key = env[keyName]
  if (!key && production) throw new ConfigError(keyName, 'is required in production')
  const sink = env[sinkName]
  return {
    auditSigningKeys: parseKeys(key || developmentKey(dataDir)),
    auditCheckpointSink: sink
      ? parseSink(sink)
      : { kind: 'file', path: join(dataDir, 'audit-checkpoints.jsonl') },
  }
}

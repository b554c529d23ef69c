import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'campanile-config-'))
const key = `k1:${Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')}`
const signingKey = `a1:${generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')}`
const rsaKey = `a1:${generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')}`
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://panel.example.com',
  CONTENT_URL: 'https://mail.example.net',
  SECRET_KEYS: key,
  AUDIT_SIGNING_KEY: signingKey,
  SYSTEM_SMTP_URL: 'smtps://relay.example.net',
  SYSTEM_SENDER: 'system@example.net',
}
const read = (env: Record<string, string>) => readConfig({ DATA_DIR: dataDir, ...env })

describe('the configuration', () => {
  it('needs nothing in development: loopback, two ports, keys made once and readable by the owner alone', () => {
    const config = read({})
    expect(config).toMatchObject({
      publicUrl: 'http://localhost:8420',
      contentUrl: 'http://localhost:8421',
      loopback: true,
      production: false,
      roles: ['web', 'worker', 'sender'],
      simulatorSmtpListen: { host: '127.0.0.1', port: 8425 },
      testSupport: false,
    })
    const file = join(dataDir, 'secret-keys')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const made = readFileSync(file, 'utf8')
    read({})
    expect(readFileSync(file, 'utf8')).toBe(made)
  })

  it('takes both origins from one socket behind an address', () => {
    expect(read(production)).toMatchObject({
      loopback: false,
      contentListen: null,
      simulatorSmtpListen: null,
    })
  })

  it.each([
    ['PUBLIC_URL', { PUBLIC_URL: 'http://panel.example.com' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://panel.example.com/path' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://user:word@panel.example.com' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'nonsense' }],
    ['PUBLIC_URL', { ...production, PUBLIC_URL: 'http://localhost:8420' }],
    ['CONTENT_URL', { PUBLIC_URL: 'https://panel.example.com' }],
    ['CONTENT_URL', { ...production, CONTENT_URL: 'https://panel.example.com' }],
    ['CONTENT_URL', { ...production, CONTENT_URL: 'https://mail.panel.example.com' }],
    ['LISTEN_PORT', { LISTEN_PORT: '0' }],
    ['LISTEN_PORT', { LISTEN_PORT: '08420x' }],
    ['NODE_ENV', { NODE_ENV: 'prod' }],
    ['ROLES', { ROLES: 'web,cook' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['SECRET_KEYS', { ...production, SECRET_KEYS: '' }],
    ['SECRET_KEYS', { SECRET_KEYS: 'k1:c2hvcnQ=' }],
    ['SECRET_KEYS', { SECRET_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}` }],
    ['SECRET_KEYS', { SECRET_KEYS: `k1:${Buffer.from('0123456789abcdef'.repeat(2)).toString('base64')}` }],
    [
      'SECRET_KEYS',
      { SECRET_KEYS: `k1:${Buffer.from(Array.from({ length: 32 }, (_, n) => n)).toString('base64')}` },
    ],
    ['SECRET_KEYS', { SECRET_KEYS: `${key},${key}` }],
    ['AUDIT_SIGNING_KEY', { ...production, AUDIT_SIGNING_KEY: '' }],
    ['AUDIT_SIGNING_KEY', { AUDIT_SIGNING_KEY: 'a1:c2hvcnQ=' }],
    ['AUDIT_SIGNING_KEY', { AUDIT_SIGNING_KEY: rsaKey }],
    ['AUDIT_SIGNING_KEY', { AUDIT_SIGNING_KEY: `${signingKey},${signingKey}` }],
    ['AUDIT_CHECKPOINT_SINK', { AUDIT_CHECKPOINT_SINK: 'file:' }],
    ['AUDIT_CHECKPOINT_SINK', { AUDIT_CHECKPOINT_SINK: 'http://example.com/' }],
    ['AUDIT_CHECKPOINT_SINK', { AUDIT_CHECKPOINT_SINK: 'https://user:word@example.com/' }],
    ['METRICS_LISTEN', { METRICS_LISTEN: '9100' }],
    ['SIMULATOR_SMTP_LISTEN', { SIMULATOR_SMTP_LISTEN: 'here' }],
    ['BOUNCE_SMTP_LISTEN', { BOUNCE_SMTP_LISTEN: '127.0.0.1' }],
    ['BOUNCE_SMTP_LISTEN', { BOUNCE_SMTP_LISTEN: '127.0.0.1:99999' }],
    ['DNS_RESOLVERS', { DNS_RESOLVERS: 'ns.example.com' }],
    ['DNS_RESOLVERS', { DNS_RESOLVERS: '9.9.9.9:70000' }],
    ['MAIL_HOST', { MAIL_HOST: 'mx example' }],
    ['SERVICE_DOMAIN', { SERVICE_DOMAIN: 'https://mail.example' }],
    ['SPF_MECHANISMS', { SPF_MECHANISMS: 'v=spf1 -all' }],
    ['EGRESS_ALLOW', { EGRESS_ALLOW: '10.0.0.1/8' }],
    ['EGRESS_ALLOW', { EGRESS_ALLOW: '010.0.0.0/8' }],
    ['EGRESS_ALLOW', { EGRESS_ALLOW: '8.8.8.0/24' }],
    ['EGRESS_ALLOW', { EGRESS_ALLOW: '0.0.0.0/0' }],
    ['SESSION_IDLE_MINUTES', { SESSION_IDLE_MINUTES: '61' }],
    ['CAMPANILE_TEST_SUPPORT', { ...production, CAMPANILE_TEST_SUPPORT: '1' }],
    ['CAMPANILE_TEST_SUPPORT', { CAMPANILE_TEST_SUPPORT: '1', LISTEN_HOST: '0.0.0.0' }],
  ])('refuses nonsense in %s by its name, without a secret: %j', (variable, env) => {
    expect(() => read(env as Record<string, string>)).toThrow(ConfigError)
    expect(() => read(env as Record<string, string>)).toThrow(new RegExp(`^${variable}: .`))
  })
})

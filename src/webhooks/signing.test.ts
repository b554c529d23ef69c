import { Webhook } from 'standardwebhooks'
import { describe, expect, it, vi } from 'vitest'
import { makeSecret, signatureHeaders } from './signing.ts'
import { verifies } from './test/receiver.ts'

// The example of the specification's own libraries, standard-webhooks/standard-webhooks.
const known = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}

describe('a signature', () => {
  it('is that of the Standard Webhooks example', () => {
    expect(signatureHeaders([known.secret], known)).toEqual({
      'webhook-id': known.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': known.signature,
    })
  })

  it('is made with each secret, and a receiver accepts either', () => {
    const [next, former, stranger] = [makeSecret(), makeSecret(), makeSecret()]
    const headers = signatureHeaders([next, former], known)
    const received = { headers, raw: known.body }
    expect([next, former, stranger].map((secret) => verifies(secret, received))).toEqual([true, true, false])
    expect(verifies(next, { headers, raw: known.body.replace('2', '3') })).toBe(false)
  })

  it('is taken by the library of Standard Webhooks, with the new and with the former secret', () => {
    const [next, former] = [makeSecret(), makeSecret()]
    vi.useFakeTimers({ now: known.at })
    const headers = { ...signatureHeaders([next, former], known) }
    for (const secret of [next, former])
      expect(new Webhook(secret).verify(known.body, headers)).toEqual({ test: 2_432_232_314 })
    expect(() => new Webhook(makeSecret()).verify(known.body, headers)).toThrow()
    expect(new Webhook(known.secret).sign(known.id, known.at, known.body)).toBe(known.signature)
    vi.useRealTimers()
  })

  it('comes of 32 random bytes', () => {
    const secrets = Array.from({ length: 50 }, makeSecret)
    expect(new Set(secrets).size).toBe(50)
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
      expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32)
    }
  })
})

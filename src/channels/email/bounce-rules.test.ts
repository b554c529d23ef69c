import { describe, expect, test } from 'vitest'
import { bounceGroupOf } from './bounce-classes.ts'
import { classifyRefusal, findShippedRule, matchesWildcard } from './bounce-rules.ts'

describe('an answer has the class of its code, then of its words', () => {
  test.each([
    ['5.1.1', 'anything', 'unknown_user'],
    ['5.1.10', 'RESOLVER.ADR.RecipientNotFound', 'unknown_user'],
    ['5.1.10', '556 5.1.10 Recipient address has null MX', 'unknown_domain'],
    ['5.1.2', '', 'unknown_domain'],
    ['5.2.1', 'The email account that you tried to reach is disabled', 'disabled'],
    ['5.2.2', 'quota', 'mailbox_full'],
    ['4.2.2', 'over quota', 'mailbox_full'],
    ['5.3.4', 'message too big', 'too_large'],
    ['4.4.1', 'connection timed out', 'timeout'],
    ['4.7.1', 'Greylisted, see http://postgrey', 'greylist'],
    ['4.1.1', 'user unknown, try again later', 'greylist'],
    ['4.1.1', 'user unknown', 'server'],
    ['5.4.1', 'Recipient address rejected: Access denied', 'server'],
    ['5.4.4', 'Host or domain name not found. Name service error', 'unknown_domain'],
    ['5.7.1', 'message rejected', 'policy'],
    ['5.7.1', 'Your message looks like spam', 'spam'],
    ['5.7.1', 'blocked using zen.spamhaus.org', 'reputation'],
    ['5.7.1', 'user unknown', 'policy'],
    ['5.7.2', 'mailing list expansion prohibited', 'policy'],
    ['5.7.26', 'unauthenticated', 'authentication'],
    ['5.7.509', 'does not pass DMARC verification', 'authentication'],
    ['5.1.8', 'sender address rejected', 'policy'],
    ['550', 'No such user here', 'unknown_user'],
    ['550', 'Requested action not taken: mailbox unavailable', 'unknown_user'],
    ['552', 'Requested mail action aborted: exceeded storage allocation', 'mailbox_full'],
    ['554', 'delivery error: dd This user doesn’t have a yahoo.com account', 'unknown_user'],
    ['550', 'Postfach voll', 'mailbox_full'],
    ['550', 'Użytkownik nie istnieje', 'unknown_user'],
    ['451', 'please come back later', 'greylist'],
    ['554', 'what a strange thing', 'unknown'],
    ['', '', 'unknown'],
  ])('%s %s is %s', (code, text, expected) => expect(findShippedRule(code, text).class).toBe(expected))
})

test('a temporary code never makes an address unknown', () => {
  for (const text of ['no such user', 'domain not found', 'account disabled', 'unknown'])
    for (const code of ['4.0.0', '4.1.1', '4.7.0', '450'])
      expect(bounceGroupOf(findShippedRule(code, text).class)).not.toBe('hard')
})

test('an SMTP reply is judged by its enhanced code before its three digits', () => {
  expect(classifyRefusal({ code: 550, enhanced: '5.2.2', text: '550 5.2.2 no' })).toBe('mailbox_full')
  expect(classifyRefusal({ code: 550, enhanced: null, text: '550 no such user' })).toBe('unknown_user')
})

test.each([
  ['*', '', true],
  ['*', 'anything', true],
  ['a*c', 'abc', true],
  ['a*c', 'ac', true],
  ['a*a', 'a', false],
  ['*spam*', 'is spam here', true],
  ['5.7.*', '5.7.1', true],
  ['5.7.*', '5.6.1', false],
  ['a*b*c', 'a-c-b', false],
  ['a.c', 'abc', false],
  ['', '', true],
  ['abc', 'abcd', false],
])('the pattern %j and %j: %s', (pattern, text, expected) =>
  expect(matchesWildcard(pattern, text)).toBe(expected),
)

test('a pattern of many stars takes no time to speak of', () => {
  const text = 'a'.repeat(20_000)
  expect(matchesWildcard(`${'*a'.repeat(5_000)}*b`, text)).toBe(false)
})

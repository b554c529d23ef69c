import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser, openBrowser } from './browser.ts'
import { type Server, startServer } from './server.ts'

const password = 'seven quiet lighthouses blink'
const complaints: string[] = []

let server: Server
let browser: Browser
let context: BrowserContext
let page: Page
/** A finger on the sensor, or nobody there: the login field would otherwise sign in by itself. */
let touch: (there: boolean) => Promise<void>

const seed = {
  reset: true,
  accounts: [
    {
      name: 'Bellfry Books',
      entitlements: { mfa: true },
      users: [
        { email: 'maria@example.com', password, roles: ['owner'], mfa: 'own_choice', first_name: 'Maria' },
        { email: 'mila@example.com', password, roles: ['owner'], mfa: 'email', first_name: 'Mila' },
      ],
    },
  ],
}

const test = async (path: string, body?: unknown): Promise<any> => {
  const answer = await fetch(`${server.url}/test/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}
const newest = async (kind: string): Promise<any> => (await test(`outbox?kind=${kind}`)).data[0]

beforeAll(async () => {
  server = await startServer({ CAMPANILE_TEST_SUPPORT: '1' })
  await test('seed', seed)
  browser = await openBrowser()
  context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|Refused to/.test(message.text())) complaints.push(message.text())
  })
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  touch = async (enabled) => {
    await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
  }
})
afterAll(async () => {
  await closeBrowser(browser)
  await server?.stop()
})

const signIn = async (login: string): Promise<void> => {
  await touch(false)
  await context.clearCookies()
  await page.goto(`${server.url}/sign-in`)
  await page.getByLabel('Login or e-mail').fill(login)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.keyboard.press('Enter')
}
const atHome = () => page.waitForURL(`${server.url}/`)
const code = () => page.getByRole('textbox', { name: 'Code' })

describe('somebody who must have a second factor', () => {
  it('proves himself by the mailed link and binds a passkey', async () => {
    await signIn('maria@example.com')
    await page.getByRole('heading', { name: 'Protect your sign-in' }).waitFor()
    await page.getByLabel('Link from the mail').fill((await newest('enrolment_link')).link)
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('button', { name: /^Passkey/ }).click()
    await page.getByLabel('Name').fill('Test laptop')
    await touch(true)
    await page.getByRole('button', { name: 'Create the passkey' }).click()
    const codes = page.getByRole('list', { name: 'Your recovery codes' })
    await codes.waitFor()
    expect(await codes.getByRole('listitem').count()).toBe(10)
    await page.getByLabel('I have stored them').check()
    await page.getByRole('button', { name: 'Go on' }).click()
    await atHome()
  })

  it('signs in with the passkey alone', async () => {
    await touch(false)
    await context.clearCookies()
    await page.goto(`${server.url}/sign-in`)
    await touch(true)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await atHome()
  })

  it('signs in with password and passkey', async () => {
    await signIn('maria@example.com')
    await touch(true)
    await page.getByRole('button', { name: 'Use passkey' }).click()
    await atHome()
  })

  it('signs in through the login field, where the browser offers the passkey', async () => {
    await context.clearCookies()
    await page.goto(`${server.url}/sign-in`)
    await atHome()
  })
})

describe('a code by mail', () => {
  it('is entered by keyboard alone; a wrong one says how many attempts remain', async () => {
    await signIn('mila@example.com')
    await page.getByRole('heading', { name: 'Enter the code from your e-mail' }).waitFor()
    await page.keyboard.type('00000000')
    await page.keyboard.press('Enter')
    await page.getByText('Wrong. 4 attempts remain.').waitFor()
    await page.keyboard.type('12')
    await page.keyboard.press('Enter')
    await page.getByText('A code has 8 digits, nothing else.').waitFor()
    const mail = await newest('sign_in_code')
    await code().fill(`${mail.code.slice(0, 4)} ${mail.code.slice(4)}`)
    await page.keyboard.press('Enter')
    await atHome()
  })

  it('can be given up; the page begins again', async () => {
    await signIn('mila@example.com')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor()
  })

  it('that nobody asked for is stopped by its link, and only by the button', async () => {
    await signIn('mila@example.com')
    await code().waitFor()
    const { text } = await newest('sign_in_code')
    await page.goto(/\S+\/not-me#token=\S+/.exec(text)?.[0] ?? '')
    await page.getByRole('button', { name: 'Stop it' }).click()
    await page.getByText('It is stopped').waitFor()
    await signIn('mila@example.com')
    await page.getByText('Sign-in refused').waitFor()
  })
})

it('everything ran under the content security policy', () => {
  expect(complaints).toEqual([])
})

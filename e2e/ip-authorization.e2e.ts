import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser, openBrowser } from './browser.ts'
import { type Server, startServer } from './server.ts'

const password = 'seven quiet lighthouses blink'
const owner = 'maria@example.com'
const inside = '203.0.113.7'

let server: Server
let browser: Browser
let page: Page

/** A browser whose requests come from one address, as the proxy on loopback says. */
const browserAt = (address: string, viewport = { width: 1440, height: 1000 }): Promise<BrowserContext> =>
  browser.newContext({ viewport, locale: 'en-GB', extraHTTPHeaders: { 'x-forwarded-for': address } })

const fillSignIn = async (place: Page): Promise<void> => {
  await place.getByLabel('Login or e-mail').fill(owner)
  await place.getByRole('textbox', { name: 'Password' }).fill(password)
  await place.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const signInAt = async (context: BrowserContext): Promise<Page> => {
  const place = await context.newPage()
  place.setDefaultTimeout(20_000)
  await place.goto(`${server.url}/sign-in?next=/account/settings/security`)
  await fillSignIn(place)
  return place
}

const confirmPassword = async (): Promise<void> => {
  const dialogue = page.getByRole('dialog')
  await dialogue.getByRole('textbox', { name: /password/i }).fill(password)
  await page.keyboard.press('Enter')
  await dialogue.waitFor({ state: 'hidden' })
}

const row = (address: string) => page.getByRole('row', { name: new RegExp(address.replaceAll('.', '\\.')) })

beforeAll(async () => {
  server = await startServer({ CAMPANILE_TEST_SUPPORT: '1', TRUSTED_PROXIES: '127.0.0.1,::1' })
  const seeded = await fetch(`${server.url}/test/seed`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      staff: [{ email: 'staff@example.com', password }],
      accounts: [{ name: 'Bellfry Books', users: [{ email: owner, password, roles: ['owner'] }] }],
    }),
  })
  expect(seeded.status).toBe(201)
  browser = await openBrowser()
  page = await signInAt(await browserAt(inside))
})
afterAll(async () => {
  await server?.stop()
  await closeBrowser(browser)
})

describe('IP authorization', () => {
  it('shows where the owner is and takes his address by Enter', async () => {
    await page.getByText(`You are at ${inside}`).waitFor()
    await page.getByRole('heading', { name: 'Sign-in is possible from anywhere' }).waitFor()
    await page.getByLabel('IP address or IP mask').fill(inside)
    await page.keyboard.press('Enter')
    await confirmPassword()
    await row(inside).waitFor()
    await page.getByText(/Confirm by signing in again within (9:\d\d|10:00)/).waitFor()
  })

  it('refuses the right password from elsewhere', async () => {
    const stranger = await signInAt(await browserAt('198.51.100.9'))
    await stranger.getByText(/wrong, or this network is not authorised/).waitFor()
    await stranger.context().close()
  })

  it('is confirmed by signing in again in a new tab', async () => {
    const opened = page.context().waitForEvent('page')
    await page.getByRole('link', { name: 'Sign in now' }).click()
    const tab = await opened
    await tab.getByText('Sign in again to confirm the narrowed list of addresses.').waitFor()
    await fillSignIn(tab)
    await tab.getByText(`You are at ${inside}`).waitFor()
    await tab.close()
    await page.reload()
    await row(inside).waitFor()
    expect(await page.getByText(/Confirm by signing in again/).count()).toBe(0)
  })

  it('reads a dotted mask and a prefix as the same network and offers what was meant', async () => {
    const field = page.getByLabel('IP address or IP mask')
    await field.fill('198.51.100.9/24')
    await page.keyboard.press('Enter')
    await confirmPassword()
    await page.getByRole('button', { name: 'Use 198.51.100.0/24 instead' }).click()
    await field.fill('198.51.100.0 255.255.255.0')
    await page.keyboard.press('Enter')
    await row('198.51.100.0/24').getByText('256 addresses').waitFor()
    await field.fill('198.51.100.0/24')
    await page.keyboard.press('Enter')
    await page.getByText('There is an equal entry already').waitFor()
  })

  it('deletes an entry, and the last one only after OPEN was typed', async () => {
    await page.getByRole('button', { name: 'Delete 198.51.100.0/24' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await row('198.51.100.0/24').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await row('198.51.100.0/24').waitFor()
    await page.getByRole('button', { name: 'Delete 198.51.100.0/24' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await row('198.51.100.0/24').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: `Delete ${inside}` }).click()
    const dialogue = page.getByRole('dialog')
    const act = dialogue.getByRole('button', { name: 'Delete', exact: true })
    expect(await act.isDisabled()).toBe(true)
    await dialogue.getByRole('textbox').fill('OPEN')
    await act.click()
    await page.getByRole('heading', { name: 'Sign-in is possible from anywhere' }).waitFor()
  })

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 320],
    ['dark', 320],
  ] as const)('has no serious fault for assistive technology: %s, %i px', async (scheme, width) => {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 900 })
    await page.getByRole('heading', { name: 'IP Authorization' }).waitFor()
    const { violations } = await new AxeBuilder({ page }).include('#ip').analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
    expect(wide).toBeLessThanOrEqual(0)
  })
})

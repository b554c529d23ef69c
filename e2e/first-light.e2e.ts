import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser, openBrowser } from './browser.ts'
import { type Server, startServer } from './server.ts'

const people = 5_000
const ownerPassword = 'seven quiet lighthouses blink'

let server: Server
let browser: Browser
let page: Page
/** What the browser complained about: refused scripts, styles or requests (Content Security Policy), thrown errors. */
const complaints: string[] = []

beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en-GB' })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|Refused to/.test(message.text())) complaints.push(message.text())
  })
})
afterAll(async () => {
  await server?.stop()
  await closeBrowser(browser)
})

const csv = (): Buffer => {
  const rows = Array.from({ length: people }, (_, n) => `reader${n}@example.org;Reader ${n};Łódź`)
  rows[10] = 'no address;Nobody;Nowhere'
  return Buffer.from(`e-mail;first name;city\n${rows.join('\n')}\n`)
}

const fillPerson = async (first: string, last: string, email: string, password: string): Promise<void> => {
  await page.getByLabel('First name').fill(first)
  await page.getByLabel('Last name').fill(last)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
}

const campaignFact = (label: string) => page.getByRole('link', { name: new RegExp(`^${label} \\d`) })

describe('a newcomer', () => {
  it('sets up through the link, once, and signs in as the owner', async () => {
    await page.goto(server.setupLink)
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByLabel('Login').fill('admin')
    await fillPerson('Rita', 'Root', 'rita@example.com', 'a staff pass phrase of some length')
    await page.getByRole('button', { name: 'Next' }).click()
    // Binding an app may wait on a development machine.
    await page.getByRole('img', { name: /QR/ }).waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByLabel('Name of the account').fill('Bellfry Books')
    await fillPerson('Maria', 'Kowal', 'maria@example.com', ownerPassword)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('switch', { name: /Add sample data/ }).click()
    await page.getByRole('button', { name: 'Set up Campanile' }).click()
    await page.waitForURL(/\/sign-in\?/)
    expect(await page.getByLabel('Login or e-mail').inputValue()).toBe('maria@example.com')
    await page.getByRole('textbox', { name: 'Password' }).fill(ownerPassword)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('heading', { name: /Maria/ }).waitFor()
    const again = await page.request.post(`${server.url}/api/v1/setup/inspect`, {
      data: { token: server.setupLink.split('token=')[1] },
      headers: { origin: server.url, 'x-campanile-request': '1' },
    })
    expect(again.status()).toBe(410)
  })

  it(`imports a CSV of ${people} rows into a new group, one of them refused`, async () => {
    await page.goto(`${server.url}/contacts/imports`)
    await page.getByRole('link', { name: 'Import contacts' }).first().click()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'readers.csv', mimeType: 'text/csv', buffer: csv() })
    await page.getByText(/5,000 rows · 3 columns/).waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('2 of 3 columns bound').waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('combobox', { name: 'New groups' }).fill('Readers')
    await page.keyboard.press('Enter')
    await page.getByRole('radio', { name: /Legitimate interest/ }).click()
    await page.getByRole('button', { name: 'Import 5,000 rows' }).click()
    await expect.poll(() => page.locator('main').innerText(), { timeout: 60_000 }).toMatch(/\b4,999\b/)
    await page.goto(`${server.url}/contacts`)
    await page.getByText(/4,999/).first().waitFor()
  })

  it('writes a personalised campaign, previews it and sends it to everybody', async () => {
    await page.goto(`${server.url}/email/campaigns`)
    await page.getByRole('button', { name: 'Create campaign' }).first().click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Spring letter')
    await page.getByRole('button', { name: 'Create the draft' }).click()
    await page.getByRole('button', { name: 'On to content' }).click()
    await page
      .getByRole('textbox', { name: 'Subject' })
      .fill('Hello {{ contact.first_name | default: "you" }}')
    await page
      .getByText(/^Hello Reader \d+$/)
      .first()
      .waitFor()
    await page
      .frameLocator('iframe')
      .first()
      .getByText(/Hello Reader \d+,/)
      .waitFor()
    await page.getByRole('button', { name: 'On to audience' }).click()
    await page.getByRole('combobox', { name: 'Groups' }).click()
    await page.getByRole('option').first().click()
    await page.keyboard.press('Escape')
    await page.getByRole('region', { name: 'Reach' }).getByText(/4,999/).first().waitFor()
    await page.getByRole('button', { name: 'On to summary' }).click()
    await page.getByRole('button', { name: 'Send …' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send to 4,999 people' }).click()
    await page.getByText('Finished', { exact: true }).first().waitFor({ timeout: 90_000 })
    expect(await campaignFact('Accepted').first().innerText()).toContain('4,999')
    await page.getByText(/Both sides were counted apart and agree/).waitFor()
  })

  it('reads a message in the built-in mailbox, clicks, and unsubscribes', async () => {
    await page.goto(`${server.url}/simulator/mailbox`)
    await page
      .getByText(/^Hello Reader \d+$/)
      .first()
      .click()
    const mail = page.frameLocator('iframe')
    await mail.getByText(/Hello Reader \d+,/).waitFor()
    const [visited] = await Promise.all([
      page.context().waitForEvent('page'),
      mail.getByRole('link', { name: 'Unsubscribe' }).click(),
    ])
    await visited.getByRole('button', { name: /Unsubscribe/ }).click()
    await visited.getByRole('heading').first().waitFor()
    await visited.close()
    await page.getByRole('tab', { name: /Links/ }).click()
    await page
      .getByRole('button', { name: /Click as/ })
      .first()
      .click()
  })

  it('sees all of it in the report', async () => {
    await page.goto(`${server.url}/email/campaigns`)
    await page.getByText('Spring letter').first().click()
    await page.getByRole('link', { name: 'Report', exact: true }).click()
    const head = async () => (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ')
    await expect
      .poll(head, { timeout: 15_000 })
      .toMatch(/Accepted, no bounce 4,999.*Opened 1 .*Clicked 1 .*Unsubscribed 1 /)
  })

  it('meets nothing that the browser refused', () => {
    expect(complaints).toEqual([])
  })
})

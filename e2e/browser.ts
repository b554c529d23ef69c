import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** A real Chromium: the system's where there is one, else the one that comes as a package. */
export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: systemBrowsers.find((path) => existsSync(path)) ?? (await sparticuz.executablePath()),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

const closeMsMax = 5_000

/** A browser that does not answer any more must not hold up the run; its process ends with ours. */
export const closeBrowser = async (browser: Browser | undefined): Promise<void> => {
  await Promise.race([browser?.close(), sleep(closeMsMax)])
}

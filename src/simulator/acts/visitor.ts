import { createHash } from 'node:crypto'

/** Who calls an address of a mail: the headers it is known by, and a network on loopback where that can be chosen. */
export type Visitor = {
  readonly headers: Readonly<Record<string, string>>
  readonly localAddress: string | null
}

const common = { 'accept-language': 'en-US,en;q=0.5', 'accept-encoding': 'gzip, deflate, br' }

/** Recipients sit in networks of their own: from a single one they would look like a program (email.md §9.2). */
const networkOf = (recipient: string): string => {
  const [first = 0, second = 0, third = 0] = createHash('sha256').update(recipient.toLowerCase()).digest()
  return `127.${20 + (first % 200)}.${second}.${1 + (third % 250)}`
}

/** A mail program that shows the images of a mail. */
export const mailProgram = (recipient: string): Visitor => ({
  headers: {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0',
    accept: 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
    ...common,
    'sec-fetch-dest': 'image',
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-site': 'cross-site',
  },
  localAddress: networkOf(recipient),
})

/** A browser that a link was opened in. */
export const browser = (recipient: string): Visitor => ({
  headers: {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    ...common,
    'sec-fetch-dest': 'document',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-site': 'cross-site',
    'sec-fetch-user': '?1',
    'upgrade-insecure-requests': '1',
  },
  localAddress: networkOf(recipient),
})

/** The cache of a mail provider that fetches images for its users, when the mail arrives and for all of them. */
export const imageProxy: Visitor = {
  headers: {
    'user-agent': 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    accept: '*/*',
    via: '1.1 image-proxy',
  },
  localAddress: '127.9.0.7',
}

/** A guard before a mailbox, which follows every link before the mail is shown. */
export const scanner: Visitor = {
  headers: { 'user-agent': 'Mozilla/5.0 (compatible; LinkScanner/1.0)', accept: '*/*' },
  localAddress: '127.8.0.7',
}

/** The mail provider that posts the one-click for its user (RFC 8058 §3.2). */
export const mailProvider: Visitor = {
  headers: { 'user-agent': 'Campanile-Simulator', accept: '*/*' },
  localAddress: null,
}

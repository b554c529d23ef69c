/** Receivers whose domains everybody knows: counted together even where nobody asks the name service. */
const domainsOf: Readonly<Record<string, string>> = {
  'google.com': 'gmail.com googlemail.com',
  'outlook.com':
    'outlook.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de live.com msn.com outlook.de outlook.fr',
  'yahoodns.net': 'yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.pl ymail.com rocketmail.com aol.com',
  'icloud.com': 'icloud.com me.com mac.com',
  'gmx.net': 'gmx.net gmx.de gmx.at gmx.ch gmx.com',
  'web.de': 'web.de',
  't-online.de': 't-online.de',
  'wp.pl': 'wp.pl o2.pl tlen.pl',
  'onet.pl': 'onet.pl onet.eu op.pl vp.pl poczta.onet.pl',
  'interia.pl': 'interia.pl interia.eu poczta.fm',
}
const sites = new Map(
  Object.entries(domainsOf).flatMap(([site, domains]) =>
    domains.split(' ').map((domain) => [domain, site] as const),
  ),
)

/** The site of a domain without a look-up; the domain itself where it is nobody in particular. */
export const wellKnownSite = (domain: string): string => sites.get(domain) ?? domain

import { isIP } from 'node:net'

/**
 * Second levels under which countries register names for everybody (co.uk, com.pl). A short list instead of the Public
 * Suffix List: a name missed here groups a few strangers, which costs a shared limit and nothing else.
 */
const secondLevels = new Set(
  'ac biz co com edu firm gen gob gouv gov gv id ind info int k12 ltd me med mil ne net nom or org plc pro sch web'.split(
    ' ',
  ),
)
const letters = /^[a-z]{2}$/

/** The part of a host name that somebody registered (mx1.mail.example.co.uk → example.co.uk); addresses as they are. */
export const registrableDomain = (host: string): string => {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (isIP(name) !== 0) return name
  const labels = name.split('.')
  if (labels.length <= 2) return name
  const [second = '', top = ''] = labels.slice(-2)
  return labels.slice(letters.test(top) && secondLevels.has(second) ? -3 : -2).join('.')
}

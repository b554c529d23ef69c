import type { Config } from '../../config.ts'

/** Both spellings of loopback show the same panel. */
const panelOrigins = (config: Config): string => {
  if (!config.loopback) return config.publicUrl
  const { port } = new URL(config.publicUrl)
  return ['localhost', '127.0.0.1'].map((host) => new URL(`http://${host}:${port || 80}`).origin).join(' ')
}

/** No script, no form, no origin of its own (security.md §4.9); links may open new tabs outside the sandbox. */
export const previewPolicy = (config: Config): string =>
  [
    'sandbox allow-popups allow-popups-to-escape-sandbox',
    "default-src 'none'",
    `frame-ancestors ${panelOrigins(config)}`,
    'img-src https: http: data:',
    "style-src 'unsafe-inline'",
  ].join('; ')

const base = '<base target="_blank">'

/** Links open beside the frame. The doctype must stay first, or browsers fall into quirks mode. */
export const withNewTabLinks = (html: string): string => {
  const place = /<head(?:\s[^>]*)?>|<html(?:\s[^>]*)?>|^\s*<!doctype[^>]*>/gi
  const found = [...html.matchAll(place)]
  const best =
    found.find(([tag]) => /^<head/i.test(tag)) ?? found.find(([tag]) => /^<html/i.test(tag)) ?? found[0]
  const at = best ? best.index + best[0].length : 0
  return `${html.slice(0, at)}${base}${html.slice(at)}`
}

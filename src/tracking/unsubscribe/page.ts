import { randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Language } from '../../http/problem.ts'
import { type PageName, pageTexts } from './texts.ts'

const style = `
:root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--ink:#16181d;--soft:#5b6270;--line:#dfe2e8;--mark:#3b5bdb;--press:#2f4ac0}
@media(prefers-color-scheme:dark){:root{--ground:#121417;--card:#1d2025;--ink:#f1f3f5;--soft:#a3aab5;--line:#31353c;--mark:#5c7cfa;--press:#748ffc}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;padding:1rem;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:30rem;padding:2.25rem 2rem;background:var(--card);border:1px solid var(--line);border-radius:1rem;box-shadow:0 1px 3px #0001,0 12px 32px #0000000f}
.sender{margin:0 0 1.5rem;color:var(--soft);font-size:.875rem;font-weight:600;overflow-wrap:anywhere}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25;letter-spacing:-.01em;text-wrap:balance}
p{margin:0 0 1rem;overflow-wrap:anywhere}
.note{margin:1.25rem 0 0;color:var(--soft);font-size:.875rem}
form{margin:1.5rem 0 0}
button{width:100%;min-height:3rem;padding:.75rem 1.25rem;border:0;border-radius:.625rem;background:var(--mark);color:#fff;font:inherit;font-weight:600;cursor:pointer}
button:hover{background:var(--press)}
button.quiet{background:transparent;color:var(--mark);box-shadow:inset 0 0 0 1px var(--line)}
:focus-visible{outline:3px solid var(--mark);outline-offset:3px}
a{color:var(--mark)}
@media(prefers-color-scheme:dark){button:not(.quiet){color:#0b0d12}}
@media(max-width:26rem){main{padding:1.75rem 1.25rem}}
`

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? sign)

export type FormAction = 'unsubscribe' | 'undo'
export type Page = {
  readonly name: PageName
  readonly language: Language
  /** Name of the account, its contact address and the recipient's masked address; null for a link that names nobody. */
  readonly about: {
    readonly sender: string
    readonly senderEmail: string | null
    readonly address: string
  } | null
  readonly form?: { readonly action: FormAction; readonly token: string }
}

const formOf = (page: Page): string => {
  if (!page.form) return ''
  const texts = pageTexts[page.language]
  const undo = page.form.action === 'undo'
  return `<form method="post">
<input type="hidden" name="action" value="${page.form.action}"><input type="hidden" name="form" value="${escapeHtml(page.form.token)}">
<button${undo ? ' class="quiet"' : ''} type="submit">${undo ? texts.undo : texts.unsubscribe}</button>
</form>
<p class="note">${undo ? texts.undoNote : texts.stillSent}</p>`
}

const render = (page: Page, nonce: string): string => {
  const texts = pageTexts[page.language]
  const { title, lead } = texts[page.name]
  const { about } = page
  const values: Readonly<Record<string, string>> = {
    sender: escapeHtml(about?.sender ?? ''),
    address: `<strong>${escapeHtml(about?.address ?? '')}</strong>`,
  }
  const fill = (text: string): string =>
    escapeHtml(text).replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  const email = about?.senderEmail ? escapeHtml(about.senderEmail) : null
  return `<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
${about ? `<p class="sender">${escapeHtml(about.sender)}</p>` : ''}
<h1>${escapeHtml(title)}</h1>
<p>${fill(lead)}</p>
${formOf(page)}
${email ? `<p class="note">${texts.questions} <a href="mailto:${email}">${email}</a></p>` : ''}
</main>
</body>
</html>
`
}

/** Answers one page without script, cookie or foreign resource; nobody else may frame it or learn its address. */
export const sendPage = (reply: FastifyReply, status: number, page: Page): FastifyReply => {
  const nonce = randomBytes(16).toString('base64')
  return reply
    .code(status)
    .headers({
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-language': page.language,
      'x-robots-tag': 'noindex',
    })
    .type('text/html; charset=utf-8')
    .send(render(page, nonce))
}

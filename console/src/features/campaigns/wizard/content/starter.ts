import type { Texts } from '../../../../i18n/message.ts'

export const starters = ['letter', 'announcement', 'empty'] as const
export type Starter = (typeof starters)[number]

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const font = "font-family: Arial, 'Helvetica Neue', sans-serif"

const button = (words: string): string => `
              <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin: 8px 0 24px">
                <tr>
                  <td style="background: #3b5bdb; border-radius: 6px">
                    <a href="https://example.com/" style="display: inline-block; padding: 12px 20px; ${font}; font-size: 16px; color: #ffffff; text-decoration: none">${words}</a>
                  </td>
                </tr>
              </table>`

const paragraph = (words: string): string => `
              <p style="margin: 0 0 16px">${words}</p>`

const heading = (words: string): string => `
              <h1 style="margin: 0 0 16px; font-size: 26px; line-height: 32px; color: #1f1d1a">${words}</h1>`

/** Tables and styles at each element: what every mail program understands. */
const page = (language: string, body: string, foot: string): string => `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{ sender.name }}</title>
  </head>
  <body style="margin: 0; padding: 0; background: #f4f1ec">
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background: #f4f1ec">
      <tr>
        <td align="center" style="padding: 24px 12px">
          <table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width: 100%; max-width: 600px; background: #ffffff; border-radius: 8px">
            <tr>
              <td style="padding: 32px; ${font}; font-size: 16px; line-height: 24px; color: #33302c">${body}
              </td>
            </tr>
          </table>
          <table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width: 100%; max-width: 600px">
            <tr>
              <td align="center" style="padding: 20px 32px; ${font}; font-size: 13px; line-height: 20px; color: #6b655e">${foot}
              </td>
            </tr>
          </table>
        </td>
      </tr>
    </table>
  </body>
</html>
`

/** Fits every sender, so that nobody has to invent a subject before the first look. */
export const starterSubject = ({ t }: Texts): string => t('starter.subject', { sender: '{{ sender.name }}' })

/** A whole message to begin with, in the language of the writer. */
export const starterHtml = ({ t, language }: Texts, starter: Starter): string => {
  const words = (
    key: 'hello' | 'friend' | 'intro' | 'more' | 'button' | 'greeting' | 'news' | 'why' | 'unsubscribe',
  ) => escapeHtml(t(`starter.${key}`))
  const name = `{{ contact.first_name | default: "${words('friend')}" }}`
  const hello = `${words('hello')} ${name},`
  const link = `<a href="{{ links.unsubscribe }}" style="color: #6b655e">${words('unsubscribe')}</a>`
  const foot = `
                ${words('why')}<br>
                ${link}`
  if (starter === 'empty') return page(language, '', foot)
  if (starter === 'announcement') {
    const body = `${heading(words('news'))}${paragraph(hello)}${paragraph(words('intro'))}${button(words('button'))}`
    return page(language, body, foot)
  }
  const body = [hello, words('intro'), words('more')].map(paragraph).join('') + button(words('button'))
  return page(language, `${body}${paragraph(`${words('greeting')}<br>{{ sender.name }}`)}`, foot)
}

import type { Content } from '../../content/contract.ts'

export const languages = ['en', 'pl', 'de'] as const
export type Language = (typeof languages)[number]

type Words = {
  readonly campaign: string
  readonly groups: readonly [newsletter: string, customers: string, guests: string]
  readonly subject: string
  readonly preheader: string
  readonly hello: string
  readonly friend: string
  readonly intro: string
  readonly points: string
  readonly offer: string
  readonly map: string
  readonly regards: string
  readonly unsubscribe: string
}

export const demoWords: Readonly<Record<Language, Words>> = {
  en: {
    campaign: 'Autumn open day (sample)',
    groups: ['Newsletter (sample)', 'Regular customers (sample)', 'Open day guests (sample)'],
    subject: '{{ contact.first_name | default: "Hello" }}, our doors are open on Saturday',
    preheader: 'Coffee, music and everything new',
    hello: 'Hello',
    friend: 'there',
    intro: 'on Saturday we open the workshop from ten to six. Come and see what we made over the summer.',
    points: 'You have {{ contact.points | default: 0 }} points; bring them along.',
    offer: 'See the programme',
    map: 'How to find us',
    regards: 'Kind regards',
    unsubscribe: 'Unsubscribe',
  },
  pl: {
    campaign: 'Jesienny dzień otwarty (przykład)',
    groups: ['Newsletter (przykład)', 'Stali klienci (przykład)', 'Goście dnia otwartego (przykład)'],
    subject: '{{ contact.first_name | default: "Dzień dobry" }}, w sobotę otwieramy drzwi',
    preheader: 'Kawa, muzyka i wszystkie nowości',
    hello: 'Dzień dobry',
    friend: 'Państwu',
    intro: 'w sobotę od dziesiątej do osiemnastej otwieramy pracownię. Zobacz, co powstało przez lato.',
    points: 'Masz {{ contact.points | default: 0 }} punktów; możesz je wykorzystać na miejscu.',
    offer: 'Zobacz program',
    map: 'Jak do nas trafić',
    regards: 'Pozdrawiamy',
    unsubscribe: 'Wypisz się',
  },
  de: {
    campaign: 'Tag der offenen Tür im Herbst (Beispiel)',
    groups: ['Newsletter (Beispiel)', 'Stammkunden (Beispiel)', 'Gäste des offenen Tages (Beispiel)'],
    subject: '{{ contact.first_name | default: "Guten Tag" }}, am Samstag öffnen wir die Türen',
    preheader: 'Kaffee, Musik und alles Neue',
    hello: 'Guten Tag',
    friend: 'zusammen',
    intro:
      'am Samstag öffnen wir die Werkstatt von zehn bis achtzehn Uhr. Sehen Sie, was im Sommer entstanden ist.',
    points: 'Sie haben {{ contact.points | default: 0 }} Punkte; bringen Sie sie mit.',
    offer: 'Zum Programm',
    map: 'So finden Sie uns',
    regards: 'Freundliche Grüße',
    unsubscribe: 'Abmelden',
  },
}

/** Where the letter's tracked links lead, in the order of their places. */
export const demoLinks = ['https://example.com/open-day', 'https://example.com/map'] as const

const htmlOf = (language: Language, words: Words): string => `<!doctype html>
<html lang="${language}">
  <head><meta charset="utf-8"><title>{{ sender.name }}</title></head>
  <body style="margin: 0; background: #f4f1ec; font-family: Arial, sans-serif">
    <div style="max-width: 600px; margin: 24px auto; padding: 32px; background: #ffffff; color: #33302c">
      <p>${words.hello} {{ contact.first_name | default: "${words.friend}" }},</p>
      <p>${words.intro}</p>
      <p>${words.points}</p>
      <p><a href="${demoLinks[0]}">${words.offer}</a></p>
      <p><a href="${demoLinks[1]}">${words.map}</a></p>
      <p>${words.regards}<br>{{ sender.name }}</p>
    </div>
    <p style="text-align: center; font-size: 13px"><a href="{{ links.unsubscribe }}">${words.unsubscribe}</a></p>
  </body>
</html>
`

export const demoContent = (language: Language): Content => ({
  subject: demoWords[language].subject,
  preheader: demoWords[language].preheader,
  html: htmlOf(language, demoWords[language]),
  text: null,
  reply_to: null,
  from_name: null,
  tracking: { opens: true, clicks: true, anonymous: false },
  utm: null,
  on_missing: 'empty',
  web_version: true,
})

export const demoFieldLabels = {
  city: { en: 'City', pl: 'Miasto', de: 'Ort' },
  birthday: { en: 'Birthday', pl: 'Urodziny', de: 'Geburtstag' },
  points: { en: 'Points', pl: 'Punkty', de: 'Punkte' },
  newsletter: { en: 'Newsletter', pl: 'Newsletter', de: 'Newsletter' },
} as const

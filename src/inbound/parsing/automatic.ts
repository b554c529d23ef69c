import { decodeWords } from './fields.ts'
import type { Part } from './parts.ts'

export type AutomaticKind = 'out_of_office' | 'auto_reply' | 'challenge'

const absence =
  /out of (?:the )?office|\booo\b|away from (?:my|the) (?:desk|office|e-?mail)|on (?:vacation|holiday|annual leave|parental leave|maternity leave|leave)|vacation (?:reply|response|notice)|currently (?:away|unavailable|travelling)|abwesen|nicht im (?:büro|buero|haus)|außer haus|ausser haus|im urlaub|elternzeit|urlaubs|nieobecn|poza biurem|na urlopie|urlop|zwolnieni[eu] lekarski|absence du bureau|absent du bureau|fuera de la oficina|fuori ufficio|ausente|afwezig|není v kanceláři|mimo kancelář|poissa toimistolta|frånvaro|fraværende/i
const reply =
  /auto(?:matic|matische|mated)?[- ]?(?:reply|response|answer|antwort|respond)|automat(?:yczna|ická) odpowied|odpowiedź automatyczna|automatická odpověď|autoresponder|autoantwort|automatische (?:antwort|rückmeldung|bestätigung)|réponse automatique|respuesta automática|risposta automatica|automatisch antwoord|thank you for (?:contacting|your (?:e-?mail|message))|we have received your|ticket (?:created|received|#)|\[ticket|danke für ihre nachricht|eingangsbestätigung|dziękujemy za (?:wiadomość|kontakt)|potwierdzenie otrzymania/i
const challenge =
  /(?:confirm|verify|prove) (?:that )?(?:you are|you're|your) (?:human|a (?:real )?person|identity|e-?mail|message)|boxbe|spam ?arrest|\btmda\b|earthlink.{0,30}spamblocker|challenge[- ]response|sender (?:verification|authentication) (?:required|request)|confirm (?:your )?(?:message|delivery|sending)|whitelist request|knowspam|choicemail|uol antispam|please (?:click|reply).{0,40}(?:deliver|release) your (?:message|e-?mail)|potwierdź, że (?:jesteś|nie jesteś)|bestätigen sie.{0,30}(?:absender|zustellung)/i

const subjectPrefixes =
  /^\s*(?:auto(?:matic)?(?: ?reply)?|automatische antwort|autoantwort|abwesend|abwesenheit|out of office|odpowiedź automatyczna|automatyczna odpowiedź|réponse automatique|respuesta automática|risposta automatica)\s*[:\-–]/i

const isMarked = ({ fields }: Part): boolean => {
  const auto = (fields.first('auto-submitted') ?? '').toLowerCase()
  return (
    /^auto-(?:replied|notified)/.test(auto) ||
    fields.has('x-autoreply') ||
    fields.has('x-autorespond') ||
    fields.has('x-autoresponse') ||
    fields.has('x-auto-response') ||
    fields.has('x-mail-autoreply') ||
    /auto_?reply|auto-reply/i.test(fields.first('precedence') ?? '') ||
    /auto_?reply/i.test(fields.first('x-precedence') ?? '') ||
    (/^(?:oof|all)$/i.test(fields.first('x-auto-response-suppress') ?? '') && auto !== '') ||
    /vacation|autorespond/i.test(fields.first('x-mailer') ?? '')
  )
}

export const subjectOf = (mail: Part): string =>
  decodeWords(mail.fields.first('subject') ?? '')
    .replaceAll('\u0000', '')
    .toWellFormed()
    .slice(0, 500)

/** The words a person or program wrote, before whatever they quote. */
export const ownWords = (parts: readonly Part[]): string => {
  const plain = parts.find((part) => part.type === 'text/plain' && part.text.trim() !== '')
  const text =
    plain?.text ??
    (parts.find((part) => part.type === 'text/html')?.text ?? '')
      .replaceAll(/<(style|script)[\s\S]{0,100000}?<\/\1>/gi, ' ')
      .replaceAll(/<[^<>]{0,2000}>/g, ' ')
      .replaceAll(/&nbsp;/gi, ' ')
  return text.slice(0, 20_000)
}

/** Answers that a program gives for a person (RFC 3834); null for anything a person may have written. */
export const judgeAutomatic = (parts: readonly Part[], fromNobody: boolean): AutomaticKind | null => {
  const [mail] = parts
  if (!mail) return null
  const subject = subjectOf(mail)
  const words = `${subject}\n${ownWords(parts).slice(0, 4_000)}`
  const marked = isMarked(mail)
  if (challenge.test(subject) || ((marked || fromNobody) && challenge.test(words))) return 'challenge'
  if (absence.test(subject) || ((marked || fromNobody) && absence.test(words))) return 'out_of_office'
  if (marked || subjectPrefixes.test(subject)) return 'auto_reply'
  const machine = /^auto-/i.test(mail.fields.first('auto-submitted') ?? '')
  return (fromNobody || machine) && reply.test(words) ? 'auto_reply' : null
}

import type { Language } from '../../http/problem.ts'

/** What one page says; `{sender}` and `{address}` are filled in, `address` masked. */
export type PageText = { readonly title: string; readonly lead: string }
export type PageName =
  | 'ask'
  | 'done'
  | 'undone'
  | 'already'
  | 'test'
  | 'invalid'
  | 'limited'
  | 'fault'
  | 'again'
export type PageTexts = { readonly [Name in PageName]: PageText } & {
  readonly unsubscribe: string
  readonly stillSent: string
  readonly undo: string
  readonly undoNote: string
  readonly questions: string
}

const en: PageTexts = {
  ask: { title: 'Unsubscribe?', lead: '{sender} will send no more marketing e-mails to {address}.' },
  done: { title: 'You are unsubscribed', lead: '{sender} will send no more marketing e-mails to {address}.' },
  undone: { title: 'You are subscribed again', lead: '{sender} may write to {address} again.' },
  already: {
    title: 'You are already unsubscribed',
    lead: '{sender} sends no marketing e-mails to {address}.',
  },
  test: { title: 'This was a test message', lead: 'Its links work, but nobody is unsubscribed by them.' },
  invalid: {
    title: 'This link is not valid',
    lead: 'It may have been cut off. Open it again from the message you received. To stop receiving messages, you can also reply to the sender.',
  },
  limited: { title: 'Too many requests', lead: 'Please try again in a minute. Nothing was changed.' },
  fault: { title: 'Something went wrong', lead: 'Nothing was changed. Please try again in a moment.' },
  again: { title: 'Please press the button again', lead: 'The page had been open too long.' },
  unsubscribe: 'Unsubscribe',
  stillSent: 'Messages about your orders or your account may still reach you.',
  undo: 'Undo',
  undoNote: 'That was a mistake? You can undo it for 24 hours.',
  questions: 'Questions? Write to',
}

const pl: PageTexts = {
  ask: {
    title: 'Zrezygnować z wiadomości?',
    lead: '{sender} nie wyśle więcej wiadomości marketingowych na adres {address}.',
  },
  done: {
    title: 'Rezygnacja przyjęta',
    lead: '{sender} nie wyśle więcej wiadomości marketingowych na adres {address}.',
  },
  undone: {
    title: 'Subskrypcja przywrócona',
    lead: '{sender} może ponownie wysyłać wiadomości na adres {address}.',
  },
  already: {
    title: 'Rezygnacja została już przyjęta',
    lead: '{sender} nie wysyła wiadomości marketingowych na adres {address}.',
  },
  test: { title: 'To była wiadomość testowa', lead: 'Jej linki działają, ale nikogo nie wypisują.' },
  invalid: {
    title: 'Ten link jest nieprawidłowy',
    lead: 'Być może został ucięty. Otwórz go ponownie z otrzymanej wiadomości. Aby zrezygnować z wiadomości, możesz też odpowiedzieć nadawcy.',
  },
  limited: { title: 'Zbyt wiele prób', lead: 'Spróbuj ponownie za minutę. Nic nie zostało zmienione.' },
  fault: { title: 'Coś poszło nie tak', lead: 'Nic nie zostało zmienione. Spróbuj ponownie za chwilę.' },
  again: { title: 'Naciśnij przycisk jeszcze raz', lead: 'Strona była otwarta zbyt długo.' },
  unsubscribe: 'Rezygnuję',
  stillSent: 'Nadal możesz otrzymywać wiadomości dotyczące zamówień lub Twojego konta.',
  undo: 'Cofnij',
  undoNote: 'To pomyłka? Możesz to cofnąć przez 24 godziny.',
  questions: 'Pytania? Napisz na adres',
}

const de: PageTexts = {
  ask: { title: 'Abmelden?', lead: '{sender} sendet keine Werbe-E-Mails mehr an {address}.' },
  done: { title: 'Sie sind abgemeldet', lead: '{sender} sendet keine Werbe-E-Mails mehr an {address}.' },
  undone: { title: 'Sie sind wieder angemeldet', lead: '{sender} darf {address} wieder schreiben.' },
  already: {
    title: 'Sie sind bereits abgemeldet',
    lead: '{sender} sendet keine Werbe-E-Mails an {address}.',
  },
  test: {
    title: 'Das war eine Testnachricht',
    lead: 'Die Links funktionieren, melden aber niemanden ab.',
  },
  invalid: {
    title: 'Dieser Link ist ungültig',
    lead: 'Vielleicht wurde er abgeschnitten. Öffnen Sie ihn noch einmal aus der Nachricht. Um keine Nachrichten mehr zu erhalten, können Sie auch dem Absender antworten.',
  },
  limited: {
    title: 'Zu viele Anfragen',
    lead: 'Bitte versuchen Sie es in einer Minute noch einmal. Nichts wurde geändert.',
  },
  fault: {
    title: 'Etwas ist schiefgegangen',
    lead: 'Nichts wurde geändert. Bitte versuchen Sie es gleich noch einmal.',
  },
  again: { title: 'Bitte drücken Sie noch einmal', lead: 'Die Seite war zu lange geöffnet.' },
  unsubscribe: 'Abmelden',
  stillSent: 'Nachrichten zu Bestellungen oder zu Ihrem Konto können Sie weiterhin erreichen.',
  undo: 'Rückgängig machen',
  undoNote: 'Ein Versehen? 24 Stunden lang lässt es sich rückgängig machen.',
  questions: 'Fragen? Schreiben Sie an',
}

export const pageTexts: Readonly<Record<Language, PageTexts>> = { en, pl, de }

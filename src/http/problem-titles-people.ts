type Titles = Readonly<Record<string, readonly [en: string, pl: string, de: string]>>

/** What people, their roles and their contact data are refused: English, Polish, German. */
export const peopleTitles: Titles = {
  built_in: [
    'Built-in roles cannot be changed; copy this one instead',
    'Wbudowanych ról nie można zmieniać; skopiuj tę rolę',
    'Eingebaute Rollen lassen sich nicht ändern; kopieren Sie diese',
  ],
  email_taken: [
    'Somebody in this account already has this e-mail address',
    'Ktoś na tym koncie ma już ten adres e-mail',
    'Jemand in diesem Konto hat diese E-Mail-Adresse bereits',
  ],
  email_unverified: [
    'The e-mail address is not proven yet',
    'Adres e-mail nie jest jeszcze potwierdzony',
    'Die E-Mail-Adresse ist noch nicht bestätigt',
  ],
  escalation_refused: [
    'You can only give rights that you hold yourself, and never change your own',
    'Możesz nadawać tylko uprawnienia, które sam masz, i nigdy nie zmieniasz własnych',
    'Sie können nur Rechte vergeben, die Sie selbst haben, und nie Ihre eigenen ändern',
  ],
  factor_required: [
    'This is needed to sign in; set up another second factor first',
    'To jest potrzebne do logowania; najpierw ustaw inny drugi składnik',
    'Das wird zum Anmelden gebraucht; richten Sie zuerst einen anderen zweiten Faktor ein',
  ],
  last_owner: [
    'An account always keeps one active owner',
    'Konto zawsze musi mieć jednego aktywnego właściciela',
    'Ein Konto behält immer einen aktiven Eigentümer',
  ],
  mfa_not_entitled: [
    'Multi-factor authentication is not enabled for this account; ask your service team',
    'Uwierzytelnianie wieloskładnikowe nie jest włączone dla tego konta; zapytaj obsługę',
    'Mehrstufige Anmeldung ist für dieses Konto nicht freigeschaltet; fragen Sie Ihr Serviceteam',
  ],
  not_pending: [
    'This has already been decided or withdrawn',
    'To zostało już rozstrzygnięte lub wycofane',
    'Das ist bereits entschieden oder zurückgezogen',
  ],
  phone_not_allowed: [
    'Codes cannot be sent to this number',
    'Na ten numer nie można wysyłać kodów',
    'An diese Nummer können keine Codes gesendet werden',
  ],
  phone_required: [
    'A mobile number is needed for codes by SMS',
    'Do kodów SMS potrzebny jest numer telefonu komórkowego',
    'Für Codes per SMS ist eine Mobilnummer nötig',
  ],
  puzzle_required: [
    'Please repeat the request with the solved puzzle',
    'Powtórz żądanie z rozwiązaną zagadką',
    'Bitte wiederholen Sie die Anfrage mit dem gelösten Rätsel',
  ],
  role_in_use: ['Somebody still holds this role', 'Ktoś nadal ma tę rolę', 'Jemand hat diese Rolle noch'],
  self_forbidden: [
    'You cannot do this to yourself; ask a colleague',
    'Nie możesz tego zrobić sobie; poproś współpracownika',
    'Das können Sie nicht bei sich selbst tun; bitten Sie eine Kollegin oder einen Kollegen',
  ],
  unknown_permission: [
    'There is no such permission',
    'Nie ma takiego uprawnienia',
    'Diese Berechtigung gibt es nicht',
  ],
}
